/** Checks of what an environment says about itself, and of its generator. @module */
import type { Env } from "../env.js";
import { attempt, type EnvCheck, report } from "./env-check.js";
import { sameValue } from "./same-value.js";

const RENDER_MODES: readonly unknown[] = ["ansi", "svg", "html"];

/** Metadata, render mode, the innermost environment, and disposal. */
export function checkMembers(check: EnvCheck): void {
  const { metadata, renderMode, unwrapped } = check.env as Partial<Env>;
  const modes = metadata?.renderModes;
  if (!Array.isArray(modes) || !modes.every((mode) => RENDER_MODES.includes(mode))) {
    report(check, `metadata.renderModes must be a list of ${RENDER_MODES.join(", ")}.`);
  } else if (renderMode !== null && !modes.includes(renderMode)) {
    report(check, `renderMode must be null or one of metadata.renderModes, got ${String(renderMode)}.`);
  }
  if (typeof (unwrapped as Partial<Env> | undefined)?.step !== "function") {
    report(check, "unwrapped must be the innermost environment: the environment itself where it is not wrapped.");
  }
  if (typeof check.env[Symbol.asyncDispose] !== "function") {
    report(check, "[Symbol.asyncDispose] must close the environment, so that await using works.");
  }
}

/** After `reset`, `render` gives text where there is a mode, and null where there is none. */
export async function checkRender(check: EnvCheck): Promise<void> {
  const { env } = check;
  await attempt(check, "reset({ seed })", () => env.reset({ seed: check.seed }));
  await attempt(check, "render()", async () => {
    const frame: unknown = await env.render();
    if (env.renderMode === null && frame !== null) report(check, "render must resolve to null without a renderMode.");
    if (env.renderMode !== null && typeof frame !== "string") {
      report(check, `render must resolve to a string in renderMode ${env.renderMode}, got ${String(frame)}.`);
    }
  });
}

/** `reset` takes options and no arguments; a seed restarts `rng`, and another seed makes it another. */
export async function checkReset(check: EnvCheck): Promise<void> {
  const { env } = check;
  const stateAfter = async (seed: bigint): Promise<unknown> => {
    await env.reset({ seed });
    return structuredClone(env.rng?.state);
  };
  const seed = BigInt(check.seed);
  await attempt(check, "reset({ seed })", async () => {
    const [first, again, other] = [await stateAfter(seed), await stateAfter(seed), await stateAfter(seed + 1n)];
    if (first === undefined) report(check, "rng must be a generator, made by createRng.");
    else if (!sameValue(first, again)) report(check, "reset with the same seed must restart rng alike.");
    else if (sameValue(first, other)) report(check, "reset with another seed must restart rng otherwise.");
  });
  await attempt(check, "reset()", () => env.reset());
  await attempt(check, "reset({ options: {} })", () => env.reset({ options: {} }));
}
