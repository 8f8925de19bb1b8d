/** The last steps of an episode, for pictures of it. @module */
import type { InfraInfo } from "../info.js";

/** One step, as pictures show it. */
export interface Frame {
  readonly timeSeconds: number;
  /** Unit: requests per second. */
  readonly arrivalRate: number;
  /** Unit: seconds; NaN when none was answered. */
  readonly p95Seconds: number;
  /** From 0 to 1. */
  readonly violationRatio: number;
  /** Billed in the step. Unit: USD. */
  readonly costUsd: number;
}

/** How many steps are kept. */
const KEPT = 120;

/** A window over the last steps. */
export class FrameHistory {
  readonly frames: Frame[] = [];
  /** Billed since the episode began. Unit: USD. */
  totalUsd = 0;

  /** Starts an episode. */
  clear(): void {
    this.frames.length = 0;
    this.totalUsd = 0;
  }

  /** Takes a step. @param stepSeconds - Its length. */
  push(info: InfraInfo, stepSeconds: number): void {
    const { slo, costUsd, timeSeconds } = info;
    const { p95Seconds, violationRatio } = slo;
    this.totalUsd += costUsd;
    this.frames.push({ timeSeconds, arrivalRate: slo.arrivals / stepSeconds, p95Seconds, violationRatio, costUsd });
    if (this.frames.length > KEPT) this.frames.shift();
  }
}
