/** Definitions: one object that says what an environment is, for every backend. @module */
import type { SimulationOptions } from "../backends/simulation-options.js";
import { type CatalogueJson, catalogueFromJson, catalogueToJson } from "../infra/catalogue/catalogue-json.js";
import type { GuardLimits } from "../infra/guard.js";
import { InfraGraph, type InfraGraphJson } from "../infra/infra-graph.js";
import type { Service } from "../infra/service.js";
import { createWorkload } from "../loadgen/create-workload.js";
import { KNOT_SECONDS, type Workload } from "../loadgen/workload.js";
import type { PromqlProfile } from "../metrics/index.js";
import { rewardFromJson } from "../reward/reward-json.js";
import type { RewardTerm } from "../reward/reward-term.js";
import { type ServiceObjective, serviceObjective } from "../reward/service-objective.js";
import { type Reward, type RewardTermJson, sumOfTerms } from "../reward/sum-of-terms.js";
import { checkParts, checkTimes } from "./check-definition.js";
import type { Control } from "./control.js";
import type { Feature } from "./feature.js";

/** What becomes of an action that the mask forbids: an error, or no change at a price. */
export type InvalidActionRule = "error" | { readonly penaltyUsd: number };

/** Which features mean what, by control and signal: `{ replicas: { utilization: "webUtilization" } }`. */
export type Signals = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What {@link defineEnv} takes. */
export interface DefinitionOptions {
  /** `[namespace/]Name-vN`. */
  readonly id: string;
  readonly graph: InfraGraph;
  /** Callers before those they call; the first receives the clients' requests. A stack of `infra-gym/stacks` gives graph, services and load balancer. */
  readonly services: readonly Service[];
  /** Address of the load balancer. */
  readonly loadBalancer: string;
  readonly controls: readonly Control[];
  /** @defaultValue none; rules then refuse the environment */
  readonly signals?: Signals;
  readonly features: readonly Feature[];
  /** The first is the default; all are known to the option `workload` by name. */
  readonly workloads: readonly Workload[];
  /** Terms that are summed. Unit: USD. */
  readonly reward: Reward | readonly RewardTerm[];
  /** What `info.slo` judges by. @defaultValue 99 % of the requests within 0.25 s */
  readonly objective?: ServiceObjective;
  /** Rate that workloads are scaled to. Unit: requests per second, above 0. */
  readonly referenceRate: number;
  /** Time between two actions. Unit: seconds, a multiple of `scrapeSeconds`. @defaultValue 60 */
  readonly stepSeconds?: number;
  /** Length of an episode. Unit: seconds, a multiple of `stepSeconds`. @defaultValue 86400 */
  readonly episodeSeconds?: number;
  /** Length of a training window. Unit: seconds, a multiple of `stepSeconds`. @defaultValue 384 steps, or the episode where that is shorter */
  readonly windowSeconds?: number;
  /** Time between two scrapes of all metrics. Unit: seconds, a multiple of the simulation's tick. @defaultValue `stepSeconds` */
  readonly scrapeSeconds?: number;
  /** @defaultValue "prom3" */
  readonly promqlProfile?: PromqlProfile;
  /** What the guard refuses. @defaultValue nothing */
  readonly limits?: GuardLimits;
  /** @defaultValue no change, at $0.0006: what one $24 droplet costs in a minute */
  readonly invalidAction?: InvalidActionRule;
  readonly simulation?: SimulationOptions;
}

/** A definition with its defaults filled in. Frozen; JSON as long as its parts are the library's own. */
export interface EnvDefinition extends Required<Omit<DefinitionOptions, "reward">> {
  readonly reward: Reward;
  /** The definition as JSON, from which {@link definitionFromJson} makes an equal one. */
  toJSON(): DefinitionJson;
}

/** A definition as JSON. */
export interface DefinitionJson extends Omit<EnvDefinition, "graph" | "workloads" | "reward" | "toJSON"> {
  readonly graph: InfraGraphJson;
  /** What differs from the list prices. @defaultValue nothing */
  readonly catalogue?: CatalogueJson;
  readonly workloads: readonly { readonly name: string; readonly options: Readonly<Record<string, unknown>> }[];
  readonly reward: readonly RewardTermJson[];
}

/** The price of a forbidden action, unless told otherwise. Unit: USD. */
const INVALID_ACTION_USD = 0.0006;
const WINDOW_STEPS = 384;

/**
 * Defines an environment.
 *
 * @throws InvalidDefinitionError naming the part that cannot be; InvalidEnvIdError, InvalidOptionError. Queries and controls are checked when it is compiled.
 */
export function defineEnv(options: DefinitionOptions): EnvDefinition {
  const { stepSeconds = 60, episodeSeconds = 86_400, scrapeSeconds = stepSeconds } = options;
  const windowSeconds = options.windowSeconds ?? Math.min(episodeSeconds, WINDOW_STEPS * stepSeconds);
  checkTimes({ stepSeconds, episodeSeconds, scrapeSeconds, windowSeconds });
  checkParts(options);
  const reward = Array.isArray(options.reward) ? sumOfTerms(options.reward) : (options.reward as Reward);
  const definition: EnvDefinition = {
    id: options.id,
    graph: options.graph,
    services: options.services,
    loadBalancer: options.loadBalancer,
    controls: options.controls,
    signals: options.signals ?? {},
    features: options.features,
    workloads: options.workloads,
    reward,
    objective: serviceObjective(options.objective),
    referenceRate: options.referenceRate,
    stepSeconds,
    episodeSeconds,
    windowSeconds,
    scrapeSeconds,
    promqlProfile: options.promqlProfile ?? "prom3",
    limits: options.limits ?? {},
    invalidAction: options.invalidAction ?? { penaltyUsd: INVALID_ACTION_USD },
    simulation: options.simulation ?? {},
    toJSON: () => definitionToJson(definition),
  };
  return Object.freeze(definition);
}

/** Makes a definition again from its JSON. @throws InvalidDefinitionError, InvalidGraphError, InvalidOptionError, WorkloadNotFoundError */
export function definitionFromJson({ catalogue, ...json }: DefinitionJson): EnvDefinition {
  return defineEnv({
    ...json,
    graph: InfraGraph.fromJSON(json.graph, { catalogue: catalogueFromJson(catalogue) }),
    workloads: json.workloads.map(({ name, options }) => createWorkload(name, options)),
    reward: rewardFromJson(json.reward),
    limits: endless(json.limits),
    simulation: endless(json.simulation),
  });
}

/** JSON writes Infinity, as for crashes that never happen, as null. */
function endless<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, part) => (part === null ? Number.POSITIVE_INFINITY : part)) as T;
}

function definitionToJson({ toJSON: _, ...definition }: EnvDefinition): DefinitionJson {
  const catalogue = catalogueToJson(definition.graph.catalogue);
  return {
    ...definition,
    graph: definition.graph.toJSON(),
    ...(catalogue === undefined ? {} : { catalogue }),
    workloads: definition.workloads.map(({ name, options }) => ({ name, options })),
    reward: definition.reward.toJSON(),
  };
}

/** Start of a window must lie on the workloads' knots and on the steps. Unit: seconds. */
export function windowGrid(stepSeconds: number): number {
  let grid = stepSeconds;
  while (grid % KNOT_SECONDS !== 0) grid += stepSeconds;
  return grid;
}
