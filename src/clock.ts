/** Wall time, as something that is passed in: a test passes one it moves itself. @module */

/** A clock. */
export interface Clock {
  /** Seconds since 1970-01-01 UTC. */
  now(): number;
  /** Resolves after that many seconds; rejects with the signal's reason when it is aborted first. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of this machine. */
export function systemClock(): Clock {
  return { now: () => Date.now() / 1000, sleep: sleepOf };
}

function sleepOf(seconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, seconds * 1000);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
