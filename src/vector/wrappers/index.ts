/** Wrappers of vector environments, one file each. @module */
export {
  VectorActionWrapper,
  VectorObservationWrapper,
  VectorRewardWrapper,
  VectorWrapper,
} from "../vector-wrapper.js";
export { VectorClipReward } from "./clip-reward.js";
export { VectorDtypeObservation } from "./dtype-observation.js";
export { VectorFlattenObservation } from "./flatten-observation.js";
export { VectorNormalizeObservation } from "./normalize-observation.js";
export { VectorNormalizeReward } from "./normalize-reward.js";
export { VectorRecordEpisodeStatistics } from "./record-episode-statistics.js";
export { VectorRescaleAction } from "./rescale-action.js";
export { VectorTransformAction, type VectorTransformActionOptions } from "./transform-action.js";
export { VectorTransformObservation, type VectorTransformObservationOptions } from "./transform-observation.js";
export { VectorTransformReward, type VectorTransformRewardOptions } from "./transform-reward.js";
