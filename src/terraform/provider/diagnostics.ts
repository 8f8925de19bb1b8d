/** Errors as Terraform shows them. @module */

/** An error as the plugin protocol writes it. */
export interface Diagnostic {
  /** 1 is an error. */
  readonly severity: 1;
  /** One line. */
  readonly summary: string;
  readonly detail: string;
}

/** An error, or a sentence that says what is wrong, as a diagnostic. Terraform adds the address of the resource. */
export function errorOf(error: unknown): Diagnostic {
  const text = error instanceof Error ? error.message : String(error);
  const [summary = "", ...rest] = text.split("\n");
  return { severity: 1, summary, detail: rest.join("\n") };
}
