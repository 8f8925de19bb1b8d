/** Reading metrics in Prometheus's text format or OpenMetrics. @module */
import { InvalidExpositionError } from "../../errors.js";
import { suggestion } from "../../messages.js";
import type { ExpositionFormat, MetricFamily } from "./family.js";
import { FamilyCollector } from "./family-collector.js";
import { type ExpositionLimits, limitsOf } from "./limits.js";
import { type LineRules, parseSampleLine, unescapeText } from "./sample-line.js";

/** What {@link parseExposition} needs besides the text. */
export interface ParseExpositionOptions {
  readonly format: ExpositionFormat;
  /** What errors call the text: a file, or an address without credentials. @defaultValue "metrics" */
  readonly source?: string;
  readonly limits?: ExpositionLimits;
}

const META = /^#[ \t]+(HELP|TYPE|UNIT)[ \t]+([a-zA-Z_:][a-zA-Z0-9_:]*)(?:[ \t](.*))?$/;

/**
 * Reads metrics. Whoever wrote the text is not trusted: what passes a limit, or comes twice, is refused with its line.
 *
 * @returns The families, in their order.
 * @throws InvalidExpositionError
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/
 * @see https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export function parseExposition(text: string, options: ParseExpositionOptions): MetricFamily[] {
  const { format, source = "metrics" } = options;
  const limits = limitsOf(options.limits ?? {});
  let line = 0;
  const refuse = (detail: string, limit?: string): never => {
    throw new InvalidExpositionError(source, Math.max(line, 1), detail, limit ?? null);
  };
  if (text.length > limits.maxLength) refuse(`the text is longer than maxLength, ${limits.maxLength}.`, "maxLength");
  const collector = new FamilyCollector(format, limits, refuse);
  const rules: LineRules = { format, maxLabels: limits.maxLabels, refuse };
  let hasEnded = false;
  for (let from = 0; from < text.length; ) {
    line++;
    const found = text.indexOf("\n", from);
    const to = found < 0 ? text.length : found;
    if (to - from > limits.maxLineLength) {
      refuse(`a line is longer than maxLineLength, ${limits.maxLineLength}.`, "maxLineLength");
    }
    if (hasEnded) refuse("nothing may follow # EOF.");
    const content = text.slice(from, to);
    hasEnded = format === "openmetrics" && content === "# EOF";
    if (found < 0 && !hasEnded) refuse("the text ends in the middle of a line.");
    if (!hasEnded) readLine(content, rules, collector);
    from = to + 1;
  }
  if (format === "openmetrics" && !hasEnded) refuse("the text ends without # EOF: the rest is missing.");
  return collector.families();
}

function readLine(content: string, rules: LineRules, collector: FamilyCollector): void {
  const line = rules.format === "text" ? content.trim() : content;
  if (line === "") {
    if (rules.format === "openmetrics") rules.refuse("an empty line is not allowed in OpenMetrics.");
    return;
  }
  if (!line.startsWith("#")) {
    collector.addSample(parseSampleLine(line, rules));
    return;
  }
  const [, keyword, name, rest = ""] = META.exec(line) ?? [];
  if (keyword === "TYPE") collector.declareType(name!, rest.trim());
  else if (keyword === "HELP") collector.declareHelp(name!, helpOf(rest, rules));
  else if (keyword === "UNIT" && rules.format === "openmetrics") collector.declareUnit(name!, rest.trim());
  else if (rules.format === "openmetrics") {
    rules.refuse(
      `expected # TYPE, # HELP, # UNIT or # EOF, got ${JSON.stringify(line.slice(0, 32))}. ${suggestion(line, ["# EOF"])}`,
    );
  }
}

function helpOf(text: string, { format, refuse }: LineRules): string {
  const known = format === "openmetrics" ? ["\\", "n", '"'] : ["\\", "n"];
  return unescapeText(text, known) ?? refuse("the help has an unknown escape.");
}
