/** The library's vector wrappers by name, for making a wrapped vector environment again from its spec. @module */
import type { Wrap } from "../../wrapper-registry.js";
import type { VectorEnv } from "../vector-env.js";
import { VectorClipAction } from "./clip-action.js";
import { VectorClipReward } from "./clip-reward.js";
import { VectorDelayObservation } from "./delay-observation.js";
import { VectorDiscretizeAction } from "./discretize-action.js";
import { VectorDiscretizeObservation } from "./discretize-observation.js";
import { VectorDtypeObservation } from "./dtype-observation.js";
import { VectorFilterObservation } from "./filter-observation.js";
import { VectorFlattenObservation } from "./flatten-observation.js";
import { VectorFrameStackObservation } from "./frame-stack-observation.js";
import { VectorNormalizeObservation } from "./normalize-observation.js";
import { VectorNormalizeReward } from "./normalize-reward.js";
import { VectorRecordEpisodeStatistics } from "./record-episode-statistics.js";
import { VectorRescaleAction } from "./rescale-action.js";
import { VectorRescaleObservation } from "./rescale-observation.js";
import { VectorReshapeObservation } from "./reshape-observation.js";
import { VectorStickyAction } from "./sticky-action.js";
import { VectorTimeAwareObservation } from "./time-aware-observation.js";
import { VectorTransformAction } from "./transform-action.js";
import { VectorTransformObservation } from "./transform-observation.js";
import { VectorTransformReward } from "./transform-reward.js";
import { VectorizeObservation } from "./vectorize-observation.js";

type AnyVectorEnv = VectorEnv<unknown, unknown, object>;

/** A wrapper's class: a vector environment and its options make it. Each checks its options itself. */
type WrapperClass = new (env: never, options: never) => object;

const CLASSES: readonly WrapperClass[] = [
  VectorClipAction,
  VectorClipReward,
  VectorDelayObservation,
  VectorDiscretizeAction,
  VectorDiscretizeObservation,
  VectorDtypeObservation,
  VectorFilterObservation,
  VectorFlattenObservation,
  VectorFrameStackObservation,
  VectorNormalizeObservation,
  VectorNormalizeReward,
  VectorRecordEpisodeStatistics,
  VectorRescaleAction,
  VectorRescaleObservation,
  VectorReshapeObservation,
  VectorStickyAction,
  VectorTimeAwareObservation,
  VectorTransformAction,
  VectorTransformObservation,
  VectorTransformReward,
  VectorizeObservation,
];

/** What puts each of the library's vector wrappers around a vector environment. */
export const BUILTIN_VECTOR_WRAPPERS: ReadonlyMap<string, Wrap<AnyVectorEnv>> = new Map(
  CLASSES.map((wrapper) => [
    wrapper.name,
    (env, options) =>
      new (wrapper as unknown as new (env: AnyVectorEnv, options: object) => AnyVectorEnv)(env, options),
  ]),
);
