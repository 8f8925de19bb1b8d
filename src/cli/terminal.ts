/** Where the command line writes to, and what it may assume about it. @module */

/** The two streams of a command. */
export interface Terminal {
  /** Writes results. */
  out(text: string): void;
  /** Writes messages and progress. */
  err(text: string): void;
  /** Whether messages go to someone who looks on: only then is there a progress bar. */
  readonly isInteractive: boolean;
  /** Whether results may be coloured: they go to a terminal, and NO_COLOR is not set. */
  readonly hasColor: boolean;
  /** Width of the terminal. Unit: characters. */
  readonly columns: number;
}

/**
 * The terminal of this process.
 * @see https://no-color.org for NO_COLOR
 */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  stdout.on("error", ignoreClosedPipe);
  const isDumb = env.TERM === "dumb";
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    isInteractive: stderr.isTTY === true && !isDumb,
    hasColor: stdout.isTTY === true && !isDumb && (env.NO_COLOR ?? "") === "",
    columns: stderr.columns || 80,
  };
}

/** A reader such as `head` may close the pipe when it has seen enough. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
