/** What the machine itself refuses: open files, processes, memory. It shows in whatever asks for them first. @module */
import { MachineLimitError } from "../../errors.js";

/** @see errno(3) */
const OPEN_FILES: readonly unknown[] = ["EMFILE", "ENFILE"];
const MEMORY: readonly unknown[] = ["ENOMEM", "EAGAIN"];
/** What haproxy and Prometheus say of it. */
const IN_WORDS = /too many open files|cannot raise FD limit|\b(?:EMFILE|ENFILE)\b/i;

/** The error of a limit of the machine where that is behind an error; else the error itself. */
export function limitBehind(error: unknown): unknown {
  for (let one = error; one instanceof Error; one = one.cause) {
    const { code, message } = one as NodeJS.ErrnoException;
    if (OPEN_FILES.includes(code) || IN_WORDS.test(message))
      return new MachineLimitError("open files", { cause: error });
    if (MEMORY.includes(code)) return new MachineLimitError("memory or processes", { cause: error });
  }
  return error;
}
