/** Tables of text. @module */

/** One table. */
export interface TextTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * A table as aligned lines: the first column to the left, the others to the right, a rule under the header.
 *
 * @param hasColor - Whether the header may be bold.
 */
export function textTable({ header, rows }: TextTable, hasColor = false): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]) =>
    widths
      .map((width, column) => pad(cells[column] ?? "", width, column === 0))
      .join("  ")
      .trimEnd();
  const title = hasColor ? `\u001b[1m${line(header)}\u001b[22m` : line(header);
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return `${[title, rule, ...rows.map(line)].join("\n")}\n`;
}

function pad(text: string, width: number, isLeft: boolean): string {
  return isLeft ? text.padEnd(width) : text.padStart(width);
}
