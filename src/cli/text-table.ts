/** Tables of text. @module */

/** One table. */
export interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * A table as aligned lines: words to the left, numbers to the right, a rule under the header.
 *
 * @param hasColor - Whether the header may be bold.
 */
export function textTable({ header, rows }: TextTable, hasColor = false): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const isLeft = header.map((_, column) => column === 0 || !rows.some((row) => isNumber(row[column] ?? "")));
  const line = (cells: readonly string[]) =>
    widths
      .map((width, column) => pad(cells[column] ?? "", width, isLeft[column]!))
      .join("  ")
      .trimEnd();
  const title = hasColor ? `\u001b[1m${line(header)}\u001b[22m` : line(header);
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return `${[title, rule, ...rows.map(line)].join("\n")}\n`;
}

/** Whether a cell begins with a number, as `60 s` and `1.2 [1.1, 1.3]` do. */
function isNumber(cell: string): boolean {
  return /^(-?\d|NaN)/.test(cell);
}

function pad(text: string, width: number, isLeft: boolean): string {
  return isLeft ? text.padEnd(width) : text.padStart(width);
}
