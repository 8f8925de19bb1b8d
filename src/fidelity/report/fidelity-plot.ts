/** The results as a picture: each policy a row, each side a mark, one panel for each measure. @module */
import { linearScale } from "../../benchmark/report/axis-scale.js";
import { escapeHtml } from "../../escape-html.js";
import type { Pooled } from "../pooled.js";
import type { FidelityResults } from "../results.js";

interface Panel {
  readonly title: string;
  readonly value: (pooled: Pooled) => number;
}

const PANELS: readonly Panel[] = [
  { title: "utilization", value: ({ utilization }) => utilization },
  { title: "p95, ms", value: ({ p95Seconds }) => 1000 * p95Seconds },
  { title: "cost, $", value: ({ costUsd }) => costUsd },
  { title: "reward of a step, $", value: ({ rewardPerStep }) => rewardPerStep },
];
const COLORS = ["#111827", "#2563eb", "#b45309", "#9ca3af"] as const;
const LEFT = 170;
const PANEL = 210;
const GAP = 24;
const ROW = 26;
const TOP = 64;

/** The picture, an SVG document of its own. */
export function fidelityPlot({ env, reference, sides, policies }: FidelityResults): string {
  const names = [reference, ...sides.map(({ side }) => side)];
  const height = TOP + policies.length * ROW + 40;
  const width = LEFT + PANELS.length * (PANEL + GAP);
  const label = `${env}: each policy on ${names.join(", ")}`;
  const legend = names.map((name, k) => {
    const x = LEFT + k * 130;
    return `${mark(k, x, 22)}<text x="${x + 12}" y="26">${escapeHtml(name)}</text>`;
  });
  const rows = policies.map(
    (policy, row) => `<text x="${LEFT - 12}" y="${rowY(row) + 4}" text-anchor="end">${escapeHtml(policy)}</text>`,
  );
  const panels = PANELS.map((panel, k) => panelOf(panel, LEFT + k * (PANEL + GAP), sides, policies.length));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escapeHtml(label)}" font-family="system-ui, sans-serif" font-size="12" fill="#1f2937">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...legend,
    ...rows,
    ...panels,
    "</svg>\n",
  ].join("\n");
}

function panelOf({ title, value }: Panel, left: number, sides: FidelityResults["sides"], rows: number): string {
  const marks = Array.from({ length: rows }, (_, row) => [
    value(sides[0]!.policies[row]!.reference),
    ...sides.map(({ policies }) => value(policies[row]!.side)),
  ]);
  const scale = linearScale(marks.flat());
  const x = (amount: number): number => left + scale.place(amount) * PANEL;
  const bottom = TOP + rows * ROW;
  const ticks = scale.ticks.map(
    (tick) =>
      `<line x1="${x(tick).toFixed(1)}" x2="${x(tick).toFixed(1)}" y1="${TOP}" y2="${bottom}" stroke="#e5e7eb"/>` +
      `<text x="${x(tick).toFixed(1)}" y="${bottom + 16}" text-anchor="middle" font-size="10">${Number(tick.toPrecision(4))}</text>`,
  );
  const dots = marks.flatMap((values, row) =>
    // The reference on top.
    values.map((amount, k) => (Number.isFinite(amount) ? mark(k, x(amount), rowY(row)) : "")).reverse(),
  );
  return `<text x="${left}" y="${TOP - 10}" font-weight="600">${escapeHtml(title)}</text>${ticks.join("")}${dots.join("")}`;
}

function rowY(row: number): number {
  return TOP + row * ROW + ROW / 2;
}

/** A mark for a side: a cross for the reference, rings for the others. */
function mark(side: number, x: number, y: number): string {
  const color = COLORS[side % COLORS.length]!;
  const at = x.toFixed(1);
  if (side === 0)
    return `<path d="M${at} ${y - 7}V${y + 7}M${(x - 7).toFixed(1)} ${y}H${(x + 7).toFixed(1)}" stroke="${color}" stroke-width="2"/>`;
  return `<circle cx="${at}" cy="${y}" r="${3 + side}" fill="none" stroke="${color}" stroke-width="2"/>`;
}
