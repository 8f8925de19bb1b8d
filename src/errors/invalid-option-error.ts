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
    const points = all.slice(0, ISSUES_SHOWN).map((issue) => {
      return `xpected ${issue.path} to be ${issue.expected}, got ${describeValue(issue.got)}`;
    });
    const more = all.length > ISSUES_SHOWN ? `; and ${all.length - ISSUES_SHOWN} more` : "";
    super("INFRA_GYM_INVALID_OPTION", `E${points.join("; e")}${more}.`, options);
    this.issues = all;
  }

  /** The error of everything that was found wrong, which must be at least one thing. */
  static of(issues: readonly OptionIssue[], options?: ErrorOptions): InvalidOptionError {
    const { path, expected, got } = issues[0]!;
    return new InvalidOptionError(path, expected, got, { ...options, issues });
  }
}
