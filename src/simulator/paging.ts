/** What too little memory does to a machine. Read by the kernel in assembly/ too, so it imports nothing. @module */

/** From this share of its memory on a machine is slowed down by paging. */
const PAGING_FROM = 0.9;
/** At this share it is slowed down most. */
const PAGING_TO = 1.2;
/** The most. */
const SLOWEST = 10;

/** How many times longer work takes. @param share - Memory in use over memory there is. @returns From 1 to 10. */
export function pagingSlowdown(share: number): number {
  if (share <= PAGING_FROM) return 1;
  return 1 + ((SLOWEST - 1) * (Math.min(PAGING_TO, share) - PAGING_FROM)) / (PAGING_TO - PAGING_FROM);
}
