/** From a definition to what environments run on: spaces, tables, programs. Made once per definition. @module */
import type { World } from "../backends/backend.js";
import { type PreparedWorld, prepareWorld } from "../backends/simulated-backend.js";
import { InvalidDefinitionError, InvalidQueryError, UnknownMetricError } from "../errors.js";
import { createGuard, type Guard } from "../infra/guard.js";
import { suggestion } from "../messages.js";
import { Box } from "../spaces/box.js";
import { ActionCodec } from "./action-codec.js";
import { Configurations } from "./configuration.js";
import { type CompiledControl, compileControl } from "./control.js";
import type { EnvDefinition } from "./definition.js";
import { type CompiledFeature, compileFeature, type FeatureTable, tabulateFeatures } from "./feature.js";

/** Signals of one control: names, and the features they are read from. */
export interface CompiledSignals {
  readonly names: readonly string[];
  /** Indices of features. */
  readonly features: readonly number[];
  /** Indices of the features for `utilization` and `replicas`, or -1. */
  readonly utilization: number;
  readonly replicas: number;
}

/** A compiled definition. Shared by all its environments. */
export interface CompiledEnv {
  readonly definition: EnvDefinition;
  readonly world: World;
  readonly prepared: PreparedWorld;
  readonly controls: readonly CompiledControl[];
  readonly codec: ActionCodec;
  readonly configurations: Configurations;
  readonly guard: Guard;
  readonly features: readonly CompiledFeature[];
  readonly featureTable: FeatureTable;
  /** By control, in order. */
  readonly signals: readonly CompiledSignals[];
  /** Index of the tier that a control's resource runs, or -1. */
  readonly tierOf: Int32Array;
  /** A new observation space: float32 of shape [features]. */
  makeObservationSpace(): Box;
}

const compiled = new WeakMap<EnvDefinition, CompiledEnv>();

/**
 * Compiles a definition; the second time it is a look-up.
 * @throws InvalidDefinitionError naming the part of the definition that cannot be
 */
export function compile(definition: EnvDefinition): CompiledEnv {
  let env = compiled.get(definition);
  if (env === undefined) {
    env = compileNew(definition);
    compiled.set(definition, env);
  }
  return env;
}

function compileNew(definition: EnvDefinition): CompiledEnv {
  const controls = definition.controls.map((control, k) => compileControl(control, k, definition.graph));
  checkNames(controls);
  checkSignals(definition);
  const names = new Set<string>();
  const features = definition.features.map((feature, k) => compileFeature(feature, k, names));
  const codec = new ActionCodec(controls);
  const world = worldOf(definition, controls);
  const prepared = prepare(world, features);
  const guard = createGuard(definition.limits);
  const signals = controls.map((control) => compileSignals(definition, control, [...names]));
  return {
    definition,
    world,
    prepared,
    controls,
    codec,
    configurations: new Configurations(codec, definition.graph, prepared.model, guard),
    guard,
    features,
    featureTable: tabulateFeatures(features),
    signals,
    tierOf: Int32Array.from(controls, ({ target }) =>
      prepared.model.tiers.findIndex((tier) => tier.service.resource === target),
    ),
    makeObservationSpace: () =>
      new Box(
        Float32Array.from(features, ({ low }) => low),
        Float32Array.from(features, ({ high }) => high),
      ),
  };
}

function checkNames(controls: readonly CompiledControl[]): void {
  controls.forEach(({ name }, k) => {
    if (controls.findIndex((control) => control.name === name) < k) {
      throw new InvalidDefinitionError(`controls[${k}].name`, `${name} comes twice.`);
    }
  });
}

function checkSignals({ controls, signals }: EnvDefinition): void {
  const names = controls.map(({ name }) => name);
  for (const name of Object.keys(signals)) {
    if (names.includes(name)) continue;
    throw new InvalidDefinitionError(
      `signals.${name}`,
      `no control is called ${JSON.stringify(name)}. ${suggestion(name, names)}`,
    );
  }
}

function worldOf(definition: EnvDefinition, controls: readonly CompiledControl[]): World {
  const sizes: Record<string, readonly string[]> = {};
  const maxReplicas: Record<string, number> = {};
  for (const { target, attribute, domain } of controls) {
    if (attribute === "size" && "values" in domain) sizes[target] = domain.values;
    if (attribute === "count" && "max" in domain) maxReplicas[target] = domain.max;
  }
  return {
    id: definition.id,
    graph: definition.graph,
    services: definition.services,
    loadBalancer: definition.loadBalancer,
    sizes,
    maxReplicas,
    queries: definition.features.map(({ promql }) => promql),
    profile: definition.promqlProfile,
    stepSeconds: definition.stepSeconds,
    scrapeSeconds: definition.scrapeSeconds,
    simulation: definition.simulation,
  };
}

/** Compiles all queries; where that fails, one by one, to name the feature. */
function prepare(world: World, features: readonly CompiledFeature[]): PreparedWorld {
  try {
    return prepareWorld(world);
  } catch (error) {
    if (!(error instanceof InvalidQueryError || error instanceof UnknownMetricError)) throw error;
    features.forEach((feature, k) => {
      try {
        prepareWorld({ ...world, queries: [feature.promql] });
      } catch (cause) {
        throw new InvalidDefinitionError(`features[${k}].promql`, `${feature.name}: ${(cause as Error).message}`, {
          cause,
        });
      }
    });
    throw error;
  }
}

function compileSignals(
  { signals }: EnvDefinition,
  control: CompiledControl,
  features: readonly string[],
): CompiledSignals {
  const entries = Object.entries(signals[control.name] ?? {});
  const indices = entries.map(([signal, feature]) => {
    const index = features.indexOf(feature);
    if (index < 0) {
      throw new InvalidDefinitionError(
        `signals.${control.name}.${signal}`,
        `no feature is called ${JSON.stringify(feature)}. ${suggestion(feature, features)}`,
      );
    }
    return index;
  });
  const names = entries.map(([signal]) => signal);
  const indexOf = (signal: string): number => indices[names.indexOf(signal)] ?? -1;
  if (
    control.mode === "residual" &&
    control.kind === "count" &&
    (indexOf("utilization") < 0 || indexOf("replicas") < 0)
  ) {
    throw new InvalidDefinitionError(
      `signals.${control.name}`,
      "mode residual needs the signals utilization and replicas: they are what its target-tracking rule reads.",
    );
  }
  return { names, features: indices, utilization: indexOf("utilization"), replicas: indexOf("replicas") };
}
