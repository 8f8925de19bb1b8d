/** Waiting for the API: looking again and again, quickly at first. @module */
import { RequestFailedError } from "../../../errors.js";
import { type ApiClient, type Json, pause } from "./api-client.js";

/**
 * Looks until there is something to see. The first look is at once, later ones 5 ms to 0.5 s apart.
 *
 * @param seconds - How long to wait at most.
 */
export async function waitFor<T>(what: string, seconds: number, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (let wait = 5; ; wait = Math.min(500, wait * 1.5)) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > deadline) {
      throw new RequestFailedError(what, 0, `It was not ready after ${seconds} s.`);
    }
    await pause(wait);
  }
}

/** Waits until an action has ended. @throws RequestFailedError when it ended badly. */
export async function waitForAction(action: Json, path: string, api: ApiClient): Promise<void> {
  const done = await waitFor(`The action ${action.type} ${action.id}`, api.waitSeconds, async () => {
    if (action.status !== "in-progress") return action;
    const current = (await api.get(`${path}/${action.id}`)).action as Json;
    return current.status === "in-progress" ? undefined : current;
  });
  if (done.status === "errored") throw new RequestFailedError(`${action.type} ${path}`, 0, "The action failed.");
}

/** Repeats while the API says that something else is still in the way. */
export async function whileInTheWay<T>(
  what: string,
  statuses: readonly number[],
  api: ApiClient,
  call: () => Promise<T>,
): Promise<T> {
  return (
    await waitFor(what, api.waitSeconds, async () => {
      try {
        return { result: await call() };
      } catch (error) {
        if (error instanceof RequestFailedError && statuses.includes(error.status)) return undefined;
        throw error;
      }
    })
  ).result;
}
