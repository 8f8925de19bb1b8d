/** The randomness of one environment's requests: counter-based, with a stream for each purpose. @module */
import { type StreamKey, streamKey, uniform53At } from "../stream.js";

/** Draws by their number, so that the numbers are all the state there is. */
export class RequestDraws {
  #arrivalKey: StreamKey = [0, 0];
  #workKey: StreamKey = [0, 0];
  #choiceKey: StreamKey = [0, 0];
  /** Draws so far: of arrival times, of work, of choices. */
  #arrivals = 0;
  #works = 0;
  #choices = 0;
  #times: Float64Array = new Float64Array(64);

  /** A uniform number for a choice. */
  readonly choice = (): number => uniform53At(this.#choiceKey[0], this.#choiceKey[1], this.#choices++);

  /** Takes up the streams of a seed, from its first draws on. */
  reset(seed: bigint): void {
    this.restore(seed, [0, 0, 0]);
  }

  /** A uniform number for the work of a request. */
  work(): number {
    return uniform53At(this.#workKey[0], this.#workKey[1], this.#works++);
  }

  /**
   * Arrivals of a Poisson process, given their number: even and independent, in order.
   *
   * @returns Times from `start` to `start + seconds`; valid until the next call.
   */
  times(count: number, start: number, seconds: number): Float64Array {
    if (this.#times.length < count) this.#times = new Float64Array(2 * count);
    const [key0, key1] = this.#arrivalKey;
    for (let k = 0; k < count; k++) this.#times[k] = start + uniform53At(key0, key1, this.#arrivals++) * seconds;
    return this.#times.subarray(0, count).sort();
  }

  /** How many draws there were, for {@link restore}. */
  snapshot(): readonly [arrivals: number, works: number, choices: number] {
    return [this.#arrivals, this.#works, this.#choices];
  }

  restore(seed: bigint, [arrivals, works, choices]: readonly [number, number, number]): void {
    this.#arrivalKey = streamKey(seed, "arrival times");
    this.#workKey = streamKey(seed, "service times");
    this.#choiceKey = streamKey(seed, "choices");
    this.#arrivals = arrivals;
    this.#works = works;
    this.#choices = choices;
  }
}
