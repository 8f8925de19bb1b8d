/** Every registered environment keeps the contracts. @module */
import { describe, expect, it } from "vitest";
import { make, registeredIds } from "../../src/registration.js";
import { checkEnv, vectorEnvContract } from "../../src/testing/index.js";
import { AUTORESET_MODES, makeVec } from "../../src/vector/index.js";

describe("checkEnv", () => {
  it.each(registeredIds())("%s", { timeout: 120_000 }, async (id) => {
    await expect(checkEnv(await make(id))).resolves.toBeUndefined();
  });

  it.each(registeredIds())("%s, rendered as text", { timeout: 120_000 }, async (id) => {
    await expect(checkEnv(await make(id, { renderMode: "ansi" }), { episodeSteps: 60 })).resolves.toBeUndefined();
  });
});

describe.each(registeredIds())("makeVec of %s", (id) => {
  for (const vectorizationMode of ["kernel", "sync"] as const) {
    for (const autoresetMode of AUTORESET_MODES) {
      const makeEnvs = () => makeVec(id, { numEnvs: 3, vectorizationMode, autoresetMode });
      for (const { name, run } of vectorEnvContract(makeEnvs)) {
        it(`in mode ${vectorizationMode}, ${autoresetMode} ${name}`, run);
      }
    }
  }
});
