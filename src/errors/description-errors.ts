/** Errors of what users describe: graphs, definitions, queries and traces. @module */
import { InfraGymError } from "./infra-gym-error.js";

/** A graph that cannot be: the address says where. */
export class InvalidGraphError extends InfraGymError {
  constructor(
    readonly address: string,
    /** What is wrong, as a stable word. */
    readonly reason:
      | "dangling-reference"
      | "cycle"
      | "duplicate-address"
      | "region-mismatch"
      | "unknown-size"
      | "unknown-region"
      | "unknown-kind"
      | "unknown-layer"
      | "layer-order"
      | "unknown-address"
      | "invalid-attribute"
      | "limit",
    detail: string,
  ) {
    super("INFRA_GYM_INVALID_GRAPH", `${address}: ${detail}`);
  }
}

/** A definition that cannot be compiled; the path says which part. */
export class InvalidDefinitionError extends InfraGymError {
  constructor(
    readonly path: string,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super("INFRA_GYM_INVALID_DEFINITION", `definition.${path}: ${detail}`, options);
  }
}

/** A PromQL query that does not parse, type-check, or fit its use. Line and column count from 1. */
export class InvalidQueryError extends InfraGymError {
  constructor(
    readonly query: string,
    readonly line: number,
    readonly column: number,
    readonly detail: string,
  ) {
    super("INFRA_GYM_INVALID_QUERY", `${line}:${column}: ${detail} In: ${query}`);
  }
}

/** A trace file that cannot be read as a workload. `line` counts from 1; 0 is the file as a whole. */
export class InvalidTraceError extends InfraGymError {
  constructor(
    readonly file: string,
    readonly line: number,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super("INFRA_GYM_INVALID_TRACE", `${file}${line > 0 ? `:${line}` : ""}: ${detail}`, options);
  }
}

/** A profile of the simulation, or a journal of a fidelity run, that is none. */
export class InvalidProfileError extends InfraGymError {
  /** @param source - File, or option, that it came from. */
  constructor(
    readonly source: string,
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super("INFRA_GYM_INVALID_PROFILE", `${source} is not a profile of the simulation: ${reason}`, options);
  }
}
