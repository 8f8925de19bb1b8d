/** Controls: what an action may change in the graph, and how. @module */
import { InvalidDefinitionError } from "../errors.js";
import type { InfraGraph } from "../infra/infra-graph.js";
import { suggestion } from "../messages.js";

/**
 * How an action component sets a control:
 * `delta` adds to the desired value, `target` names it, `continuous` names it by a number from -1 (least) to 1 (greatest),
 * `residual` adds to what a target-tracking rule would do.
 */
export type ControlMode = "delta" | "target" | "continuous" | "residual";

/** All modes. */
export const CONTROL_MODES: readonly ControlMode[] = ["delta", "target", "continuous", "residual"];

/** The values a control can take: whole numbers, or a list of sizes from small to large. */
export type ControlDomain = { readonly min: number; readonly max: number } | { readonly values: readonly string[] };

/** One control of a definition. */
export interface Control {
  /** Name in actions, signals and `info.controls`. */
  readonly name: string;
  /** Address of the resource, such as `digitalocean_droplet.web`. */
  readonly target: string;
  /** Attribute that is set, such as `count` or `size`. */
  readonly attribute: string;
  readonly domain: ControlDomain;
  readonly mode: ControlMode;
  /** Greatest change by one action in mode `delta`. An integer from 1. @defaultValue 4 for numbers, 1 for lists */
  readonly maxDelta?: number;
  /** Least and greatest correction in mode `residual`. @defaultValue [-2, 6] for numbers, [-1, 1] for lists */
  readonly residual?: readonly [number, number];
  /** Utilization that mode `residual`'s rule aims at. A ratio in (0, 1). @defaultValue 0.6 */
  readonly targetUtilization?: number;
}

/** A control with its defaults filled in, checked against a graph. Slots number its values from 0. */
export interface CompiledControl extends Required<Omit<Control, "domain">> {
  readonly domain: ControlDomain;
  readonly kind: "count" | "choice";
  /** Number of values. */
  readonly size: number;
  /** Desired value of slot 0, for counts; 0 for choices. */
  readonly min: number;
  /** The graph's value by slot. */
  readonly values: readonly (number | string)[];
  /** Slot of the value in the definition's graph. */
  readonly initial: number;
}

/** Checks a control. @throws InvalidDefinitionError naming `controls[index]` and what is wrong */
export function compileControl(control: Control, index: number, graph: InfraGraph): CompiledControl {
  const path = `controls[${index}]`;
  if (!graph.has(control.target)) {
    const addresses = graph.resources.map(({ address }) => address);
    throw new InvalidDefinitionError(
      `${path}.target`,
      `the graph has no resource ${JSON.stringify(control.target)}. ${suggestion(control.target, addresses)}`,
    );
  }
  if (!CONTROL_MODES.includes(control.mode)) {
    throw new InvalidDefinitionError(
      `${path}.mode`,
      `expected one of ${CONTROL_MODES.join(", ")}, got ${JSON.stringify(control.mode)}.`,
    );
  }
  const values = valuesOf(control, path);
  const kind = "values" in control.domain ? "choice" : "count";
  const initial = values.indexOf(presentValue(control, path, graph) as number | string);
  if (initial < 0) {
    throw new InvalidDefinitionError(
      `${path}.domain`,
      `must hold the graph's own value of ${control.target}.${control.attribute}, ${JSON.stringify(presentValue(control, path, graph))}.`,
    );
  }
  const { maxDelta = kind === "count" ? 4 : 1, residual = kind === "count" ? [-2, 6] : [-1, 1] } = control;
  const { targetUtilization = 0.6 } = control;
  if (!Number.isInteger(maxDelta) || maxDelta < 1) {
    throw new InvalidDefinitionError(`${path}.maxDelta`, `expected an integer from 1, got ${maxDelta}.`);
  }
  if (!residual.every(Number.isInteger) || residual[0] > 0 || residual[1] < 0) {
    throw new InvalidDefinitionError(
      `${path}.residual`,
      "expected two integers, the first at most 0, the second at least 0.",
    );
  }
  if (!(targetUtilization > 0 && targetUtilization < 1)) {
    throw new InvalidDefinitionError(
      `${path}.targetUtilization`,
      `expected a ratio in (0, 1), got ${targetUtilization}.`,
    );
  }
  return {
    ...control,
    maxDelta,
    residual,
    targetUtilization,
    kind,
    size: values.length,
    min: kind === "count" ? (values[0] as number) : 0,
    values,
    initial,
  };
}

function valuesOf({ domain }: Control, path: string): readonly (number | string)[] {
  if ("values" in domain) {
    if (domain.values.length === 0 || new Set(domain.values).size < domain.values.length) {
      throw new InvalidDefinitionError(`${path}.domain.values`, "must be a list of different values.");
    }
    return domain.values;
  }
  const { min, max } = domain;
  if (!Number.isInteger(min) || !Number.isInteger(max) || min > max || max - min > 1000) {
    throw new InvalidDefinitionError(
      `${path}.domain`,
      `expected integers min ≤ max, at most 1000 apart, got min ${min}, max ${max}.`,
    );
  }
  return Array.from({ length: max - min + 1 }, (_, i) => min + i);
}

function presentValue({ target, attribute }: Control, path: string, graph: InfraGraph): unknown {
  const { attributes } = graph.get(target);
  if (!(attribute in attributes)) {
    throw new InvalidDefinitionError(
      `${path}.attribute`,
      `${target} has no attribute ${JSON.stringify(attribute)}. ${suggestion(attribute, Object.keys(attributes))}`,
    );
  }
  return attributes[attribute];
}
