/** A picture as SVG. @module */
import { escapeHtml } from "../../escape-html.js";
import type { Picture, PictureRow } from "./picture.js";

const WIDTH = 640;
const ROW_HEIGHT = 72;
const LEFT = 96;
const RIGHT = 470;
const COLORS = ["#2563eb", "#b45309", "#b91c1c", "#047857"];

/** Heading, a line chart per row, and the resources; a whole SVG document of its own. */
export function renderSvg({ heading, rows, resources }: Picture): string {
  const height = 56 + rows.length * ROW_HEIGHT + resources.length * 20;
  const charts = rows.map((row, k) => chart(row, 40 + k * ROW_HEIGHT, COLORS[k % COLORS.length]!));
  const below = 52 + rows.length * ROW_HEIGHT;
  const lines = resources.map((line, k) => `<text x="16" y="${below + k * 20}">${escapeHtml(line)}</text>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapeHtml(heading)}" font-family="system-ui, sans-serif" font-size="13" fill="#1f2937">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="16" y="24" font-weight="600">${escapeHtml(heading)}</text>`,
    ...charts,
    ...lines,
    "</svg>",
  ].join("\n");
}

function chart({ label, values, scale, text }: PictureRow, top: number, color: string): string {
  const bottom = top + ROW_HEIGHT - 16;
  const finite = values.filter(Number.isFinite);
  const most = Math.max(scale, ...finite);
  const step = (RIGHT - LEFT) / Math.max(1, values.length - 1);
  const points = values.flatMap((value, k) =>
    Number.isFinite(value)
      ? [`${(LEFT + k * step).toFixed(1)},${(bottom - (value / most) * (bottom - top - 8)).toFixed(1)}`]
      : [],
  );
  return [
    `<text x="16" y="${bottom - 8}">${escapeHtml(label)}</text>`,
    `<line x1="${LEFT}" y1="${bottom}" x2="${RIGHT}" y2="${bottom}" stroke="#d1d5db"/>`,
    `<polyline points="${points.join(" ")}" fill="none" stroke="${color}" stroke-width="1.5"/>`,
    `<text x="${RIGHT + 12}" y="${bottom - 8}">${escapeHtml(text)}</text>`,
  ].join("\n");
}
