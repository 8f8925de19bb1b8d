/** Many environments at once: 64 copies in lockstep, with random actions that the masks allow. @module */
import { createRng, InfraVectorEnv } from "infra-gym";
import { webServiceDefinition } from "infra-gym/envs";

const numEnvs = 64;
const steps = 1_000;
await using env = new InfraVectorEnv(webServiceDefinition(), { numEnvs, episode: "window" });
// Components of one action: 9 changes of the number of droplets, 3 of their size. The mask lists them one after the other.
const sizes = [9, 3];
const maskWidth = 12;
const rng = createRng(1);

/** One allowed value for every component of every environment: int32 of shape [numEnvs, 2]. */
function sampleActions(mask: Uint8Array): Int32Array {
  const actions = new Int32Array(numEnvs * sizes.length);
  for (let e = 0; e < numEnvs; e++) {
    let start = e * maskWidth;
    for (let k = 0; k < sizes.length; k++) {
      const allowed = [...mask.subarray(start, start + sizes[k]!).keys()].filter((value) => mask[start + value] === 1);
      actions[e * sizes.length + k] = allowed[rng.integers(allowed.length)]!;
      start += sizes[k]!;
    }
  }
  return actions;
}

let [observations, infos] = await env.reset({ seed: 0 });
let [total, ended, refused] = [0, 0, 0];
const started = performance.now();
for (let step = 0; step < steps; step++) {
  const [next, rewards, , truncations, details] = await env.step(sampleActions(infos.actionMask));
  [observations, infos] = [next, details];
  for (let e = 0; e < numEnvs; e++) {
    total += rewards[e]!;
    // An environment that ended is reset by the next step, whose action it ignores.
    ended += truncations[e]!;
    refused += infos.refused[e]!;
  }
}
const seconds = (performance.now() - started) / 1000;

console.log(`${env}: observations of ${observations.length / numEnvs} values, ${ended} episodes ended`);
console.log(`mean reward ${(total / (steps * numEnvs)).toFixed(4)} USD a step, ${refused} actions refused`);
console.log(`${Math.round((steps * numEnvs) / seconds).toLocaleString("en-US")} environment steps a second`);
