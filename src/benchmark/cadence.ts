/** Days for policies that look more often than once a step: the same world in shorter steps. @module */
import type { Policy } from "../agents/policy.js";
import { defineEnv, type EnvDefinition } from "../envs/definition.js";
import { InfraEnv } from "../envs/infra-env.js";
import type { PlanningModel } from "../envs/planning-model.js";
import { InvalidOptionError, NotSupportedError } from "../errors.js";
import type { JudgedInfo } from "./measures.js";
import { policySpecOf } from "./policy-spec-of.js";
import type { JudgedEnv } from "./run-episode.js";

const known = new WeakMap<EnvDefinition, Map<number, EnvDefinition>>();

/**
 * A definition whose steps last `everySeconds`. Its world, its days and its prices are the same, so that the rewards of a day are comparable; rates are measured over the
 * shorter step. It keeps only the features that signals are read from: for rules, not for learners.
 *
 * @throws InvalidOptionError unless it divides the step into whole ticks of the simulation
 */
export function atCadence(definition: EnvDefinition, everySeconds: number): EnvDefinition {
  const cache = known.get(definition) ?? new Map<number, EnvDefinition>();
  known.set(definition, cache);
  const found = cache.get(everySeconds) ?? shorten(definition, everySeconds);
  cache.set(everySeconds, found);
  return found;
}

function shorten(definition: EnvDefinition, everySeconds: number): EnvDefinition {
  const { stepSeconds, simulation, features, signals } = definition;
  const { tickSeconds = 5 } = simulation;
  if (!(stepSeconds % everySeconds === 0 && everySeconds % tickSeconds === 0)) {
    const expected = `seconds that divide a step of ${stepSeconds} into multiples of a tick of ${tickSeconds}`;
    throw new InvalidOptionError("everySeconds", expected, everySeconds);
  }
  const read = new Set(Object.values(signals).flatMap((names) => Object.values(names)));
  return defineEnv({
    ...definition,
    features: features.filter(({ name }) => read.has(name)),
    stepSeconds: everySeconds,
    scrapeSeconds: everySeconds,
  });
}

/**
 * Where a policy is judged: the environment itself, or the same simulated world in the policy's own steps.
 *
 * @throws NotSupportedError where the policy looks more often than once a step and the world is not simulated, or wrapped; InvalidOptionError
 */
export function envAtCadence<I extends JudgedInfo>(env: JudgedEnv<I>, { name, everySeconds }: Policy): JudgedEnv<I> {
  const { stepSeconds, model } = policySpecOf(env);
  if (everySeconds === undefined || everySeconds === stepSeconds) return env;
  if (model === undefined || env.unwrapped !== (env as unknown)) {
    throw new NotSupportedError(
      `Policy ${name}, which looks every ${everySeconds} s, in steps of ${stepSeconds} s`,
      "Use a simulated environment without wrappers, or define one with such steps.",
    );
  }
  const { definition, ...days } = model as PlanningModel;
  const spec = env.spec === null ? {} : { spec: env.spec };
  // What a definition of the library gives is an InfraInfo; I is a part of it.
  return new InfraEnv(atCadence(definition, everySeconds), { ...days, ...spec }) as unknown as JudgedEnv<I>;
}
