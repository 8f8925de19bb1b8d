/** The returns of all episodes, a row for each policy, as SVG. @module */

import { escapeHtml } from "../../escape-html.js";
import { spanScale } from "./axis-scale.js";
import { shortNumber } from "./line-chart.js";

/** One policy's dots. */
export interface DotRow {
  readonly label: string;
  /** Which of the report's colours, from 0. */
  readonly color: number;
  readonly dots: readonly { readonly value: number; readonly title: string }[];
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const WIDTH = 1_000;
const LEFT = 210;
const RIGHT = 24;
const ROW = 30;
const BOTTOM = 26;

/** The plot as a figure: a dot for each episode, a bar for the mean's 95 % interval. */
export function dotPlot(title: string, rows: readonly DotRow[]): string {
  const scale = spanScale(rows.flatMap(({ dots }) => dots.map(({ value }) => value)));
  const height = rows.length * ROW + BOTTOM;
  const x = (value: number) => (LEFT + scale.place(value) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const ticks = scale.ticks.map(
    (tick) =>
      `<line class="grid" x1="${x(tick)}" x2="${x(tick)}" y1="0" y2="${height - BOTTOM}"/>` +
      `<text x="${x(tick)}" y="${height - 8}" text-anchor="middle">${shortNumber(tick)}</text>`,
  );
  const label = escapeHtml(title);
  return (
    `<figure><figcaption>${label}</figcaption>` +
    `<svg class="wide" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">` +
    `${ticks.join("")}${rows.map((row, index) => rowOf(row, index, x)).join("")}</svg></figure>`
  );
}

function rowOf({ label, color, dots, mean, low, high }: DotRow, index: number, x: (value: number) => string): string {
  const y = index * ROW + ROW / 2;
  const name = `<text x="${LEFT - 12}" y="${y + 4}" text-anchor="end">${escapeHtml(label)}</text>`;
  const circles = dots
    .filter(({ value }) => Number.isFinite(value))
    .map(
      ({ value, title }) =>
        `<circle class="dot c${color}" cx="${x(value)}" cy="${y}" r="5"><title>${escapeHtml(title)}</title></circle>`,
    );
  if (!Number.isFinite(mean)) return name + circles.join("");
  const bar =
    `<line class="bar" x1="${x(low)}" x2="${x(high)}" y1="${y}" y2="${y}"/>` +
    `<line class="bar" x1="${x(mean)}" x2="${x(mean)}" y1="${y - 9}" y2="${y + 9}"/>`;
  return name + circles.join("") + bar;
}
