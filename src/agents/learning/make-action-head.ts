/** The head that fits an action space. @module */
import type { ActionBatch } from "./action-batch.js";
import type { ActionChooser, ActionHead, ActionHeadKind } from "./action-head.js";
import { CategoricalHead } from "./categorical-head.js";
import { GaussianHead } from "./gaussian-head.js";
import { JointChooser } from "./joint-chooser.js";
import { SquashedGaussianHead } from "./squashed-gaussian-head.js";

/** Softmaxes for discrete components, normal distributions for a Box. */
export function makeActionHead({ sizes, size }: ActionBatch): ActionHead {
  return sizes.length > 0 ? new CategoricalHead(sizes) : new GaussianHead(size);
}

/** What chooses the best action for outputs of a kind; null where the kind does not fit the space. */
export function makeActionChooser(batch: ActionBatch, kind: ActionHeadKind): ActionChooser | null {
  if (kind === "squashed-gaussian" && batch.sizes.length === 0) return new SquashedGaussianHead(batch.size);
  if (kind === "joint-categorical" && batch.sizes.length > 0) return new JointChooser(batch.sizes);
  const head = makeActionHead(batch);
  return head.kind === kind ? head : null;
}
