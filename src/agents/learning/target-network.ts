/** Target networks: copies that follow slowly. @module */
import type { Network } from "../../networks/index.js";

/** Moves a network's weights towards those of another: target ← (1 − tau)·target + tau·source. */
export function followNetwork(target: Network, source: Network, tau: number): void {
  const weights = source.weights();
  if (tau < 1) {
    target.weights().forEach((tensor, index) => {
      const towards = weights[index]!;
      for (let i = 0; i < tensor.length; i++) towards[i] = (1 - tau) * tensor[i]! + tau * towards[i]!;
    });
  }
  target.setWeights(weights);
}
