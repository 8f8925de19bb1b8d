/** Checks that several kinds of resources share. @module */
import { unprocessable } from "../answer.js";
import type { World } from "../world.js";

/** A region that exists and has room. @throws Refusal */
export function checkRegion(world: World, slug: string): string {
  if (!Object.hasOwn(world.catalogue.regions, slug)) throw unprocessable("You specified an invalid region.");
  if (world.faults.isFull(slug))
    throw unprocessable(`Region ${slug} is out of capacity. Try again later or use another region.`);
  return slug;
}

/** A droplet size that exists. @throws Refusal */
export function checkSize(world: World, slug: string): string {
  if (!Object.hasOwn(world.catalogue.dropletSizes, slug)) {
    throw unprocessable("You specified an invalid size for Droplet creation.");
  }
  return slug;
}
