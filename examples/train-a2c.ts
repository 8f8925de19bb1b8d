/** Learning: A2C on ramps, with a checkpoint that is gone on from. @module */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeVec } from "infra-gym";
import { A2C, resumeLearner, train } from "infra-gym/agents";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-a2c-"));
const makeEnvs = () =>
  makeVec("WebService-v0", { numEnvs: 64, workload: "ramp", episode: "window", autoresetMode: "SameStep" });

await using envs = await makeEnvs();
const a2c = new A2C(envs, { numSteps: 8, gamma: 0.9, gaeLambda: 0.95, learningRate: 2e-3, annealLr: false });
const first = await train(a2c, envs, { budget: { steps: 100_000 }, folder });
console.log(`${first.globalStep} steps: ${first.meanReturn.toFixed(2)} USD a window; stopped`);

// As if the process had ended here: all that is needed is in the folder.
await using others = await makeEnvs();
const { learner } = await resumeLearner(folder, others);
const second = await train(learner, others, { budget: { steps: 200_000 }, folder });
console.log(`${second.globalStep} steps: ${second.meanReturn.toFixed(2)} USD a window`);
rmSync(folder, { recursive: true });
