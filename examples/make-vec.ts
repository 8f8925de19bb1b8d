/** Vector environments: the kernel, worker threads, resets by mask, and who is ready first. @module */
import { makeVec } from "infra-gym";
import { AsyncVectorEnv } from "infra-gym/vector";

const numEnvs = 4;

// One kernel for all; ended environments are reset by hand.
await using kernel = await makeVec("WebService-v0", { numEnvs, episode: "window", autoresetMode: "Disabled" });
kernel.actionSpace.seed(1);
await kernel.reset({ seed: 1 });
let ended = 0;
for (let step = 0; step < 400; step++) {
  const [, , terminations, truncations] = await kernel.step(kernel.actionSpace.sample());
  const resetMask = terminations.map((terminated, env) => terminated | truncations[env]!);
  if (!resetMask.includes(1)) continue;
  ended += resetMask.filter((flag) => flag === 1).length;
  await kernel.reset({ options: { resetMask } });
}
console.log(`${kernel}: ${ended} episodes ended and were reset by mask`);

// The same environments in worker threads: send to all, go on with the first two that are ready.
await using threads = await AsyncVectorEnv.make<Float32Array, Int32Array>("WebService-v0", {
  numEnvs,
  timeoutSeconds: 60,
});
await threads.reset({ seed: 1 });
threads.send(threads.actionSpace.sample());
const first = await threads.receive(2);
const rest = await threads.receive();
console.log(`${threads}: ${first.indices.length} were ready first, then ${rest.indices.length}`);
