/** Binary operations with an instant vector on at least one side. @module */
import { formatLabels, type LabelSet } from "../../labels.js";
import type { Binary, Expr, VectorMatching } from "../ast.js";
import { FUNCTIONS } from "../functions.js";
import { DEFAULT_MATCHING, keepsNames, resultLabels, signatureOf } from "../matching.js";
import { ARITHMETIC, COMPARISONS, type Operator } from "../math-functions.js";
import { type Evaluator, type InstantVector, keyOf, type VectorSample } from "./values.js";

/** Evaluates a binary operation that gives a vector. */
export function binaryVector(binary: Binary, ms: number, evaluator: Evaluator): InstantVector {
  const { left, right, op } = binary;
  if (isScalar(left)) {
    const scalar = evaluator.scalar(left, ms);
    return withScalar(binary, evaluator.vector(right, ms), (value, of) => of(scalar, value), evaluator);
  }
  if (isScalar(right)) {
    const vector = evaluator.vector(left, ms);
    const scalar = evaluator.scalar(right, ms);
    return withScalar(binary, vector, (value, of) => of(value, scalar), evaluator);
  }
  const [a, b] = [evaluator.vector(left, ms), evaluator.vector(right, ms)];
  if (op === "and" || op === "or" || op === "unless") return combineSets(op, a, b, binary.matching ?? DEFAULT_MATCHING);
  return matchVectors(binary, a, b, evaluator);
}

/** Whether a checked expression gives a scalar. */
export function isScalar(expr: Expr): boolean {
  switch (expr.kind) {
    case "number":
      return true;
    case "unary":
      return isScalar(expr.expr);
    case "binary":
      return isScalar(expr.left) && isScalar(expr.right);
    case "call":
      return FUNCTIONS.get(expr.name)?.returns === "scalar";
    default:
      return false;
  }
}

function withScalar(
  { op, bool }: Binary,
  vector: InstantVector,
  apply: (value: number, operator: Operator) => number,
  { profile, unnamed }: Evaluator,
): InstantVector {
  const comparison = COMPARISONS.get(op);
  if (comparison !== undefined && !bool) return vector.filter(({ value }) => apply(value, comparison) === 1);
  const operator = comparison ?? ARITHMETIC.get(op)!;
  const keepsName = keepsNames(op, profile);
  return vector.map(({ labels, value }) =>
    keepsName ? { labels, value: apply(value, operator) } : unnamed(labels, apply(value, operator)),
  );
}

function combineSets(
  op: "and" | "or" | "unless",
  left: InstantVector,
  right: InstantVector,
  matching: VectorMatching,
): InstantVector {
  const signature = signatures(matching);
  if (op === "or") {
    const taken = new Set(left.map(({ labels }) => signature(labels)));
    return [...left, ...right.filter(({ labels }) => !taken.has(signature(labels)))];
  }
  const known = new Set(right.map(({ labels }) => signature(labels)));
  return left.filter(({ labels }) => known.has(signature(labels)) === (op === "and"));
}

function matchVectors(binary: Binary, left: InstantVector, right: InstantVector, evaluator: Evaluator): InstantVector {
  if (left.length === 0 || right.length === 0) return [];
  const { op, bool } = binary;
  const matching = binary.matching ?? DEFAULT_MATCHING;
  const signature = signatures(matching);
  const swapped = matching.group === "right";
  const [many, one] = swapped ? [right, left] : [left, right];
  const partners = uniquePartners(one, signature, binary, swapped ? "left" : "right", evaluator);
  const comparison = COMPARISONS.get(op);
  const operator = comparison ?? ARITHMETIC.get(op)!;
  const used = new Map<string, Set<string>>();
  const samples: VectorSample[] = [];
  for (const sample of many) {
    const key = signature(sample.labels);
    const partner = partners.get(key);
    if (partner === undefined) continue;
    const [a, b] = swapped ? [partner.value, sample.value] : [sample.value, partner.value];
    const value = operator(a, b);
    const filters = comparison !== undefined && !bool;
    const dropped = filters && value === 0;
    // prom3 looks for double matches before it filters.
    if (dropped && (evaluator.profile === "prom2" || matching.group !== null)) continue;
    const labels = resultLabels(sample.labels, partner.labels, binary, matching, evaluator.profile);
    const results = used.get(key) ?? new Set<string>();
    const result = matching.group === null ? "" : keyOf(labels);
    if (results.has(result)) {
      evaluator.fail(
        binary,
        matching.group === null
          ? `${op} matches one to one, but several series of the left side match ${formatLabels(partner.labels)}; aggregate them, or say group_left.`
          : `${op} gives ${formatLabels(labels)} twice; match or group by more labels.`,
      );
    }
    used.set(key, results.add(result));
    if (!dropped) samples.push({ labels, value: filters ? a : value });
  }
  return samples;
}

function uniquePartners(
  side: InstantVector,
  signature: (labels: LabelSet) => string,
  binary: Binary,
  name: string,
  evaluator: Evaluator,
): Map<string, VectorSample> {
  const partners = new Map<string, VectorSample>();
  for (const sample of side) {
    const key = signature(sample.labels);
    const twin = partners.get(key);
    if (twin !== undefined) {
      evaluator.fail(
        binary,
        `${binary.op} matches one to one, but the ${name} side has ${formatLabels(twin.labels)} and ${formatLabels(sample.labels)}; aggregate them, or match on more labels.`,
      );
    }
    partners.set(key, sample);
  }
  return partners;
}

/** The text by which two sides are matched, remembered per label set. */
function signatures(matching: VectorMatching): (labels: LabelSet) => string {
  let known = remembered.get(matching);
  if (known === undefined) {
    known = new WeakMap();
    remembered.set(matching, known);
  }
  const texts = known;
  return (labels) => {
    let text = texts.get(labels);
    if (text === undefined) {
      text = keyOf(signatureOf(labels, matching));
      texts.set(labels, text);
    }
    return text;
  };
}

const remembered = new WeakMap<VectorMatching, WeakMap<LabelSet, string>>();
