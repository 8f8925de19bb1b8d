/** The policy contract: rules and learners alike. @module */
import type { Space } from "../spaces/space.js";

/** One control, as a policy sees it. */
export interface PolicyControl {
  readonly name: string;
  /** Least and greatest desired value. Counts are themselves; sizes and other choices are their index. */
  readonly min: number;
  readonly max: number;
  /** What the value counts: replicas, or steps of a list. */
  readonly kind: "count" | "choice";
  /** Signals the environment gives for this control, such as `utilization` and `replicas`. */
  readonly signals: readonly string[];
}

/** What a policy is bound to, once. */
export interface PolicySpec {
  /** Id of the environment. */
  readonly id: string;
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  readonly controls: readonly PolicyControl[];
  /** Unit: seconds of model time. */
  readonly stepSeconds: number;
  /**
   * Turns desired values into the action that comes nearest to them, in whatever mode the controls are.
   * @param desired - One value per control, in order.
   * @param info - The present info.
   */
  encode(desired: readonly number[], info: PolicyInfo): unknown;
  /** What planners may look into: the world itself and its days to come. Rules and learners leave it alone. Absent where there is no model. */
  readonly model?: unknown;
}

/** The part of `info` that policies read. */
export interface PolicyInfo {
  /** Raw values by control and signal, in base units; NaN where nothing is known yet. */
  readonly signals: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Desired and present value by control. */
  readonly controls: Readonly<Record<string, ControlStatus>>;
  /** 1 where an action is allowed: for Discrete one array, for MultiDiscrete one per component, null for Box. */
  readonly actionMask: Uint8Array | readonly Uint8Array[] | null;
  /** Model time: seconds since 1970-01-01 UTC. */
  readonly timeSeconds: number;
}

/** Where a control stands. */
export interface ControlStatus {
  /** What was last asked for and accepted. */
  readonly desired: number;
  /** What is up and ready now. */
  readonly current: number;
}

/** How a policy came about; shown in results. */
export type PolicyKind = "rule" | "trained" | "oracle";

/** Decides on actions. Bound once to an environment, reset before each episode. */
export interface Policy {
  /** As given on the command line, such as `threshold`. */
  readonly name: string;
  readonly kind: PolicyKind;
  /**
   * How often it looks and acts, where that is more often than once a step. Unit: seconds; divides the step. Judges of simulated days (`evaluate`,
   * `runBenchmark`, `calibrate`) take it to a world with shorter steps, in which nothing else differs. Elsewhere it acts once a step.
   */
  readonly everySeconds?: number | undefined;
  /** @throws MissingSignalError, PolicyMismatchError when the environment does not fit */
  bind(spec: PolicySpec): void;
  /**
   * Forgets the last episode. A promise is waited for: planners make their plan here.
   * @param seed - That of the episode to come.
   */
  reset(seed: number | bigint): void | Promise<void>;
  /** The next action. */
  act(observation: unknown, info: PolicyInfo): unknown;
}
