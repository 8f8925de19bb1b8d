/** Checks that an environment can be made again from its spec, and in every render mode that it says it has. @module */
import type { Env, RenderMode } from "../env.js";
import { EnvNotFoundError, NotSupportedError } from "../errors.js";
import { type EnvSpec, make } from "../registration.js";
import type { Space } from "../spaces/space.js";
import { attempt, type EnvCheck, report } from "./env-check.js";

type AnyEnv = Env<unknown, unknown, object>;

/** The spec, by way of JSON, makes an environment with the same spaces; with each render mode one that shows itself. */
export async function checkSpec(check: EnvCheck): Promise<void> {
  const { spec, metadata } = check.env;
  if (spec === null) return;
  const again = await madeAgain(check, "make(env.spec)", spec, {});
  if (again === undefined) return;
  for (const name of ["observationSpace", "actionSpace"] as const) {
    if ((again[name] as Space<unknown>).equals(check.env[name])) continue;
    report(check, `make(env.spec) must give the same ${name}, got ${again[name]} in place of ${check.env[name]}.`);
  }
  await again.close();
  for (const renderMode of Array.isArray(metadata?.renderModes) ? metadata.renderModes : []) {
    await checkRenderMode(check, spec, renderMode);
  }
}

async function checkRenderMode(check: EnvCheck, spec: EnvSpec, renderMode: RenderMode): Promise<void> {
  const what = `make(env.spec, { renderMode: "${renderMode}" })`;
  const env = await madeAgain(check, what, spec, { renderMode });
  if (env === undefined) return;
  if (env.renderMode !== renderMode) report(check, `${what} must have that renderMode, got ${String(env.renderMode)}.`);
  await attempt(check, `render() after ${what}`, async () => {
    await env.reset({ seed: check.seed });
    const frame: unknown = await env.render();
    if (typeof frame !== "string")
      report(check, `render after ${what} must resolve to a string, got ${String(frame)}.`);
  });
  await env.close();
}

/** Undefined where it cannot be made: an issue, unless it is not registered here or was made with what JSON cannot hold. */
function madeAgain(check: EnvCheck, what: string, spec: EnvSpec, options: object): Promise<AnyEnv | undefined> {
  return attempt(check, what, async () => {
    try {
      return await make(JSON.parse(JSON.stringify(spec)) as EnvSpec, { ...options });
    } catch (error) {
      if (error instanceof EnvNotFoundError || error instanceof NotSupportedError) return undefined;
      throw error;
    }
  });
}
