/** `infra-gym train`: an algorithm learns in an environment. @module */
import { checkpointFile, readCheckpoint } from "../agents/checkpoint.js";
import { algorithmNamed, algorithmNames, createLearner, resumeLearner } from "../agents/create-learner.js";
import type { Learner } from "../agents/learner.js";
import { JoinedVectorEnv } from "../agents/learning/joined-vector-env.js";
import { type TrainBudget, type TrainingState, type TrainOptions, train } from "../agents/train.js";
import { isTrainedPolicy } from "../agents/trained-policy.js";
import { warmStart } from "../agents/warm-start.js";
import { BUILTIN_ENVS } from "../builtin-envs.js";
import { CheckpointMismatchError, UsageError } from "../errors.js";
import { createEngine } from "../networks/create-engine.js";
import type { NetworkFactory } from "../networks/create-network.js";
import { makeVec } from "../vector/make-vec.js";
import type { VectorEnv } from "../vector/vector-env.js";
import type { Command } from "./command.js";
import { ENV_OPTIONS, readEnvOptions, readWorkloads } from "./env-options.js";
import { readLearnerOptions } from "./learner-options.js";
import { OptionValues } from "./option-values.js";
import { readTeaching } from "./teaching.js";
import type { Terminal } from "./terminal.js";
import { TrainingDisplay } from "./training-display.js";
import { trainingPreset } from "./training-preset.js";
import { whileInterruptible } from "./while-interruptible.js";

/** Seconds that are trained where nothing is said. */
const SECONDS = 60;
const NUM_ENVS = 64;
/** Passes over the data where nothing is said. */
const PASSES = 20;
/** Of a clone's environment only the spaces matter. */
const WITHOUT_WORKLOADS = new OptionValues(new Map());
/** The options that say what is learnt in. */
const WORLD = [
  ...["workload", "shares", "trace", "gaps", "compress", "peak", "split", "control", "hard", "backend"],
  ...["dataset", "teacher", "episodes"],
] as const;

/** Trains an agent. */
export const trainCommand: Command = {
  verb: "train",
  summary: "Train an agent in an environment",
  positional: { name: "algorithm", isRequired: true },
  morePositionals: ["env"],
  options: [
    { name: "algorithm", value: "NAME", help: algorithmNames().join(", ") },
    { name: "seconds", value: "S", help: `Train for S seconds (default ${SECONDS})` },
    { name: "steps", value: "N", help: "Train for N environment steps: the same bytes every time" },
    { name: "seed", value: "N", help: "Seed of weights, actions and environments (default 0)" },
    { name: "out", value: "DIR", help: "Where checkpoints and metrics.jsonl go: the agent's name from then on" },
    { name: "resume", value: null, help: "Go on from the checkpoint in DIR" },
    { name: "tensorboard", value: null, help: "Write an event file for TensorBoard to DIR, too" },
    {
      name: "warm-start",
      value: "DIR",
      help: "Begin with the networks of this clone, PPO, PPO-Lagrangian or A2C agent",
    },
    { name: "dataset", value: "FILE", help: "What behaviour-cloning learns: files that record has written" },
    { name: "teacher", value: "P", help: "The same, recorded now from a rule, a trained agent or the oracle" },
    { name: "episodes", value: "N", help: "How many episodes of each workload the teacher shows (default 20)" },
    { name: "envs", value: "N", help: `Environments side by side (default ${NUM_ENVS})` },
    { name: "shares", value: "1,2,…", help: "How they are shared out among several workloads (default evenly)" },
    { name: "with", value: "a=1,b=2", help: "Options of the algorithm, such as learningRate=0.001,gamma=0.95" },
    { name: "engine", value: "auto|dense|tfjs", help: "What computes the networks (default auto: dense)" },
    ...ENV_OPTIONS.filter(({ name }) => name !== "for" && name !== "json"),
  ],
  examples: [
    "infra-gym train PPO WebService-v0 --seconds 60 --seed 1 --out out/ppo",
    "infra-gym train PPO WebService-v0 --out out/ppo --resume --seconds 120",
    "infra-gym train SAC WebService-v0 --control continuous --steps 200000 --out out/sac",
    "infra-gym train PPO WebService-v0 --workload day,ramp,batch,varied --shares 2,1,2,2 --steps 6000000 --out out/mix",
    "infra-gym train behaviour-cloning WebService-v0 --teacher expert --episodes 40 --out out/clone",
    "infra-gym train PPO WebService-v0 --warm-start out/clone --out out/ppo",
    "infra-gym train DQN WebService-v0 --workload ramp --with nSteps=5,gamma=0.95 --out out/dqn",
  ],
  run: runTrain,
};

async function runTrain(values: OptionValues, terminal: Terminal): Promise<number> {
  const algorithm = algorithmNamed(values.required("algorithm", "PPO"));
  const id = values.required("env", "WebService-v0");
  const folder = values.required("out", "--out out/ppo");
  const budget = readBudget(values);
  const learnerOptions = readLearnerOptions(values.text("with"), values.source("with"));
  const isResumed = values.flag("resume");
  if (isTrainedPolicy(folder) && !isResumed) {
    throw new UsageError(`${folder} holds a checkpoint. Add --resume to go on from it, or choose another --out.`);
  }
  const saved = isResumed ? readCheckpoint(folder) : null;
  if (saved !== null && (saved.algorithm !== algorithm || saved.env.id !== id)) {
    throw new CheckpointMismatchError(
      checkpointFile(folder),
      `${algorithm} in ${id}`,
      `${saved.algorithm} in ${saved.env.id}`,
    );
  }
  const notes = worldNotes(values, saved?.training as TrainingState | undefined);
  const world = new OptionValues(
    new Map(Object.entries(notes).map(([name, text]) => [name, { text, source: `--${name}` }])),
  );
  const engine = await createEngine(values.choice("engine", ["auto", "dense", "tfjs"]) ?? "auto");
  const envOptions = readEnvOptions(world);
  const isCloning = algorithm === "behaviour-cloning";
  const numEnvs = values.count("envs") ?? saved?.env.numEnvs ?? (isCloning ? 1 : NUM_ENVS);
  const taught = await readTeaching(algorithm, id, world, envOptions, terminal);
  const env = await makeTrainingEnv(id, isCloning ? WITHOUT_WORKLOADS : world, envOptions, numEnvs);
  try {
    const start = async (): Promise<Started> => {
      if (saved !== null) {
        const training = saved.training as unknown as TrainingState;
        const { learner } = await resumeLearner(folder, env, { engine, ...taught });
        return { learner, budget: budget ?? training.budget, resume: training };
      }
      const options = { ...trainingPreset(algorithm, env), seed: values.seed("seed") ?? 0n, ...learnerOptions };
      const learner = createLearner(algorithm, env, { ...options, engine, ...taught });
      const warm = values.text("warm-start");
      if (warm !== undefined) warmStart(learner, env, warm);
      return {
        learner,
        budget: budget ?? (isCloning ? { steps: PASSES * learner.stepsPerUpdate } : { seconds: SECONDS }),
      };
    };
    return await runTraining(
      await start(),
      env,
      { folder, envOptions, notes, tensorboard: values.flag("tensorboard") },
      engine,
      terminal,
    );
  } finally {
    await env.close();
  }
}

interface Started {
  readonly learner: Learner;
  readonly budget: TrainBudget;
  readonly resume?: TrainingState;
}

async function runTraining(
  { learner, budget, resume: resumed }: Started,
  env: VectorEnv<unknown, unknown, object>,
  where: Pick<TrainOptions, "envOptions" | "notes" | "tensorboard"> & { readonly folder: string },
  engine: NetworkFactory,
  terminal: Terminal,
): Promise<number> {
  const controller = new AbortController();
  const display = new TrainingDisplay(terminal, budget);
  terminal.err(
    `${learner.algorithm} in ${env.spec?.id ?? ""}: ${env.numEnvs} environments, networks: ${engine.name}\n`,
  );
  const work = async (): Promise<number> => {
    const result = await train(learner, env, {
      ...where,
      budget,
      signal: controller.signal,
      onUpdate: (progress) => display.show(progress),
      ...(resumed === undefined ? {} : { resume: resumed }),
    }).finally(() => display.clear());
    terminal.out(display.summary(result, where.folder));
    return 0;
  };
  return whileInterruptible(work, async () => controller.abort(), terminal);
}

async function makeTrainingEnv(
  id: string,
  values: OptionValues,
  envOptions: Readonly<Record<string, unknown>>,
  numEnvs: number,
): Promise<VectorEnv<unknown, unknown, object>> {
  const workloads = readWorkloads(values);
  const shares = readShares(values, workloads.length);
  const split = values.choice("split", ["train", "test"]);
  // The library's own environments are learnt in windows of days, whose starts are spread over the day.
  const episode = BUILTIN_ENVS.some((known) => known.id === id) ? { episode: "window" } : {};
  const common = {
    autoresetMode: "SameStep",
    ...episode,
    ...envOptions,
    ...(split === undefined ? {} : { split }),
  } as const;
  if (workloads.length < 2) {
    return makeVec(id, { numEnvs, ...common, ...(workloads.length === 0 ? {} : { workload: workloads[0] }) });
  }
  const all = shares.reduce((sum, share) => sum + share, 0);
  if (numEnvs < all) {
    throw new UsageError(`Expected at least one environment for each of ${all} shares, got --envs ${numEnvs}.`);
  }
  const parts: VectorEnv<unknown, unknown, object>[] = [];
  let before = 0;
  for (const [index, workload] of workloads.entries()) {
    const until = before + shares[index]!;
    const count = Math.floor((until * numEnvs) / all) - Math.floor((before * numEnvs) / all);
    parts.push(await makeVec(id, { numEnvs: count, ...common, workload }));
    before = until;
  }
  return new JoinedVectorEnv(parts);
}

/** How many shares of the environments each workload has: one, where nothing is said. */
function readShares(values: OptionValues, count: number): number[] {
  const text = values.text("shares");
  if (text === undefined) return new Array<number>(count).fill(1);
  const shares = text.split(",").map((part) => (/^\s*[1-9]\d{0,3}\s*$/.test(part) ? Number(part) : 0));
  if (shares.length === count && !shares.includes(0)) return shares;
  throw new UsageError(
    `Expected ${values.source("shares")} to be a whole number from 1 for each of ${count} workloads, got ${JSON.stringify(text)}.`,
  );
}

/** The words that say what the environment is, those of the checkpoint where the command line is silent. */
function worldNotes(values: OptionValues, saved: TrainingState | undefined): Record<string, string> {
  const texts = WORLD.map((name) => [name, values.text(name) ?? saved?.notes?.[name]] as const);
  return Object.fromEntries(texts.filter((entry): entry is [(typeof WORLD)[number], string] => entry[1] !== undefined));
}

function readBudget(values: OptionValues): TrainBudget | undefined {
  const seconds = values.positive("seconds", "a number of seconds above 0");
  const steps = values.count("steps");
  if (seconds !== undefined && steps !== undefined) {
    throw new UsageError(`Expected ${values.source("seconds")} or ${values.source("steps")}, got both. Leave one out.`);
  }
  if (steps !== undefined) return { steps };
  return seconds === undefined ? undefined : { seconds };
}
