/** Errors of programs that run beside the library: haproxy, Prometheus. @module */
import { InfraGymError } from "./infra-gym-error.js";

/** A program is not installed, or not where it was said to be. */
export class ProgramNotFoundError extends InfraGymError {
  constructor(
    readonly program: string,
    /** Where it was looked for; null for PATH. */
    readonly path: string | null,
    /** What does without it. */
    advice: string,
  ) {
    const where = path === null ? "on PATH" : `at ${JSON.stringify(path)}`;
    super("INFRA_GYM_PROGRAM_NOT_FOUND", `Expected ${program} ${where}, and found none. ${advice}`);
  }
}

/** A program is of a version that does not do, or is something else. */
export class ProgramVersionError extends InfraGymError {
  constructor(
    readonly program: string,
    readonly path: string,
    /** What is needed. */
    readonly expected: string,
    /** What it says of itself. */
    readonly got: string,
  ) {
    super(
      "INFRA_GYM_PROGRAM_VERSION",
      `Expected ${path} to be ${program} ${expected}, got ${JSON.stringify(got)}. Install a newer one, or name another.`,
    );
  }
}

/** Something listens on a port already. */
export class PortInUseError extends InfraGymError {
  constructor(
    /** What was to listen there. */
    readonly program: string,
    readonly address: string,
    readonly port: number,
  ) {
    super(
      "INFRA_GYM_PORT_IN_USE",
      `Expected ${address}:${port} to be free for ${program}, but something listens there. End it, or choose another port (0 takes a free one).`,
    );
  }
}

/** A load balancer could not begin, ended by itself, or refused what it was told; `reason` is in its own words where it has some. */
export class LoadBalancerError extends InfraGymError {
  constructor(
    /** Such as `haproxy 2.6.12`. */
    readonly loadBalancer: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super("INFRA_GYM_LOAD_BALANCER", `${loadBalancer} ${reason}`, options);
  }
}

/** A Prometheus could not begin, did not get ready, ended by itself, or lacks targets. */
export class MetricsSourceError extends InfraGymError {
  constructor(
    /** Such as `prometheus 2.42.0`, or the address of a server. */
    readonly source: string,
    /** What went wrong, as a stable word. */
    readonly reason: "configuration" | "not-ready" | "ended" | "targets",
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super("INFRA_GYM_METRICS_SOURCE", `${source} ${detail}`, options);
  }
}

/** The machine gives no more of something that every process needs; `cause` is what failed first. */
export class MachineLimitError extends InfraGymError {
  constructor(
    /** What there is no more of. */
    readonly resource: "open files" | "memory or processes",
    options?: ErrorOptions,
  ) {
    const advice = resource === "open files" ? "Raise the limit (ulimit -n)" : "End something else";
    super(
      "INFRA_GYM_MACHINE_LIMIT",
      `This machine gives no more ${resource}. ${advice}, or run less at a time.`,
      options,
    );
  }
}
