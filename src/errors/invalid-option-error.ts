/** The error of an option or argument, with everything that was found wrong. @module */
import { describeValue } from "../messages.js";
import { InfraGymError } from "./infra-gym-error.js";

/** One thing that is not what it must be. */
export interface OptionIssue {
  /** Where: an option, or a place in it such as `low[2]`. */
  readonly path: string;
  /** What would fit there. */
  readonly expected: string;
  /** What is there. */
  readonly got: unknown;
}

/** How many issues a message spells out. */
const ISSUES_SHOWN = 8;

/** A sentence for messages. @param nameOf - What a path is called in it. */
export function describeIssues(issues: readonly OptionIssue[], nameOf: (path: string) => string): string {
  const points = issues.slice(0, ISSUES_SHOWN).map(({ path, expected, got }) => {
    return `xpected ${nameOf(path)} to be ${expected}, got ${describeValue(got)}`;
  });
  const more = issues.length > ISSUES_SHOWN ? `; and ${issues.length - ISSUES_SHOWN} more` : "";
  return `E${points.join("; e")}${more}.`;
}

/** An option or argument that is not what it must be. */
export class InvalidOptionError extends InfraGymError {
  /** Everything that was found wrong, at least one; `option`, `expected` and `got` are those of the first. */
  readonly issues: readonly OptionIssue[];
  constructor(
    readonly option: string,
    readonly expected: string,
    readonly got: unknown,
    { issues, ...options }: ErrorOptions & { readonly issues?: readonly OptionIssue[] } = {},
  ) {
    const all = issues ?? [{ path: option, expected, got }];
    super(
      "INFRA_GYM_INVALID_OPTION",
      describeIssues(all, (path) => path),
      options,
    );
    this.issues = all;
  }

  /** The error of everything that was found wrong, which must be at least one thing. */
  static of(issues: readonly OptionIssue[], options?: ErrorOptions): InvalidOptionError {
    const { path, expected, got } = issues[0]!;
    return new InvalidOptionError(path, expected, got, { ...options, issues });
  }
}
