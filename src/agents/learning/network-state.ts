/** Saving networks with what their optimizer remembers. @module */
import type { Network, OptimizerState } from "../../networks/index.js";

/** A network's weights and its optimizer's memory: plain data. */
export interface NetworkState {
  readonly weights: readonly Float32Array[];
  readonly optimizer: OptimizerState;
}

/** Copies of all networks' states. */
export function networkStates(networks: readonly Network[]): NetworkState[] {
  return networks.map((network) => ({ weights: network.weights(), optimizer: network.optimizerState() }));
}

/** Puts states back. @throws InvalidOptionError where a network has another shape */
export function restoreNetworks(networks: readonly Network[], states: readonly NetworkState[]): void {
  networks.forEach((network, index) => {
    network.setWeights(states[index]!.weights);
    network.setOptimizerState(states[index]!.optimizer);
  });
}
