/** Small worlds in which all that can be done can be tried. @module */
import { type DefinitionOptions, defineEnv, type EnvDefinition, type InfraEnv } from "../../src/envs/index.js";
import type { PlanningModel } from "../../src/envs/planning-model.js";
import { threeTierDefinition } from "../../src/envs/three-tier/definition.js";
import { webServiceDefinition } from "../../src/envs/web-service/definition.js";
import { createWorkload, type Workload } from "../../src/loadgen/index.js";

/** A definition with other controls, episodes of a few steps, and one workload. */
export function small(
  definition: EnvDefinition,
  changes: Partial<DefinitionOptions>,
  steps: number,
  workload: Workload = createWorkload("bursty"),
): EnvDefinition {
  const seconds = steps * definition.stepSeconds;
  return defineEnv({
    ...definition,
    ...{ episodeSeconds: seconds, windowSeconds: seconds, workloads: [workload], signals: {} },
    ...changes,
  });
}

/** What planners know of an environment. */
export function modelOf(env: InfraEnv): PlanningModel {
  return env.policySpec.model as PlanningModel;
}

/** The greatest return of all sequences of actions, each tried. */
export async function bestOfAll(
  env: InfraEnv,
  seed: number,
  actions: readonly (number | Int32Array)[],
): Promise<number> {
  await env.reset({ seed });
  const search = async (sum: number): Promise<number> => {
    const here = env.snapshot();
    let best = -Infinity;
    for (const action of actions) {
      env.restore(here);
      const [, reward, , truncated] = await env.step(action);
      best = Math.max(best, truncated ? sum + reward : await search(sum + reward));
    }
    return best;
  };
  return search(0);
}

/** A small world and its actions. */
export interface SmallCase {
  readonly definition: EnvDefinition;
  readonly actions: readonly (number | Int32Array)[];
}

/** Droplets are counted, in `WebService-v0`. */
export function countsCase(): SmallCase {
  const web = webServiceDefinition({ control: "target" });
  const [replicas] = web.controls;
  const definition = small(web, { controls: [{ ...replicas!, domain: { min: 6, max: 9 } }] }, 4);
  return { definition, actions: [0, 1, 2, 3] };
}

/** Droplets are counted and chosen, boot at once, and never crash. */
export function sizesCase(balancing: "least_connections" | "round_robin"): SmallCase {
  const web = webServiceDefinition({ control: "target" });
  const [replicas, size] = web.controls;
  const lifecycle = { bootScale: 0, healthCheckSeconds: 0, drainSeconds: 0, meanSecondsBetweenCrashes: Infinity };
  const controls = [
    { ...replicas!, domain: { min: 7, max: 9 } },
    { ...size!, domain: { values: ["s-1vcpu-2gb", "s-2vcpu-4gb"] } },
  ];
  const actions = [0, 1, 2].flatMap((count) => [Int32Array.of(count, 0), Int32Array.of(count, 1)]);
  return { definition: small(web, { controls, simulation: { lifecycle, balancing } }, 3), actions };
}

/** Two tiers are counted and a database is chosen, in `ThreeTier-v0`. */
export function tiersCase(): SmallCase {
  const tiers = threeTierDefinition({ control: "target" });
  const [web, api, database] = tiers.controls;
  const controls = [
    { ...web!, domain: { min: 3, max: 4 } },
    { ...api!, domain: { min: 10, max: 11 } },
    { ...database!, domain: { values: ["db-s-2vcpu-4gb", "db-s-4vcpu-8gb"] } },
  ];
  const actions = [0, 1].flatMap((a) => [0, 1].flatMap((b) => [0, 1].map((c) => Int32Array.of(a, b, c))));
  return { definition: small(tiers, { controls }, 3), actions };
}
