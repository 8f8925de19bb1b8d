/** What a load runner and its process say to each other. @module */
import type { CheckedLoad } from "./load-options.js";
import type { LoadReport } from "./load-tally.js";

/** To the process. */
export type LoadOrder =
  | { readonly kind: "start"; readonly load: CheckedLoad }
  | { readonly kind: "begin" }
  | { readonly kind: "rate"; readonly rate: number }
  | { readonly kind: "stop" };

/** From the process. */
export type LoadNews =
  | { readonly kind: "started"; readonly metricsPort: number | undefined }
  | { readonly kind: "report"; readonly report: LoadReport; readonly rate: number; readonly isLast: boolean }
  | { readonly kind: "failed"; readonly reason: string };
