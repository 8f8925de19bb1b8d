/** The library's wrappers by name, for making a wrapped environment again from its spec. @module */
import type { Env } from "../env.js";
import { Autoreset } from "./autoreset.js";
import { ClipAction } from "./clip-action.js";
import { ClipReward } from "./clip-reward.js";
import { DelayObservation } from "./delay-observation.js";
import { DiscretizeAction } from "./discretize-action.js";
import { DiscretizeObservation } from "./discretize-observation.js";
import { DtypeObservation } from "./dtype-observation.js";
import { FilterObservation } from "./filter-observation.js";
import { FlattenObservation } from "./flatten-observation.js";
import { FrameStackObservation } from "./frame-stack-observation.js";
import { MaxAndSkipObservation } from "./max-and-skip-observation.js";
import { NormalizeObservation } from "./normalize-observation.js";
import { NormalizeReward } from "./normalize-reward.js";
import { OrderEnforcing } from "./order-enforcing.js";
import { PassiveEnvChecker } from "./passive-env-checker.js";
import { RecordEpisodeStatistics } from "./record-episode-statistics.js";
import { RecordTrajectory } from "./record-trajectory.js";
import { RenderCollection } from "./render-collection.js";
import { RepeatAction } from "./repeat-action.js";
import { RescaleAction } from "./rescale-action.js";
import { RescaleObservation } from "./rescale-observation.js";
import { ReshapeObservation } from "./reshape-observation.js";
import { StickyAction } from "./sticky-action.js";
import { TimeAwareObservation } from "./time-aware-observation.js";
import { TimeLimit } from "./time-limit.js";
import { TransformAction } from "./transform-action.js";
import { TransformObservation } from "./transform-observation.js";
import { TransformReward } from "./transform-reward.js";

type AnyEnv = Env<unknown, unknown, object>;
type AnyOptions = Readonly<Record<string, unknown>>;

/** A wrapper's class: an environment and its options make it. Each checks its options itself. */
type WrapperClass = new (env: never, options: never) => object;

const CLASSES: readonly WrapperClass[] = [
  Autoreset,
  ClipAction,
  ClipReward,
  DelayObservation,
  DiscretizeAction,
  DiscretizeObservation,
  DtypeObservation,
  FilterObservation,
  FlattenObservation,
  FrameStackObservation,
  MaxAndSkipObservation,
  NormalizeObservation,
  NormalizeReward,
  OrderEnforcing,
  PassiveEnvChecker,
  RecordEpisodeStatistics,
  RecordTrajectory,
  RenderCollection,
  RepeatAction,
  RescaleAction,
  RescaleObservation,
  ReshapeObservation,
  StickyAction,
  TimeAwareObservation,
  TimeLimit,
  TransformAction,
  TransformObservation,
  TransformReward,
];

/** What puts each of the library's wrappers around an environment. */
export const BUILTIN_WRAPPERS: ReadonlyMap<string, (env: AnyEnv, options: AnyOptions) => AnyEnv> = new Map(
  CLASSES.map((wrapper) => [
    wrapper.name,
    (env, options) => new (wrapper as unknown as new (env: AnyEnv, options: AnyOptions) => AnyEnv)(env, options),
  ]),
);
