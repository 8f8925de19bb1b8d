/** Tags that resources bring with them. @module */
import { unprocessable } from "../answer.js";
import type { World } from "../world.js";

/** What a tag may be. @see https://docs.digitalocean.com/reference/api/reference/tags/ */
const TAG = /^[a-zA-Z0-9_:-]{1,255}$/;

/** Makes the tags that are not there yet. @throws Refusal when one is not well formed. */
export function ensureTags(world: World, names: readonly string[]): void {
  for (const name of names) {
    if (!TAG.test(name)) {
      throw unprocessable(
        `Tag name ${JSON.stringify(name)} may hold letters, numbers, colons, dashes and underscores only, at most 255.`,
      );
    }
    if (world.tables.tags.peek(name) === undefined) world.tables.tags.restore({ id: name });
  }
}
