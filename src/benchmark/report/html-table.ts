/** Tables of a report, every cell escaped. @module */
import { escapeHtml } from "../../escape-html.js";

/** One cell: a text, or one with a shade from 0 to 1 and an addition in small print. */
export type HtmlCell = string | { readonly text: string; readonly small?: string; readonly shade?: number };

/** A table whose first column names the rows. */
export function htmlTable(header: readonly string[], rows: readonly (readonly HtmlCell[])[]): string {
  const head = header.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join("");
  const body = rows.map((cells) => `<tr>${cells.map(cellOf).join("")}</tr>`).join("");
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

function cellOf(cell: HtmlCell): string {
  if (typeof cell === "string") return `<td>${escapeHtml(cell)}</td>`;
  const { text, small, shade } = cell;
  const style = shade === undefined ? "" : ` class="shade s${Math.round(10 * Math.min(1, Math.max(0, shade)))}"`;
  const addition = small === undefined ? "" : ` <span class="interval">${escapeHtml(small)}</span>`;
  return `<td${style}>${escapeHtml(text)}${addition}</td>`;
}
