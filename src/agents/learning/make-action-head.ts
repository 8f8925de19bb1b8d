/** The head that fits an action space. @module */
import type { ActionBatch } from "./action-batch.js";
import type { ActionHead } from "./action-head.js";
import { CategoricalHead } from "./categorical-head.js";
import { GaussianHead } from "./gaussian-head.js";

/** Softmaxes for discrete components, normal distributions for a Box. */
export function makeActionHead(batch: ActionBatch): ActionHead {
  return batch.sizes.length > 0 ? new CategoricalHead(batch.sizes) : new GaussianHead(batch.size);
}
