/** A graph as a picture: a column for each layer, a box for each resource, a line for each reference. @module */
import { escapeHtml } from "../escape-html.js";
import { shortOf } from "./graph-text.js";
import type { GraphNode, GraphView } from "./graph-view.js";

const COLUMN = 260;
const BOX = { width: 210, height: 40, gap: 16 } as const;
const TOP = 56;
const LEFT = 20;

/** Fill and border of a box by what happens to it. */
const COLORS: Readonly<Record<string, readonly [fill: string, border: string]>> = {
  none: ["#f4f6f8", "#8292a2"],
  create: ["#e3f6e8", "#2f9e54"],
  update: ["#fff4d6", "#c98a00"],
  replace: ["#ffe6d6", "#d9622b"],
  destroy: ["#fbe0e0", "#c43c3c"],
};

interface Place {
  readonly x: number;
  readonly y: number;
}

/** The picture for `infra-gym graph --format svg`. */
export function graphSvg({ id, layers, nodes, priceUsdPerHour }: GraphView): string {
  const places = new Map<string, Place>();
  for (const [column, layer] of layers.entries()) {
    for (const [row, { address }] of nodes.filter((node) => node.layer === layer).entries()) {
      places.set(address, { x: LEFT + column * COLUMN, y: TOP + row * (BOX.height + BOX.gap) });
    }
  }
  const width = LEFT * 2 + (layers.length - 1) * COLUMN + BOX.width;
  const height = Math.max(TOP, ...[...places.values()].map(({ y }) => y + BOX.height)) + LEFT;
  const title = `${id}: ${priceUsdPerHour.toFixed(5)} USD/h`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12">`,
    `<title>${escapeHtml(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(LEFT, 20, title, "#222222", 14),
    ...layers.map((layer, column) => text(LEFT + column * COLUMN, 44, layer, "#555555", 12)),
    ...nodes.flatMap((node) => node.refersTo.map((target) => line(places.get(node.address)!, places.get(target)!))),
    ...nodes.map((node) => box(node, places.get(node.address)!)),
    "</svg>\n",
  ].join("\n");
}

function line(from: Place, to: Place): string {
  const middle = BOX.height / 2;
  const isSameColumn = from.x === to.x;
  const [startX, endX] = isSameColumn ? [from.x, to.x] : [from.x, to.x + BOX.width];
  const bend = isSameColumn ? from.x - 16 : (startX + endX) / 2;
  const path = `M${startX} ${from.y + middle} C${bend} ${from.y + middle} ${bend} ${to.y + middle} ${endX} ${to.y + middle}`;
  return `<path d="${path}" fill="none" stroke="#a9b4be"/>`;
}

function box({ address, count, priceUsdPerHour, change }: GraphNode, { x, y }: Place): string {
  const [fill, border] = COLORS[change ?? "none"]!;
  const [kind, name] = shortOf(address).split(".") as [string, string];
  const label = `${name}${count === 1 ? "" : ` × ${count}`}${change === null ? "" : ` (${change})`}`;
  const price = priceUsdPerHour === 0 ? "" : ` ${priceUsdPerHour.toFixed(5)} USD/h`;
  return [
    `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="4" fill="${fill}" stroke="${border}"/>`,
    text(x + 8, y + 16, label, "#222222", 12),
    text(x + 8, y + 32, `${kind}${price}`, "#555555", 10),
  ].join("\n");
}

function text(x: number, y: number, words: string, fill: string, size: number): string {
  return `<text x="${x}" y="${y}" fill="${fill}" font-size="${size}">${escapeHtml(words)}</text>`;
}
