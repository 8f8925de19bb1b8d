/** What a service's process and its parent say to each other. @module */
import type { ServiceFault } from "./service-faults.js";
import type { MachineSize, ModelTime, ReferenceServiceOptions } from "./service-options.js";

/** To the process. */
export type ServiceOrder =
  | { readonly kind: "start"; readonly options: Omit<ReferenceServiceOptions, "onCrash"> }
  | { readonly kind: "resize"; readonly machine: MachineSize }
  | { readonly kind: "inject"; readonly fault: ServiceFault }
  | { readonly kind: "begin"; readonly seed: bigint; readonly modelTime?: ModelTime };

/** From the process. */
export type ServiceNews =
  | { readonly kind: "listening"; readonly url: string }
  | { readonly kind: "failed"; readonly reason: string };

/** What a process ends with when a fault crashes its service. @see sysexits.h, EX_SOFTWARE */
export const CRASHED = 70;
