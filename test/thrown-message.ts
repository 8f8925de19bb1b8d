/** The whole message of what a function throws. @module */

/** Runs a function that must throw, and returns the message; "nothing thrown" otherwise. */
export function thrownMessage(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing thrown";
}
