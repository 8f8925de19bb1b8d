/** A picture as lines of text. @module */
import type { Picture } from "./picture.js";

const BARS = "▁▂▃▄▅▆▇█";
/** Steps shown. */
const WIDTH = 60;

/** Heading, a bar chart per row, and the resources. */
export function renderText({ heading, rows, resources }: Picture): string {
  const lines = rows.map(
    ({ label, values, scale, text }) => `${label.padEnd(10)} ${bars(values, scale).padEnd(WIDTH)}  ${text}`,
  );
  return [heading, ...lines, ...resources].join("\n");
}

function bars(values: readonly number[], scale: number): string {
  const shown = values.slice(-WIDTH);
  const most = shown.reduce((max, value) => (value > max && Number.isFinite(value) ? value : max), scale);
  return shown
    .map((value) => {
      if (Number.isNaN(value)) return " ";
      const share = Math.min(1, value / most);
      return BARS[Math.round(share * (BARS.length - 1))]!;
    })
    .join("");
}
