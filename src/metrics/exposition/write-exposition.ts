/** Writing metrics in Prometheus's text format or OpenMetrics. @module */
import { InvalidOptionError } from "../../errors.js";
import type { LabelSet } from "../labels.js";
import {
  type Exemplar,
  type ExpositionFormat,
  type ExpositionSample,
  type MetricFamily,
  suffixesOf,
  typeWord,
} from "./family.js";

/**
 * Writes families. Reading the result in the same format gives them back.
 *
 * @throws InvalidOptionError where a family has a type, or a sample a name, that the format does not have
 */
export function writeExposition(families: readonly MetricFamily[], format: ExpositionFormat): string {
  const parts = families.map((family) => writeFamily(family, format));
  return format === "openmetrics" ? `${parts.join("")}# EOF\n` : parts.join("");
}

/** A number as both formats write it: shortest digits that read back the same, `+Inf`, `-Inf`, `NaN`. */
export function formatNumber(value: number): string {
  if (Object.is(value, -0)) return "-0";
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  if (value === Number.NEGATIVE_INFINITY) return "-Inf";
  return String(value);
}

/** `name{label="value"}` */
export function formatSeries(name: string, labels: LabelSet): string {
  return labels.size === 0 ? name : `${name}${formatLabelSet(labels)}`;
}

function writeFamily({ name, type, help, unit, samples }: MetricFamily, format: ExpositionFormat): string {
  const suffixes = suffixesOf(type, format);
  if (suffixes.length === 0) throw new InvalidOptionError(`the type of ${name}`, `one that ${format} has`, type);
  const lines = [`# TYPE ${name} ${typeWord(type, format)}`];
  if (unit !== undefined && format === "openmetrics") lines.push(`# UNIT ${name} ${unit}`);
  if (help !== undefined) lines.push(`# HELP ${name} ${escapeHelp(help, format)}`);
  for (const sample of samples) {
    if (!suffixes.some((suffix) => sample.name === `${name}${suffix}`)) {
      const names = suffixes.map((suffix) => `${name}${suffix}`).join(", ");
      throw new InvalidOptionError(`the name of a sample of ${name}`, `one of ${names}`, sample.name);
    }
    lines.push(sampleLine(sample, format));
  }
  return `${lines.join("\n")}\n`;
}

function sampleLine(
  { name, labels, value, timestampSeconds, exemplar }: ExpositionSample,
  format: ExpositionFormat,
): string {
  const time = timestampSeconds === undefined ? "" : ` ${formatTimestamp(timestampSeconds, format)}`;
  const example = exemplar === undefined || format === "text" ? "" : formatExemplar(exemplar);
  return `${formatSeries(name, labels)} ${formatNumber(value)}${time}${example}`;
}

function formatTimestamp(seconds: number, format: ExpositionFormat): string {
  return format === "openmetrics" ? String(seconds) : String(Math.round(seconds * 1000));
}

function formatExemplar({ labels, value, timestampSeconds }: Exemplar): string {
  const time = timestampSeconds === undefined ? "" : ` ${timestampSeconds}`;
  return ` # ${formatLabelSet(labels)} ${formatNumber(value)}${time}`;
}

function formatLabelSet(labels: LabelSet): string {
  return `{${[...labels].map(([label, text]) => `${label}="${escapeText(text)}"`).join(",")}}`;
}

function escapeHelp(text: string, format: ExpositionFormat): string {
  return format === "openmetrics" ? escapeText(text) : text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function escapeText(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
