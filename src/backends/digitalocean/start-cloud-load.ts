/** The load of an episode on a world in an account: from this machine, or from a droplet beside the others. @module */
import { CloudWorldError } from "../../errors.js";
import type { LoadRunnerOptions } from "../../loadgen/runner/load-options.js";
import type { Episode, World } from "../backend.js";
import type { LiveLoad } from "../live/live-plane.js";
import { startOwnLoad } from "../live/own-load.js";
import { cloudLoad } from "./cloud-load.js";
import type { CheckedDigitalOceanOptions } from "./digitalocean-options.js";
import { pieceOf, RenewedLoad } from "./renewed-load.js";
import type { SshHop } from "./scrape-tunnels.js";
import { startDropletLoad } from "./start-droplet-load.js";

/** Where a load comes from and goes to. */
export interface CloudLoadParts {
  readonly world: World;
  readonly options: CheckedDigitalOceanOptions;
  /** Folder of the world. */
  readonly folder: string;
  /** The run's own load balancer, as the account has it now; undefined when it has it no more. */
  readonly loadBalancerUrl: () => string | undefined;
  /** Private address of the load droplet, where there is one. */
  readonly loadDropletAddress: () => string | undefined;
  readonly hop: () => SshHop;
  /** A port of this machine's loopback for the metrics of the next piece. */
  readonly nextPort: () => number;
  readonly onSpawn: (pid: number) => void;
}

/**
 * Starts a load, in pieces of less than ten minutes: each goes to what the account says then is the run's own load balancer.
 *
 * @throws CloudWorldError, InvalidOptionError, LoadRunnerError
 */
export function startCloudLoad({ seed, series }: Episode, parts: CloudLoadParts): Promise<LiveLoad> {
  const { world, options, onSpawn } = parts;
  return RenewedLoad.begin((number) => {
    const url = parts.loadBalancerUrl();
    if (url === undefined) throw new CloudWorldError("load balancer", "the account has it no more.");
    const { hostname, port } = new URL(url);
    const load: LoadRunnerOptions & { readonly metricsPort: number } = cloudLoad({
      ...pieceOf(series.rates, number),
      loadBalancerAddress: hostname,
      port: port === "" ? 80 : Number(port),
      seed: BigInt.asUintN(64, seed + BigInt(number)),
      service: world.services[0]!.name,
      timeoutSeconds: world.simulation.clientTimeoutSeconds ?? 10,
      metricsPort: parts.nextPort(),
    });
    if (options.load === "here") return startOwnLoad(load, { execArgv: options.execArgv, onSpawn });
    const privateIp = parts.loadDropletAddress();
    if (privateIp === undefined) throw new CloudWorldError("load droplet", "the account has it no more.");
    const { package: spec, ssh } = options;
    return startDropletLoad(load, { ssh, hop: parts.hop(), privateIp, spec, number, folder: parts.folder, onSpawn });
  });
}
