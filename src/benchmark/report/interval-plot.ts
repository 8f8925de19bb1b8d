/** Estimates with their intervals, a row for each policy, as SVG. @module */
import { escapeHtml } from "../../escape-html.js";
import type { Estimate } from "../score.js";
import { spanScale } from "./axis-scale.js";
import { shortNumber } from "./line-chart.js";

/** One policy's estimate. */
export interface IntervalRow {
  readonly label: string;
  /** Which of the report's colours, from 0. */
  readonly color: number;
  readonly estimate: Estimate;
}

const WIDTH = 1_000;
const LEFT = 230;
const RIGHT = 24;
const ROW = 28;
const BOTTOM = 26;

/** The plot as a figure: a bar for the 95 % interval, a mark for the estimate, and its number. @param marks - Values to have on the axis */
export function intervalPlot(title: string, rows: readonly IntervalRow[], marks: readonly number[]): string {
  const scale = spanScale([...marks, ...rows.flatMap(({ estimate: { value, low, high } }) => [value, low, high])]);
  const height = rows.length * ROW + BOTTOM;
  const x = (value: number): string => (LEFT + scale.place(value) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const ticks = scale.ticks.map(
    (tick) =>
      `<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="0" y2="${height - BOTTOM}"/>` +
      `<text x="${x(tick)}" y="${height - 8}" text-anchor="middle">${shortNumber(tick)}</text>`,
  );
  const bars = rows.map(({ label, color, estimate: { value, low, high } }, index) => {
    const y = index * ROW + ROW / 2;
    const said = `${label}: ${value.toFixed(3)}, 95 % interval ${low.toFixed(3)} to ${high.toFixed(3)}`;
    return (
      `<g><title>${escapeHtml(said)}</title>` +
      `<text x="${LEFT - 12}" y="${y + 4}" text-anchor="end">${escapeHtml(label)}</text>` +
      `<line class="interval c${color}" x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}"/>` +
      `<line class="bar" x1="${x(value)}" x2="${x(value)}" y1="${y - 9}" y2="${y + 9}"/></g>`
    );
  });
  const label = escapeHtml(title);
  return (
    `<figure><figcaption>${label}</figcaption><svg class="wide" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">` +
    `${ticks.join("")}${bars.join("")}</svg></figure>`
  );
}
