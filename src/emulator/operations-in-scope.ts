/** Every operation the emulator answers for. @module */
import { type Operation, operationsOf } from "./operation.js";
import { computeOperations } from "./operations/compute-operations.js";
import { monitoringOperations } from "./operations/monitoring-operations.js";
import { networkOperations } from "./operations/network-operations.js";
import { platformOperations } from "./operations/platform-operations.js";

/** Every operation in scope; one of them that has no handler answers 501. */
export function operationsInScope(): Operation[] {
  return operationsOf([computeOperations, networkOperations, platformOperations, monitoringOperations]);
}
