/** Arbitrary metric families. @module */
import fc from "fast-check";
import type {
  Exemplar,
  ExpositionFormat,
  ExpositionSample,
  FamilyType,
  MetricFamily,
} from "../../../src/metrics/exposition/family.js";
import { suffixesOf, typeWords } from "../../../src/metrics/exposition/family.js";
import { type LabelSet, labelKey, labelSet } from "../../../src/metrics/labels.js";

const value = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -0, 1e21, 1e-7, 5e-324, Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY, -Infinity),
);
const text = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.string({ unit: fc.constantFrom("\\", '"', "\n", "n", "{", "}", ",", "=", "#", " ", "é", "💡"), minLength: 1 }),
);
const labelName = fc.constantFrom("a", "b", "_c9", "le", "quantile", "Service");

const labels: fc.Arbitrary<LabelSet> = fc
  .dictionary(labelName, text, { maxKeys: 4 })
  .map((pairs) => labelSet(Object.entries(pairs)));

const exemplar: fc.Arbitrary<Exemplar> = fc.record(
  {
    labels: fc
      .dictionary(labelName, fc.string({ minLength: 1, maxLength: 8 }), { maxKeys: 2 })
      .map((pairs) => labelSet(Object.entries(pairs))),
    value,
    timestampSeconds: fc.integer({ min: 0, max: 1e9 }),
  },
  { requiredKeys: ["labels", "value"] },
);

/** Families that a format can hold: names differ, no series comes twice. */
export function arbitraryFamilies(format: ExpositionFormat): fc.Arbitrary<MetricFamily[]> {
  const types = [...typeWords(format).values()];
  return fc
    .array(fc.constantFrom(...types), { maxLength: 5 })
    .chain((chosen) => fc.tuple(...chosen.map((type, k) => arbitraryFamily(`family${k}x`, type, format))));
}

function arbitraryFamily(name: string, type: FamilyType, format: ExpositionFormat): fc.Arbitrary<MetricFamily> {
  const mayHaveExemplar = (suffix: string): boolean =>
    format === "openmetrics" &&
    ((type === "counter" && suffix === "_total") || (type.endsWith("histogram") && suffix === "_bucket"));
  const sample = fc
    .record(
      {
        suffix: fc.constantFrom(...suffixesOf(type, format)),
        labels,
        value,
        timestampSeconds: fc.integer({ min: -1e9, max: 1e12 }).map((milliseconds) => milliseconds / 1000),
        exemplar,
      },
      { requiredKeys: ["suffix", "labels", "value"] },
    )
    .map(
      ({ suffix, exemplar: example, ...rest }): ExpositionSample => ({
        name: `${name}${suffix}`,
        ...rest,
        ...(example !== undefined && mayHaveExemplar(suffix) ? { exemplar: example } : {}),
      }),
    );
  const samples = fc.uniqueArray(sample, { maxLength: 6, selector: (one) => `${one.name}${labelKey(one.labels)}` });
  return fc.record(
    { name: fc.constant(name), type: fc.constant(type), help: text.map((help) => help.trim()), samples },
    { requiredKeys: ["name", "type", "samples"] },
  );
}
