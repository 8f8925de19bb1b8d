/** An environment for tests that keeps the whole contract: the counting environment with its errors. @module */
import type { EnvSnapshot, ResetOptions, ResetResult, StepResult } from "../../src/env.js";
import { ClosedError, EpisodeEndedError, InvalidActionError, ResetNeededError } from "../../src/errors.js";
import { CountingEnv, type CountingInfo } from "./counting-env.js";

/** The counting environment with the errors of the contract. */
export class StrictEnv extends CountingEnv {
  phase: "new" | "running" | "ended" = "new";

  override async reset(options: ResetOptions = {}): Promise<ResetResult<Float32Array, CountingInfo>> {
    this.refuseClosed();
    this.phase = "running";
    return super.reset(options);
  }

  override async step(action: number): Promise<StepResult<Float32Array, CountingInfo>> {
    this.refuseClosed();
    if (this.phase === "new") throw new ResetNeededError("StrictEnv");
    if (this.phase === "ended") throw new EpisodeEndedError("StrictEnv");
    if (!this.actionSpace.contains(action)) throw new InvalidActionError("", "an integer from 0 to 2", action);
    const result = await super.step(action);
    if (result[2]) this.phase = "ended";
    return result;
  }

  override restore(snapshot: EnvSnapshot): void {
    super.restore(snapshot);
    this.phase = "running";
  }

  private refuseClosed(): void {
    if (this.isClosed) throw new ClosedError("StrictEnv");
  }
}
