/** Work that an interrupt ends in order, not at once. @module */
import type { Terminal } from "./terminal.js";

/** What a process ends with after SIGINT and SIGTERM. @see POSIX: 128 and the signal's number */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Works, and on SIGINT or SIGTERM closes what works and waits for it. Further signals are answered with what is waited for.
 *
 * @param work - Its result is the exit code.
 * @param close - Ends the work in order; called once, with or without a signal.
 */
export async function whileInterruptible(
  work: () => Promise<number>,
  close: () => Promise<void>,
  terminal: Terminal,
): Promise<number> {
  let received: keyof typeof EXIT_CODES | undefined;
  let closing: Promise<void> | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    const isFirst = received === undefined;
    received = signal as keyof typeof EXIT_CODES;
    terminal.err(isFirst ? `${signal}: stopping in order; calls in flight are finished.\n` : "Still stopping.\n");
    closing ??= close();
  };
  const signals = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];
  for (const signal of signals) process.on(signal, onSignal);
  try {
    const code = await work();
    return received === undefined ? code : EXIT_CODES[received];
  } catch (error) {
    if (received === undefined) throw error;
    terminal.err(`${error}\n`);
    return EXIT_CODES[received];
  } finally {
    closing ??= close();
    await closing;
    for (const signal of signals) process.off(signal, onSignal);
  }
}
