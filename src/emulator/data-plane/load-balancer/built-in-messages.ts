/** What the built-in load balancer and its process say to each other. @module */
import type { PlaneServer, PlaneServerState } from "./load-balancer.js";
import type { CheckedLoadBalancer } from "./load-balancer-options.js";

/** To the process. */
export type BuiltInOrder =
  | { readonly kind: "start"; readonly options: CheckedLoadBalancer }
  | { readonly kind: "add"; readonly server: PlaneServer }
  | { readonly kind: "drain"; readonly name: string; readonly timeoutSeconds: number }
  | { readonly kind: "remove"; readonly name: string }
  | { readonly kind: "servers" };

/** An order with a number, by which its answer is known. */
export interface NumberedOrder {
  readonly number: number;
  readonly order: BuiltInOrder;
}

/** What is answered to each kind. */
export interface BuiltInAnswers {
  readonly start: { readonly port: number; readonly metricsPort: number };
  readonly add: undefined;
  readonly drain: boolean;
  readonly remove: undefined;
  readonly servers: readonly PlaneServerState[];
}

/** From the process. */
export type BuiltInNews =
  | { readonly number: number; readonly answer: BuiltInAnswers[keyof BuiltInAnswers] }
  | { readonly number: number; readonly refusal: string; readonly portInUse?: number };
