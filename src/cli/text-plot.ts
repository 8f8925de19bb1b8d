/** Plots of text. @module */
import type { DataSample } from "../metrics/index.js";
import { parseValue } from "../metrics/query-data.js";

/** One line of a plot. */
export interface PlottedSeries {
  readonly name: string;
  readonly values: readonly DataSample[];
}

/** Marks of the series; a series more than these shares one. */
const MARKS = ["•", "+", "x", "o", "*", "#"] as const;
const ROWS = 12;

/**
 * Series over time as lines of text, with a legend that has each one's last value.
 * @param columns - Width of the terminal. Unit: characters.
 */
export function textPlot(series: readonly PlottedSeries[], columns: number): string {
  const points = series.flatMap(({ values }, s) =>
    values.map(([time, text]) => ({ s, time, value: parseValue(text)! })).filter(({ value }) => Number.isFinite(value)),
  );
  const legend = series.map(
    ({ name, values }, s) => `${MARKS[s % MARKS.length]} ${name}  last ${values.at(-1)?.[1] ?? "–"}\n`,
  );
  if (points.length === 0) return `(no finite values)\n${legend.join("")}`;
  const [low, high] = extent(points.map(({ value }) => value));
  const [from, to] = extent(points.map(({ time }) => time));
  const labels = [axisLabel(high), axisLabel(low)];
  const margin = Math.max(...labels.map((label) => label.length));
  const width = Math.max(10, Math.min(100, columns - margin - 3));
  const grid = Array.from({ length: ROWS }, () => new Array<string>(width).fill(" "));
  for (const { s, time, value } of points) {
    const x = place(time, from, to, width);
    const y = ROWS - 1 - place(value, low, high, ROWS);
    grid[y]![x] = MARKS[s % MARKS.length]!;
  }
  const lines = grid.map((row, y) => {
    const label = y === 0 ? labels[0]! : y === ROWS - 1 ? labels[1]! : "";
    return `${label.padStart(margin)} │${row.join("").trimEnd()}\n`;
  });
  const ends = [new Date(from * 1000).toISOString(), new Date(to * 1000).toISOString()];
  const gap = " ".repeat(Math.max(1, width - ends[0]!.length - ends[1]!.length));
  return `${lines.join("")}${" ".repeat(margin)} └${"─".repeat(width)}\n${" ".repeat(margin + 2)}${ends[0]}${gap}${ends[1]}\n${legend.join("")}`;
}

function extent(values: readonly number[]): readonly [number, number] {
  let [low, high] = [values[0]!, values[0]!];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

function place(value: number, low: number, high: number, cells: number): number {
  return high > low ? Math.round(((value - low) / (high - low)) * (cells - 1)) : Math.floor(cells / 2);
}

function axisLabel(value: number): string {
  return String(Number(value.toPrecision(4)));
}
