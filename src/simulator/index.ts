/** The simulator: a queueing model of a graph, fluid and fast or request by request. `infra-gym/simulator`. @module */
export { createSimulator, type SimulatorKind } from "./create-simulator.js";
export { erlangC, meanWaitSeconds, responseQuantile, responseWithin } from "./erlang.js";
export { desiredStateOf, type ModelOptions, modelOfGraph } from "./from-graph.js";
export { Kernel } from "./kernel.js";
export {
  type Balancing,
  DEFAULT_LIFECYCLE,
  type DesiredState,
  type LifecycleTimes,
  type ResourceGroup,
  type SimulatorModel,
  type TierModel,
  type TierSize,
} from "./model.js";
export { RequestSimulator } from "./requests/request-simulator.js";
export type { Rows, TierRows } from "./rows.js";
export type { Simulator, SimulatorEpisode, SimulatorState } from "./simulator.js";
export { TickedSimulator } from "./ticked-simulator.js";
