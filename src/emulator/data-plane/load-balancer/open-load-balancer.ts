/** Opening a load balancer: haproxy where it is installed, else the built-in one. @module */
import { ProgramNotFoundError, ProgramVersionError } from "../../../errors.js";
import { findProgram, versionText } from "../../../running-program.js";
import { BuiltIn } from "./built-in.js";
import { type FoundHaproxy, Haproxy } from "./haproxy.js";
import type { LoadBalancerOptions, PlaneLoadBalancer } from "./load-balancer.js";
import { type CheckedLoadBalancer, checkLoadBalancer } from "./load-balancer-options.js";

/** How a load balancer's process is started. */
export interface BalancerProcessOptions {
  /** Arguments of Node for the built-in one. @defaultValue those of this process */
  readonly execArgv?: readonly string[];
  /** Told of the process at once, before it is ready. */
  readonly onSpawn?: (pid: number) => void;
}

/** Where Debian has it, which is not on every user's PATH. */
const FURTHER_FOLDERS = ["/usr/sbin", "/usr/local/sbin"];
/** The first version whose servers can be added while it runs without an experimental mode. */
const OLDEST = [2, 6] as const;

/**
 * Opens a load balancer.
 *
 * @throws InvalidOptionError, ProgramNotFoundError, ProgramVersionError, PortInUseError, LoadBalancerError
 * @example
 * const loadBalancer = await openLoadBalancer({ directory, healthCheck: { path: "/health" } });
 * await loadBalancer.addServer({ name: "web-1", host: "127.0.0.1", port: 8001 });
 * await loadBalancer.waitForServer("web-1", 5);
 */
export async function openLoadBalancer(
  options: LoadBalancerOptions,
  process: BalancerProcessOptions = {},
): Promise<PlaneLoadBalancer> {
  const checked = checkLoadBalancer(options);
  const found = await findHaproxy(checked);
  return found === undefined ? BuiltIn.start(checked, process) : Haproxy.start(checked, found, process);
}

/** The haproxy to use; undefined for the built-in one. */
async function findHaproxy({ binary }: CheckedLoadBalancer): Promise<FoundHaproxy | undefined> {
  if (binary === "built-in") return undefined;
  const isAny = binary === "auto" || binary === "haproxy";
  const path = findProgram(isAny ? "haproxy" : binary, FURTHER_FOLDERS);
  if (path === undefined) {
    if (binary === "auto") return undefined;
    throw new ProgramNotFoundError("haproxy", isAny ? null : binary, 'Install it, or choose "built-in".');
  }
  const text = await versionText(path, ["-v"]);
  const [, version = "", major = "", minor = ""] = /^HA-?Proxy version ((\d+)\.(\d+)\S*)/.exec(text) ?? [];
  if (isAtLeast(Number(major), Number(minor)) && version !== "") return { path, version: version.replace(/-.*/, "") };
  if (binary === "auto" && version !== "") return undefined;
  throw new ProgramVersionError("haproxy", path, `${OLDEST.join(".")} or later`, text.split("\n")[0] ?? "");
}

function isAtLeast(major: number, minor: number): boolean {
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
