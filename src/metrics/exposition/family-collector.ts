/** Families as their lines come in: what may follow what, and what may not come twice. @module */
import { suggestion } from "../../messages.js";
import { type LabelSet, labelKey, METRIC_NAME } from "../labels.js";
import {
  type ExpositionFormat,
  type ExpositionSample,
  type FamilyType,
  type MetricFamily,
  suffixesOf,
  typeWords,
} from "./family.js";
import type { ExpositionLimits } from "./limits.js";
import type { Refuse } from "./sample-line.js";

interface OpenFamily {
  readonly name: string;
  type: FamilyType | undefined;
  help: string | undefined;
  unit: string | undefined;
  readonly samples: ExpositionSample[];
}

/** Puts lines together to families. */
export class FamilyCollector {
  readonly #format: ExpositionFormat;
  readonly #limits: Required<ExpositionLimits>;
  readonly #refuse: Refuse;
  readonly #types: ReadonlyMap<string, FamilyType>;
  readonly #families = new Map<string, OpenFamily>();
  /** Last timestamp by series; undefined for one without. */
  readonly #seen = new Map<string, number | undefined>();
  #current: OpenFamily | undefined;
  #samples = 0;

  constructor(format: ExpositionFormat, limits: Required<ExpositionLimits>, refuse: Refuse) {
    this.#format = format;
    this.#limits = limits;
    this.#refuse = refuse;
    this.#types = typeWords(format);
  }

  declareType(name: string, word: string): void {
    const type =
      this.#types.get(word) ??
      this.#refuse(`there is no type ${JSON.stringify(word)}. ${suggestion(word, this.#types.keys())}`);
    const family = this.#declare(name, "TYPE");
    if (family.type !== undefined) this.#refuse(`${name} has a second TYPE line.`);
    family.type = type;
  }

  declareHelp(name: string, help: string): void {
    const family = this.#declare(name, "HELP");
    if (family.help !== undefined) this.#refuse(`${name} has a second HELP line.`);
    family.help = help;
  }

  declareUnit(name: string, unit: string): void {
    const family = this.#declare(name, "UNIT");
    if (family.unit !== undefined) this.#refuse(`${name} has a second UNIT line.`);
    if (unit !== "" && !name.endsWith(`_${unit}`)) this.#refuse(`${name} must end in its unit, _${unit}.`);
    family.unit = unit;
  }

  addSample(sample: ExpositionSample): void {
    if (++this.#samples > this.#limits.maxSamples) {
      this.#refuse(`there are more samples than maxSamples, ${this.#limits.maxSamples}.`, "maxSamples");
    }
    this.#checkOnce(sample);
    const family = this.#familyOf(sample.name);
    if (sample.exemplar !== undefined) this.#checkExemplar(sample, family);
    family.samples.push(sample);
    this.#current = family;
  }

  families(): MetricFamily[] {
    return [...this.#families.values()].map(({ name, type, help, unit, samples }) => ({
      name,
      type: type ?? "unknown",
      ...(help === undefined ? {} : { help }),
      ...(unit === undefined ? {} : { unit }),
      samples,
    }));
  }

  #declare(name: string, keyword: string): OpenFamily {
    const family = this.#families.get(name) ?? this.#open(name);
    if (family.samples.length > 0) this.#refuse(`the ${keyword} line of ${name} comes after its samples.`);
    if (this.#format === "openmetrics" && this.#current !== family && this.#families.size > 1) this.#checkLast(family);
    this.#current = family;
    return family;
  }

  #open(name: string): OpenFamily {
    const family: OpenFamily = { name, type: undefined, help: undefined, unit: undefined, samples: [] };
    this.#families.set(name, family);
    return family;
  }

  /** OpenMetrics keeps a family's lines together. */
  #checkLast(family: OpenFamily): void {
    if ([...this.#families.values()].at(-1) !== family)
      this.#refuse(`the lines of ${family.name} do not stand together.`);
  }

  #familyOf(name: string): OpenFamily {
    if (this.#current !== undefined && this.#belongs(name, this.#current)) return this.#current;
    for (const suffix of ["", "_total", "_bucket", "_sum", "_count", "_created", "_info", "_gsum", "_gcount"]) {
      if (!name.endsWith(suffix)) continue;
      const family = this.#families.get(name.slice(0, name.length - suffix.length));
      if (family === undefined || !this.#belongs(name, family)) continue;
      if (this.#format === "openmetrics") this.#refuse(`the lines of ${family.name} do not stand together.`);
      return family;
    }
    const taken = this.#families.get(name);
    if (taken !== undefined) {
      const names = suffixesOf(taken.type ?? "unknown", this.#format).map((suffix) => `${name}${suffix}`);
      this.#refuse(`${name} is a ${taken.type}: its samples are called ${names.join(", ")}.`);
    }
    return this.#open(name);
  }

  #belongs(name: string, { name: family, type = "unknown" }: OpenFamily): boolean {
    return name.startsWith(family) && suffixesOf(type, this.#format).includes(name.slice(family.length));
  }

  #checkOnce({ name, labels, timestampSeconds }: ExpositionSample): void {
    const key = seriesKey(name, labels);
    if (this.#seen.has(key)) {
      const before = this.#seen.get(key);
      if (timestampSeconds === undefined || before === undefined) this.#refuse(`the series ${name} comes twice.`);
      else if (timestampSeconds <= before) {
        this.#refuse(`a sample of ${name} at ${timestampSeconds} s does not come after the one at ${before} s.`);
      }
    } else if (this.#seen.size >= this.#limits.maxSeries) {
      this.#refuse(`there are more series than maxSeries, ${this.#limits.maxSeries}.`, "maxSeries");
    }
    this.#seen.set(key, timestampSeconds);
  }

  #checkExemplar({ name }: ExpositionSample, { type }: OpenFamily): void {
    const mayHave =
      (type === "counter" && name.endsWith("_total")) ||
      ((type === "histogram" || type === "gaugehistogram") && name.endsWith("_bucket"));
    if (!mayHave) this.#refuse(`${name} may not have an exemplar: only counters and buckets have.`);
  }
}

function seriesKey(name: string, labels: LabelSet): string {
  return labelKey(new Map([[METRIC_NAME, name], ...labels]));
}
