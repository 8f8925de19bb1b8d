/** Registering, finding and making environments. @module */
import { describe, expect, it } from "vitest";
import { specFromJson } from "../src/env-spec-json.js";
import { make, register, registeredIds, spec } from "../src/registration.js";
import { TransformReward } from "../src/wrappers/index.js";
import { CountingEnv } from "./fakes/counting-env.js";
import { thrownMessage } from "./thrown-message.js";

const entryPoint = async (options: Readonly<Record<string, unknown>>): Promise<CountingEnv> => new CountingEnv(options);

register({ id: "Test/Counting-v0", entryPoint });
register({ id: "Test/Counting-v2", entryPoint, options: { size: 1, kind: "a" } });
register({ id: "Test/Counting-v10", entryPoint, maxEpisodeSteps: 2 });
register({ id: "Unversioned", entryPoint });

describe("register", () => {
  it("refuses an id that is taken, unless forced", () => {
    expect(thrownMessage(() => register({ id: "Test/Counting-v0", entryPoint }))).toBe(
      'An environment is already registered as "Test/Counting-v0". Raise the version, or pass { force: true }.',
    );
    register({ id: "Test/Counting-v0", entryPoint, force: true });
  });

  it.each(["", "two words", "a/b/c", "-v1", "/Name-v0"])("refuses the id %j", (id) => {
    expect(thrownMessage(() => register({ id, entryPoint }))).toBe(
      `Expected an environment id such as "WebService-v0" or "my-lab/Web-v1", got ${JSON.stringify(id)} (string).`,
    );
  });

  it("refuses an entry point that is no function and a limit that is no count", () => {
    expect(thrownMessage(() => register({ id: "Bad-v0", entryPoint: "module:Env" as never }))).toBe(
      "Expected entryPoint to be a function that makes the environment, or the URL of a module that exports makeEnv, " +
        'got "module:Env" (string).',
    );
    expect(thrownMessage(() => register({ id: "Bad-v0", entryPoint, maxEpisodeSteps: 0 }))).toBe(
      "Expected maxEpisodeSteps to be an integer of at least 1, or null, got 0 (number).",
    );
  });
});

describe("spec", () => {
  it("takes the id apart and lists what is registered", () => {
    expect(spec("Test/Counting-v2")).toEqual({
      id: "Test/Counting-v2",
      namespace: "Test",
      name: "Counting",
      version: 2,
      maxEpisodeSteps: null,
      options: { size: 1, kind: "a" },
    });
    expect(spec("Unversioned")).toMatchObject({ namespace: null, name: "Unversioned", version: null });
  });

  it("takes the highest version where none is given", () => {
    expect(spec("Test/Counting").id).toBe("Test/Counting-v10");
  });

  it("names the nearest id where there is none", () => {
    expect(thrownMessage(() => spec("test/Countng-v0"))).toBe(
      'No environment is registered as "test/Countng-v0". Did you mean "Test/Counting-v0"?',
    );
  });
});

describe("registeredIds", () => {
  it("lists all ids in alphabetical order", () => {
    const ids = registeredIds();
    expect(ids).toEqual([...ids].sort());
    expect(ids).toContain("Unversioned");
  });
});

describe("make", () => {
  it("passes on the registered options and the caller's, which win", async () => {
    const env = (await make("Test/Counting-v2", { size: 2 })) as unknown as CountingEnv;
    expect(env.options).toEqual({ size: 2, kind: "a" });
    expect(env.spec).toMatchObject({ id: "Test/Counting-v2", options: { size: 2, kind: "a" } });
  });

  it("puts no wrapper around the environment unless a limit is given", async () => {
    expect(await make("Test/Counting-v0")).toBeInstanceOf(CountingEnv);
    expect(String(await make("Test/Counting-v10"))).toBe("<TimeLimit<Test/Counting-v10>>");
    expect(await make("Test/Counting-v10", { maxEpisodeSteps: null })).toBeInstanceOf(CountingEnv);
    const limited = await make("Test/Counting-v0", { maxEpisodeSteps: 1 });
    expect(limited.spec?.maxEpisodeSteps).toBe(1);
  });

  it("makes an environment again from its spec", async () => {
    const env = await make("Test/Counting-v2", { size: 3, maxEpisodeSteps: 2 });
    const again = await make(env.spec!, { kind: "b" });
    expect(again.spec).toEqual({ ...env.spec, options: { size: 3, kind: "b" } });
    expect(String(again)).toBe("<TimeLimit<Test/Counting-v2>>");
  });

  it("rejects an unknown id, and a limit that is no count", async () => {
    await expect(make("Test/Counting-v3")).rejects.toThrow(
      'No environment is registered as "Test/Counting-v3". Did you mean "Test/Counting-v0"?',
    );
    await expect(make("Test/Counting-v0", { maxEpisodeSteps: 1.5 })).rejects.toThrow(
      "Expected maxEpisodeSteps to be an integer of at least 1, or null, got 1.5 (number).",
    );
  });

  it("warns once when there is a higher version, and not for the highest", async () => {
    // Those of the tests before, which are due by then.
    await new Promise((resolve) => setImmediate(resolve));
    const warnings: string[] = [];
    const listen = (warning: Error & { readonly code?: string }): void => {
      if (warning.code === "INFRA_GYM_OUTDATED_ENV") warnings.push(`${warning.name}: ${warning.message}`);
    };
    process.on("warning", listen);
    register({ id: "Test/Old-v1", entryPoint });
    register({ id: "Test/Old-v3", entryPoint });
    for (const id of ["Test/Old-v1", "Test/Old-v1", "Test/Old-v3", "Test/Old"]) await make(id);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", listen);
    expect(warnings).toEqual([
      "DeprecationWarning: Test/Old-v1 is out of date: there is Test/Old-v3. Results of the two do not compare.",
    ]);
  });

  it("makes an environment of a module by its address, and says what a module lacks", async () => {
    const module = new URL("./fakes/trace-env.ts", import.meta.url);
    register({ id: "Test/Module-v0", entryPoint: module, options: { lengths: [2] } });
    const env = await make("Test/Module-v0");
    expect(env.spec?.options).toEqual({ lengths: [2] });
    register({ id: "Test/Nowhere-v0", entryPoint: new URL("./nowhere.js", import.meta.url) });
    await expect(make("Test/Nowhere-v0")).rejects.toThrow(
      `Expected entryPoint to be the address of a module that can be imported, got "${new URL("./nowhere.js", import.meta.url).href}" (string).`,
    );
  });
});

describe("EnvSpec", () => {
  it("is that of the id that was made, where an entry point puts a stack together from others", async () => {
    const halved = async () => new TransformReward(await make("Test/Counting-v2"), { func: (reward) => reward / 2 });
    register({ id: "Test/Halved-v0", entryPoint: halved, maxEpisodeSteps: 3 });
    const env = await make("Test/Halved-v0");
    expect(env.spec).toEqual(spec("Test/Halved-v0"));
    const again = await make(env.spec!, { maxEpisodeSteps: 4 });
    expect(again.spec).toEqual({ ...env.spec, maxEpisodeSteps: 4 });
    expect(`${again}`).toBe(`${env}`);
  });

  it("goes through JSON and makes the same environment", async () => {
    const env = await make("WebService-v0", { control: "target", maxEpisodeSteps: 7 });
    const again = specFromJson(JSON.parse(JSON.stringify(env.spec)));
    expect(again).toEqual(env.spec);
    expect((await make(again)).spec).toEqual(env.spec);
  });

  it("is refused as JSON with every point that is wrong", () => {
    expect(thrownMessage(() => specFromJson({ id: "Web-v1", version: 2, maxEpisodeSteps: 0, options: [] }))).toBe(
      "Expected spec to be the JSON of an EnvSpec: version must be 1, as in id; namespace must be null, as in id; " +
        'name must be "Web", as in id; maxEpisodeSteps must be an integer of at least 1, or null; ' +
        "options must be an object, got an object of Object.",
    );
    expect(thrownMessage(() => specFromJson("Web-v1"))).toBe(
      'Expected spec to be the JSON of an EnvSpec: it must be an object with an id, got "Web-v1" (string).',
    );
  });
});
