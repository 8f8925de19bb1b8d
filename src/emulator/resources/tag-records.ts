/** Tags that resources bring with them. @module */
import { unprocessable } from "../answer.js";
import type { World } from "../world.js";

/** What a tag may be. @see https://docs.digitalocean.com/reference/api/reference/tags/ */
const TAG = /^[a-zA-Z0-9_:-]{1,255}$/;

/** What is wrong with a tag's name, or undefined where nothing is. */
export function tagProblem(name: string): string | undefined {
  if (TAG.test(name)) return undefined;
  return `Tag name ${JSON.stringify(name)} may hold letters, numbers, colons, dashes and underscores only, at most 255.`;
}

/** Makes the tags that are not there yet. @throws Refusal when one is not well formed. */
export function ensureTags(world: World, names: readonly string[]): void {
  for (const name of names) {
    const problem = tagProblem(name);
    if (problem !== undefined) throw unprocessable(problem);
    if (world.tables.tags.peek(name) === undefined) world.tables.tags.restore({ id: name });
  }
}
