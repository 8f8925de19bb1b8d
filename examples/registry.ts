/** The registry: an environment of one's own by id, with a namespace, versions and options; its spec through JSON; many of it. @module */
import { type EntryPoint, InfraEnv, make, makeVec, register, registeredIds, specFromJson } from "infra-gym";
import { webServiceDefinition } from "infra-gym/envs";
import { VectorClipReward, VectorFrameStackObservation } from "infra-gym/vector";
import { ClipReward } from "infra-gym/wrappers";

/** Options of the environment registered here. */
interface ShortOptions {
  readonly workload?: string;
}

declare module "infra-gym" {
  interface EnvRegistry {
    "my-lab/Short-v1": { env: InfraEnv<Int32Array>; options: ShortOptions };
  }
}

const makeShort: EntryPoint = (options, spec) => new InfraEnv(webServiceDefinition(), { ...options, spec });
register({ id: "my-lab/Short-v0", entryPoint: makeShort, maxEpisodeSteps: 120 });
register({ id: "my-lab/Short-v1", entryPoint: makeShort, maxEpisodeSteps: 60, options: { workload: "ramp" } });
console.log(registeredIds().join(", "));

// The compiler knows the types of an id that EnvRegistry has; an id without a version means the highest.
await using env = await make("my-lab/Short-v1");
const wrapped = new ClipReward(env, { minReward: -1 });
const saved = JSON.stringify(wrapped.spec);
console.log(saved);
await using again = await make(specFromJson(JSON.parse(saved)));
console.log(`made again: ${again}`);

await make("my-lab/Shrot-v1").catch((error: Error) => console.log(error.message));

// The spec of a vector environment holds how many there are and its vector wrappers.
const many = await makeVec("my-lab/Short-v1", { numEnvs: 4, autoresetMode: "SameStep" });
await using stacked = new VectorFrameStackObservation(new VectorClipReward(many, { minReward: -1 }), { stackSize: 3 });
await using copy = await makeVec(specFromJson(JSON.parse(JSON.stringify(stacked.spec))));
const [observations] = await copy.reset({ seed: 1 });
console.log(
  `${copy}: ${(observations as Float32Array).length} numbers from ${copy.observationSpace.shape?.join(" × ")}`,
);
