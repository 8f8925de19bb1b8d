/** One number that is learnt. @module */

/** What {@link ScalarAdam} remembers: plain data. */
export interface ScalarAdamState {
  readonly value: number;
  readonly first: number;
  readonly second: number;
  readonly decays: readonly [number, number];
}

const BETA1 = 0.9;
const BETA2 = 0.999;

/** Adam on a single parameter, in double precision. */
export class ScalarAdam {
  value: number;
  #first = 0;
  #second = 0;
  #decays: readonly [number, number] = [1, 1];

  constructor(value: number) {
    this.value = value;
  }

  /** One step against a gradient. */
  step(gradient: number, learningRate: number): void {
    this.#first = BETA1 * this.#first + (1 - BETA1) * gradient;
    this.#second = BETA2 * this.#second + (1 - BETA2) * gradient * gradient;
    this.#decays = [this.#decays[0] * BETA1, this.#decays[1] * BETA2];
    const root = Math.sqrt(this.#second / (1 - this.#decays[1])) + 1e-8;
    this.value -= (learningRate * this.#first) / (1 - this.#decays[0]) / root;
  }

  /** Everything remembered; assign it to go back. */
  get state(): ScalarAdamState {
    return { value: this.value, first: this.#first, second: this.#second, decays: this.#decays };
  }

  set state({ value, first, second, decays }: ScalarAdamState) {
    this.value = value;
    this.#first = first;
    this.#second = second;
    this.#decays = decays;
  }
}
