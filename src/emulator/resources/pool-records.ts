/** Autoscale pools: their members, and how they come to have as many as they should. @module */
import type { World } from "../world.js";

/** A member of a pool has booted. */
export function memberBooted(_world: World, _poolId: string): void {}
