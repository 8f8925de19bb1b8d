/** The backend `digitalocean`: an environment in an account, on droplets that are billed. @module */
import type { Credentials } from "../../digitalocean/credentials.js";
import { CloudWorldError, InvalidOptionError } from "../../errors.js";
import type { Components, Episode, World } from "../backend.js";
import { LiveBackend, UNOPENED } from "../live/live-backend.js";
import type { LiveWorld } from "../live/live-world.js";
import { MOST_RATE } from "./cloud-load.js";
import {
  type CheckedDigitalOceanOptions,
  checkDigitalOceanOptions,
  type DigitalOceanOptions,
} from "./digitalocean-options.js";

/**
 * Runs an environment in a DigitalOcean account: Terraform applies its graph, droplets install the reference service at their first boot, a load is
 * sent to the load balancer, and Prometheus on this machine scrapes the droplets. Everything costs money, within a budget, until it is closed.
 *
 * @example
 * const env = await make("WebService-v0", {
 *   backend: "digitalocean",
 *   digitalocean: { budgetUsd: 5, runnerAddress: "203.0.113.7", sshKeys: ["3b:16:bf:e4:8b:00:8b:b8"], identityFile: "/home/me/.ssh/id_ed25519" },
 * });
 */
export class DigitalOceanBackend extends LiveBackend {
  readonly name = "digitalocean";
  readonly options: CheckedDigitalOceanOptions;
  /** @internal */
  protected readonly unopened: Components;
  readonly #credentials: Credentials;

  /** @throws InvalidOptionError without a budget, an address or keys; TokenError without a token */
  constructor(options: DigitalOceanOptions) {
    super();
    const { checked, credentials } = checkDigitalOceanOptions(options, process.env);
    this.options = checked;
    this.#credentials = credentials;
    this.unopened = {
      terraform: UNOPENED,
      provider: UNOPENED,
      prometheus: UNOPENED,
      loadBalancer: UNOPENED,
      load: UNOPENED,
      droplets: UNOPENED,
    };
  }

  /** @internal */
  protected async start(world: World): Promise<LiveWorld> {
    // Terraform, CDKTF and the client are loaded when a world is opened.
    const [{ LiveWorld }, { openCloud }] = await Promise.all([
      import("../live/live-world.js"),
      import("./open-cloud.js"),
    ]);
    return LiveWorld.open(world, {
      timeScale: 1,
      startSeconds: this.options.startSeconds,
      // A droplet that is deleted is gone.
      drainSeconds: 0,
      lostError: (part, reason) => new CloudWorldError(part, reason),
      openPlane: (listeners) => openCloud(world, this.options, this.#credentials, listeners),
    });
  }

  /** @internal */
  protected check({ series }: Episode): void {
    const peak = series.rates.reduce((most, rate) => Math.max(most, rate), 0);
    if (peak <= MOST_RATE) return;
    throw new InvalidOptionError(
      "workload",
      `one whose peak is at most ${MOST_RATE} requests/s, the most that is sent to anything but loopback; scale it with atRate(workload, ${MOST_RATE / 2})`,
      peak,
    );
  }
}
