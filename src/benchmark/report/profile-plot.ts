/** Performance profiles: the share of days above each score, a curve for each policy, as SVG. @module */
import { escapeHtml } from "../../escape-html.js";
import { shortNumber } from "./line-chart.js";

/** One policy's profile. */
export interface ProfileLine {
  readonly label: string;
  /** Which of the report's colours, from 0. */
  readonly color: number;
  /** The share of days above each threshold, from 0 to 1. */
  readonly shares: readonly number[];
}

const WIDTH = 1_000;
const HEIGHT = 340;
const LEFT = 52;
const RIGHT = 18;
const TOP = 10;
const BOTTOM = 42;

/**
 * The plot as a figure.
 *
 * @param thresholds - Rising.
 * @see R. Agarwal et al., "Deep Reinforcement Learning at the Edge of the Statistical Precipice", NeurIPS 2021, sec. 4.2, for profiles over scores
 */
export function profilePlot(title: string, thresholds: readonly number[], lines: readonly ProfileLine[]): string {
  const [first, last] = [thresholds[0]!, thresholds.at(-1)!];
  const x = (value: number): number => LEFT + ((value - first) / (last - first)) * (WIDTH - LEFT - RIGHT);
  const y = (share: number): number => HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  const rows = [0, 0.25, 0.5, 0.75, 1].map(
    (share) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fix(y(share))}" y2="${fix(y(share))}"/>` +
      `<text x="${LEFT - 6}" y="${fix(y(share) + 4)}" text-anchor="end">${100 * share} %</text>`,
  );
  const columns = [0, 0.2, 0.4, 0.6, 0.8, 1].map(
    (score) => `<text x="${fix(x(score))}" y="${HEIGHT - 24}" text-anchor="middle">${shortNumber(score)}</text>`,
  );
  const curves = lines.map(({ label, color, shares }) => {
    const path = shares.map((share, k) => `${k === 0 ? "M" : "L"}${fix(x(thresholds[k]!))} ${fix(y(share))}`).join("");
    return `<path class="line c${color}" d="${path}"><title>${escapeHtml(label)}</title></path>`;
  });
  const label = escapeHtml(title);
  const axis = `<text x="${(LEFT + WIDTH) / 2}" y="${HEIGHT - 6}" text-anchor="middle">score</text>`;
  return (
    `<figure><figcaption>${label}</figcaption><svg class="wide" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${label}">` +
    `${[...rows, ...columns, axis, ...curves].join("")}</svg></figure>`
  );
}

function fix(value: number): string {
  return String(Math.round(value * 10) / 10);
}
