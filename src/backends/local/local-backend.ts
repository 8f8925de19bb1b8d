/** The backend `local`: real Terraform, processes, load balancer, load and Prometheus on this machine. @module */
import { InvalidOptionError, LocalWorldError } from "../../errors.js";
import type { Components, Episode, World } from "../backend.js";
import { LiveBackend } from "../live/live-backend.js";
import type { LiveWorld } from "../live/live-world.js";
import { LOCAL_COMPONENTS } from "./local-components.js";
import { type CheckedLocalOptions, checkLocalOptions, type LocalOptions } from "./local-options.js";

/**
 * Runs an environment on this machine: Terraform applies its graph to an emulated account, droplets are processes behind a load balancer, a load is
 * sent to them, and Prometheus is asked.
 *
 * @example
 * const env = await make("WebService-v0", { backend: "local", local: { timeScale: 12 } });
 */
export class LocalBackend extends LiveBackend {
  readonly name = "local";
  readonly options: CheckedLocalOptions;
  /** @internal */
  protected readonly unopened: Components = LOCAL_COMPONENTS;

  /** @throws InvalidOptionError */
  constructor(options: LocalOptions = {}) {
    super();
    this.options = checkLocalOptions(options);
  }

  /** @internal */
  protected async start(world: World): Promise<LiveWorld> {
    // Terraform, gRPC, CDKTF and the emulator are loaded when a world is opened.
    const [{ LiveWorld }, { LocalWorld }] = await Promise.all([
      import("../live/live-world.js"),
      import("./local-world.js"),
    ]);
    const { timeScale, startSeconds } = this.options;
    return LiveWorld.open(world, {
      timeScale,
      startSeconds,
      lostError: (part, reason) => new LocalWorldError(part, reason),
      openPlane: (listeners) => LocalWorld.open(world, this.options, listeners),
    });
  }

  /** @internal */
  protected check({ series }: Episode): void {
    const peak = series.rates.reduce((most, rate) => Math.max(most, rate), 0);
    if (peak <= this.options.maxRate) return;
    throw new InvalidOptionError(
      "workload",
      `one whose peak is at most local.maxRate (${this.options.maxRate} requests/s): more than one generator is trusted with`,
      peak,
    );
  }
}
