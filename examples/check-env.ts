/** Checking an environment against the contract: one that keeps it, and one with mistakes. @module */
import { InfraEnv, make } from "infra-gym";
import { webServiceDefinition } from "infra-gym/envs";
import { checkEnv } from "infra-gym/testing";

await checkEnv(await make("WebService-v0"));
console.log("WebService-v0 keeps the contract.");

/** Its rewards hang on a counter that no seed restarts, and it renders as a number. */
class Careless extends InfraEnv<Int32Array> {
  #calls = 0;

  override async step(action: Int32Array): ReturnType<InfraEnv<Int32Array>["step"]> {
    const [observation, reward, terminated, truncated, info] = await super.step(action);
    return [observation, reward + ++this.#calls, terminated, truncated, info];
  }

  override async render(): Promise<string> {
    return this.#calls as unknown as string;
  }
}

try {
  await checkEnv(new Careless(webServiceDefinition()), { episodeSteps: 100 });
} catch (error) {
  console.log(`\n${(error as Error).message}`);
}
