/** `AsyncVectorEnv`: the contract, sources, crashes, time-outs, send and receive. @module */
import { afterEach, describe, expect, it } from "vitest";
import { register } from "../../src/registration.js";
import { AsyncVectorEnv, type AsyncVectorEnvOptions, type EnvSource } from "../../src/vector/index.js";
import { testVectorEnv } from "../contract/vector-env.js";
import type { TraceOptions } from "../fakes/trace-env.js";

const entryPoint = new URL("../fakes/trace-env.ts", import.meta.url);
// The threads run the sources as they are, as under a loader that a user has.
const execArgv = ["--import", new URL("../fixtures/typescript-loader/register.mjs", import.meta.url).href];

type Traced = AsyncVectorEnv<Float32Array, Int32Array>;

const open: Traced[] = [];
afterEach(async () => {
  for (const envs of open.splice(0)) await envs.close();
});

async function make(
  options: Partial<AsyncVectorEnvOptions> & { readonly env?: Partial<TraceOptions> } = {},
): Promise<Traced> {
  const { env, ...rest } = options;
  const source: EnvSource = { entryPoint, options: { lengths: [2, 3, 50], ...env } };
  const envs: Traced = await AsyncVectorEnv.make(source, { numEnvs: 3, numWorkers: 2, execArgv, ...rest });
  open.push(envs);
  return envs;
}

testVectorEnv("AsyncVectorEnv", (autoresetMode) => make({ autoresetMode }));
testVectorEnv("AsyncVectorEnv without shared memory", (autoresetMode) => make({ autoresetMode, sharedMemory: false }));

const failureOf = async (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => new Error("nothing failed"),
    (error: Error) => error,
  );

describe("AsyncVectorEnv", () => {
  it("passes on what an environment throws, with its class, and goes on", async () => {
    const envs = await make();
    await envs.reset({ seed: 0 });
    const error = await failureOf(envs.step(Int32Array.of(1, 9, 1)));
    expect(error).toBeInstanceOf(RangeError);
    expect(error.message).toBe("nine is too many");
    const [observations] = await envs.reset({ seed: 0 });
    expect([...observations]).toEqual([100, 100, 100]);
  });

  it("reports a crashed worker with its cause, keeps the others, and restarts it", async () => {
    const envs = await make({ env: { mischief: "uncaught" } });
    await envs.reset({ seed: 0 });
    const error = await failureOf(envs.step(Int32Array.of(1, 9, 1)));
    expect(error.message).toBe(
      "Worker 1 with environments 1 to 2 crashed: RangeError: nine was too many. " +
        "Call restart(), then reset the environments that were in it.",
    );
    expect(error.cause).toMatchObject({ message: "nine was too many" });
    expect(await failureOf(envs.step(Int32Array.of(1, 1, 1)))).toBe(error);
    const resetMask = await envs.restart();
    expect([...resetMask]).toEqual([0, 1, 1]);
    await expect(envs.step(Int32Array.of(1, 1, 1))).rejects.toThrow("TraceEnv (vector) has no running episode.");
    const [observations] = await envs.reset({ seed: 0, options: { resetMask } });
    expect([...observations]).toEqual([1, 0, 0]);
    const [next] = await envs.step(Int32Array.of(1, 1, 1));
    expect([...next]).toEqual([2, 1, 1]);
  });

  it("reports a worker that ended by itself with its exit code", async () => {
    const envs = await make({ env: { mischief: "exit" } });
    await envs.reset({ seed: 0 });
    expect((await failureOf(envs.step(Int32Array.of(9, 1, 1)))).message).toBe(
      "Worker 0 with environment 0 ended by itself with exit code 3. " +
        "Call restart(), then reset the environments that were in it.",
    );
  });

  it("stops a worker that does not answer in time", async () => {
    const envs = await make({ env: { mischief: "hang" }, timeoutSeconds: 5 });
    await envs.reset({ seed: 0 });
    expect((await failureOf(envs.step(Int32Array.of(1, 1, 9)))).message).toBe(
      "Worker 1 with environments 1 to 2 did not answer step within 5 s and was stopped. " +
        "Call restart(), then reset the environments that were in it.",
    );
    const resetMask = await envs.restart();
    await envs.reset({ seed: 0, options: { resetMask } });
    expect([...(await envs.step(Int32Array.of(1, 1, 1)))[0]]).toEqual([2, 1, 1]);
  });

  it("gives the first batch that is ready, and the rest later", async () => {
    const envs = await make({ numWorkers: 3 });
    await envs.reset({ seed: 0 });
    envs.send(Int32Array.of(4, 5), [2, 0]);
    const first = await envs.receive(1);
    envs.send(Int32Array.of(6), [1]);
    const rest = await envs.receive();
    const indices = [...first.indices, ...rest.indices];
    expect(indices.toSorted()).toEqual([0, 1, 2]);
    expect(first.observations).toEqual(Float32Array.of(1));
    const rewards = [...first.rewards, ...rest.rewards];
    expect(indices.map((env, k) => [env, rewards[k]]).toSorted()).toEqual([
      [0, 5],
      [1, 6],
      [2, 4],
    ]);
    expect([...rest.observations]).toEqual([1, 1]);
    expect([...(await envs.step(Int32Array.of(1, 1, 1)))[0]]).toEqual([2, 2, 2]);
  });

  it("refuses calls that do not fit those under way", async () => {
    const envs = await make();
    await envs.reset({ seed: 0 });
    await expect(envs.receive()).rejects.toThrow(
      "receive cannot be called now: nothing is under way. Call send() first.",
    );
    envs.send(Int32Array.of(1), [1]);
    expect(() => envs.send(Int32Array.of(1), [1])).toThrow(
      "send cannot be called now: environment 1 is under way. Call receive() first.",
    );
    await expect(envs.step(Int32Array.of(1, 1, 1))).rejects.toThrow(
      "step cannot be called now: 1 environments are under way. Call receive() first.",
    );
    await expect(envs.receive(2)).rejects.toThrow(
      "Expected count to be an integer from 1 to 1, the environments under way, got 2 (number).",
    );
    await envs.receive();
    const step = envs.step(Int32Array.of(1, 1, 1));
    await expect(envs.reset()).rejects.toThrow("reset cannot be called now: step is under way. Await it first.");
    await step;
    expect(() => envs.send([11], [0])).toThrow("Expected action[0] to be in Discrete(10), got 11 (number).");
  });

  it("gives an error of one environment alone, and the others' results afterwards", async () => {
    const envs = await make();
    await envs.reset({ seed: 0 });
    envs.send(Int32Array.of(9, 1), [0, 1]);
    await expect(envs.receive(2)).rejects.toThrow("nine is too many");
    expect([...(await envs.receive()).indices]).toEqual([1]);
  });

  it("takes the id of an environment that is registered by its module", async () => {
    register({ id: "Test/Traced-v0", entryPoint, options: { lengths: [2] }, maxEpisodeSteps: 1, force: true });
    const envs: Traced = await AsyncVectorEnv.make("Test/Traced-v0", { numEnvs: 2, execArgv });
    open.push(envs);
    expect(envs.spec?.maxEpisodeSteps).toBe(1);
    expect(String(envs)).toBe("<AsyncVectorEnv<Test/Traced-v0> × 2>");
    await envs.reset({ seed: 0 });
    const [, , terminations, truncations] = await envs.step(Int32Array.of(0, 0));
    expect([...terminations, ...truncations]).toEqual([0, 0, 1, 1]);
  });

  it("steps the library's environments as they are alone", async () => {
    const envs = await AsyncVectorEnv.make<Float32Array, Int32Array>("WebService-v0", { numEnvs: 2, execArgv });
    open.push(envs);
    const [observations, infos] = await envs.reset({ seed: 3 });
    expect(envs.observationSpace.contains(observations)).toBe(true);
    expect((infos.costUsd as Float64Array).length).toBe(2);
    const [next] = await envs.step(Int32Array.of(4, 1, 4, 1));
    expect(envs.observationSpace.contains(next)).toBe(true);
  });

  it("refuses a function and shows the form of a module", async () => {
    const source = (() => null) as unknown as EnvSource;
    await expect(AsyncVectorEnv.make(source, { numEnvs: 1 })).rejects.toThrow(
      'Expected source to be an id, a spec, or a module: { entryPoint: new URL("./my-env.js", import.meta.url), ' +
        "options: {} }, where my-env.js exports function makeEnv(options), got a function.",
    );
    register({ id: "Test/Function-v0", entryPoint: () => null as never, force: true });
    await expect(AsyncVectorEnv.make("Test/Function-v0", { numEnvs: 1 })).rejects.toThrow(
      "Expected source to be registered by its module, as a function cannot go to a worker thread: " +
        'register({ id: "Test/Function-v0", entryPoint: new URL("./my-env.js", import.meta.url) }), ' +
        'where my-env.js exports function makeEnv(options, spec), got "Test/Function-v0" (string).',
    );
    await expect(AsyncVectorEnv.make({ entryPoint, options: { lengths: () => 3 } }, { numEnvs: 1 })).rejects.toThrow(
      "Expected options.lengths to be plain data, as it goes to a worker thread, got a function.",
    );
  });

  it("refuses options that are none, and modules without makeEnv", async () => {
    const refused: readonly (readonly [Partial<AsyncVectorEnvOptions>, string])[] = [
      [{ numEnvs: 0 }, "Expected numEnvs to be an integer from 1, got 0 (number)."],
      [{ numWorkers: 4 }, "Expected numWorkers to be an integer from 1 to 3, one per environment, got 4 (number)."],
      [
        { timeoutSeconds: 0 },
        "Expected timeoutSeconds to be a finite number above 0 (seconds), or null, got 0 (number).",
      ],
    ];
    for (const [options, message] of refused) await expect(make(options)).rejects.toThrow(message);
    const empty = new URL("../thrown-message.ts", import.meta.url);
    await expect(AsyncVectorEnv.make({ entryPoint: empty }, { numEnvs: 1 })).rejects.toThrow(
      `Expected entryPoint to be a module that exports function makeEnv(options, spec), got "${empty.href}" (string).`,
    );
  });
});
