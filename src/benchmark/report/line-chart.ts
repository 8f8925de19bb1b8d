/** Curves over the hours of an episode, as SVG. @module */

import { escapeHtml } from "../../escape-html.js";
import { type AxisScale, hourScale } from "./axis-scale.js";

/** One curve. */
export interface ChartLine {
  readonly label: string;
  /** Which of the report's colours, from 0. */
  readonly color: number;
  /** In hours. */
  readonly x: readonly number[];
  /** NaN leaves a gap. */
  readonly y: readonly number[];
  /** Whether it moves in steps. */
  readonly isStepped?: boolean;
}

/** A chart of curves. */
export interface LineChart {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly scale: AxisScale;
  /** Length of the horizontal axis. Unit: hours. */
  readonly hours: number;
}

const WIDTH = 640;
const HEIGHT = 220;
const LEFT = 52;
const RIGHT = 18;
const TOP = 10;
const BOTTOM = 26;

/** The chart as a figure with its title. */
export function lineChart({ title, lines, scale, hours }: LineChart): string {
  const time = hourScale(hours);
  const x = (value: number) => LEFT + time.place(value) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - clamp(scale.place(value)) * (HEIGHT - TOP - BOTTOM);
  const rows = scale.ticks.map(
    (tick) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fix(y(tick))}" y2="${fix(y(tick))}"/>` +
      `<text x="${LEFT - 6}" y="${fix(y(tick) + 4)}" text-anchor="end">${shortNumber(tick)}</text>`,
  );
  const columns = time.ticks.map(
    (tick) => `<text x="${fix(x(tick))}" y="${HEIGHT - 8}" text-anchor="middle">${shortNumber(tick)} h</text>`,
  );
  const curves = lines.map(
    (line) =>
      `<path class="line c${line.color}" d="${pathOf(line, x, y)}"><title>${escapeHtml(line.label)}</title></path>`,
  );
  const label = escapeHtml(title);
  return (
    `<figure><figcaption>${label}</figcaption>` +
    `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">` +
    `${[...rows, ...columns, ...curves].join("")}</svg></figure>`
  );
}

function pathOf(line: ChartLine, x: (value: number) => number, y: (value: number) => number): string {
  let path = "";
  let isDown = false;
  for (let k = 0; k < line.x.length; k++) {
    const value = line.y[k]!;
    if (Number.isNaN(value)) {
      isDown = false;
      continue;
    }
    const [px, py] = [fix(x(line.x[k]!)), fix(y(value))];
    if (!isDown) path += `M${px} ${py}`;
    else path += line.isStepped === true ? `H${px}V${py}` : `L${px} ${py}`;
    isDown = true;
  }
  return path;
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** Tenths of a point are fine enough, and short. */
function fix(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A tick's number without the rounding errors of its sum. */
export function shortNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}
