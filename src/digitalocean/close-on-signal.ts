/** Ends in order when the process is told to: destroy first, then die of the signal. @module */

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** What is to be closed, of all that is open in this process. */
const open = new Set<() => Promise<void>>();

/**
 * Closes something before the process ends by SIGINT, SIGTERM or SIGHUP. A second signal changes nothing: what is being
 * destroyed is destroyed to the end.
 *
 * @param close - Must not reject for long: the process waits for it.
 * @returns Takes it back, for when it is closed by itself.
 */
export function closeOnSignal(close: () => Promise<void>): () => void {
  if (open.size === 0) for (const signal of SIGNALS) process.on(signal, onSignal);
  open.add(close);
  return () => {
    open.delete(close);
    if (open.size === 0) for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}

let isEnding = false;

function onSignal(signal: NodeJS.Signals): void {
  if (isEnding) return;
  isEnding = true;
  const closing = [...open].map((close) => close());
  void Promise.allSettled(closing).then((results) => {
    for (const result of results) if (result.status === "rejected") process.stderr.write(`${result.reason}\n`);
    for (const name of SIGNALS) process.off(name, onSignal);
    process.kill(process.pid, signal);
  });
}
