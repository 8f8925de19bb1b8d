/** A graph as text: its layers, resources and references, and the plan for an action. @module */
import type { GraphNode, GraphView } from "./graph-view.js";
import { textTable } from "./text-table.js";

const SIGNS = { create: "+", update: "~", replace: "±", destroy: "-" } as const;

/** The lines for `infra-gym graph --format text`. */
export function graphText(
  { id, layers, nodes, priceUsdPerHour, droplets, plan }: GraphView,
  hasColor: boolean,
): string {
  const rows = layers.flatMap((layer) =>
    nodes.filter((node) => node.layer === layer).map((node) => [layer, ...cellsOf(node)]),
  );
  const header = ["layer", "resource", "count", "USD/h", "refers to"];
  const total = `${id}: ${nodes.length} resources, ${droplets} droplets, ${usd(priceUsdPerHour)} USD/h\n\n`;
  return `${total}${textTable({ header, rows }, hasColor)}${plan === null ? "" : `\n${planText(plan)}`}`;
}

function cellsOf({ address, count, priceUsdPerHour, refersTo }: GraphNode): string[] {
  return [shortOf(address), String(count), usd(priceUsdPerHour), refersTo.map(shortOf).join(", ")];
}

/** All kinds are DigitalOcean's. */
export function shortOf(address: string): string {
  return address.replace(/^digitalocean_/, "");
}

function planText({ lines, priceChangeUsdPerHour, refusal }: NonNullable<GraphView["plan"]>): string {
  if (refusal !== null) return `The action would not be carried out: ${refusal}\n`;
  if (lines.length === 0) return "The action changes nothing.\n";
  const shown = lines.flatMap(({ verb, address, details }) => [
    `${SIGNS[verb]} ${verb} ${shortOf(address)}`,
    ...details.map((detail) => `    ${detail}`),
  ]);
  const sign = priceChangeUsdPerHour < 0 ? "" : "+";
  return `${shown.join("\n")}\nprice: ${sign}${usd(priceChangeUsdPerHour)} USD/h\n`;
}

function usd(value: number): string {
  return value.toFixed(5).replace(/^-(0\.0+)$/, "$1");
}
