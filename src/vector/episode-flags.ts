/** Where each environment of a batch is in its episodes: whether one was started, and whether it has ended. @module */
import { ResetNeededError } from "../errors.js";
import { endedError } from "./vector-checks.js";
import type { AutoresetMode } from "./vector-env.js";

/** Flags of N environments. */
export class EpisodeFlags {
  readonly #name: string;
  readonly #mode: AutoresetMode;
  readonly #isStarted: Uint8Array;
  readonly #hasEnded: Uint8Array;

  /** @param name - What the batch is called in messages. */
  constructor(name: string, numEnvs: number, mode: AutoresetMode) {
    this.#name = name;
    this.#mode = mode;
    this.#isStarted = new Uint8Array(numEnvs);
    this.#hasEnded = new Uint8Array(numEnvs);
  }

  /** An episode was started. */
  start(env: number): void {
    this.#isStarted[env] = 1;
    this.#hasEnded[env] = 0;
  }

  /** A step was taken; in mode `SameStep` it has started the next episode too. */
  step(env: number, hasEnded: boolean): void {
    this.#hasEnded[env] = hasEnded && this.#mode !== "SameStep" ? 1 : 0;
  }

  /** The environment is a new one. */
  forget(env: number): void {
    this.#isStarted[env] = 0;
    this.#hasEnded[env] = 0;
  }

  /** @throws ResetNeededError, EpisodeEndedError when a step cannot be taken */
  checkReady(env: number): void {
    this.checkStarted(env);
    if (this.#mode === "Disabled" && this.#hasEnded[env] === 1) throw endedError(this.#name, env);
  }

  /** @throws ResetNeededError when no episode was started */
  checkStarted(env: number): void {
    if (this.#isStarted[env] === 0) throw new ResetNeededError(this.#name);
  }
}
