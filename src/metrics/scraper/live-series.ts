/** Series that grow while they are queried, and forget what is old. @module */
import { InvalidOptionError } from "../../errors.js";
import { type LabelSet, labelKey } from "../labels.js";
import { SampleSet, type SeriesSample } from "../promql/sample-set.js";

interface LiveOne {
  readonly labels: LabelSet;
  samples: SeriesSample[];
}

/** Series in memory. */
export class LiveSeries {
  readonly #series = new Map<string, LiveOne>();
  readonly #retentionMs: number;
  #set: SampleSet | undefined;

  /** @param retentionSeconds - How long a sample is kept. @throws InvalidOptionError */
  constructor(retentionSeconds = 3600) {
    if (!(retentionSeconds > 0)) throw new InvalidOptionError("retentionSeconds", "seconds above 0", retentionSeconds);
    this.#retentionMs = retentionSeconds * 1000;
  }

  /** Number of series. */
  get size(): number {
    return this.#series.size;
  }

  /**
   * Appends a sample.
   * @param labels - With the metric's name as `__name__`.
   * @returns Whether it was taken: one that does not come after the last of its series is dropped.
   */
  append(labels: LabelSet, sample: SeriesSample): boolean {
    const key = labelKey(labels);
    let one = this.#series.get(key);
    if (one === undefined) {
      one = { labels, samples: [] };
      this.#series.set(key, one);
    }
    const last = one.samples.at(-1);
    if (last !== undefined && sample.t <= last.t) return false;
    one.samples.push(sample);
    this.#set = undefined;
    return true;
  }

  /** Forgets what is older than the retention. @param nowMs - Unit: milliseconds since 1970. */
  forget(nowMs: number): void {
    const oldest = nowMs - this.#retentionMs;
    for (const [key, one] of this.#series) {
      if (one.samples[0]!.t >= oldest) continue;
      one.samples = one.samples.filter(({ t }) => t >= oldest);
      if (one.samples.length === 0) this.#series.delete(key);
      this.#set = undefined;
    }
  }

  /** All series as they are now; made again only after a change. */
  sampleSet(): SampleSet {
    this.#set ??= new SampleSet(this.#series.values());
    return this.#set;
  }
}
