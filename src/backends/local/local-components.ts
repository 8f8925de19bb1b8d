/** What the backend `local` is known to run on before it is opened. @module */
import type { Components } from "../backend.js";
import { UNOPENED } from "../live/live-backend.js";

/** The rest is whatever it finds installed. */
export const LOCAL_COMPONENTS: Components = {
  terraform: UNOPENED,
  provider: "built-in",
  prometheus: UNOPENED,
  loadBalancer: UNOPENED,
  load: "autocannon 9.0.0",
  droplets: "processes",
};
