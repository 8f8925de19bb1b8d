/** The report's style sheet: light and dark, nothing from outside. @module */

/** How many colours there are; further policies begin again. */
export const COLORS = 8;

/**
 * The style sheet.
 * @see M. Okabe and K. Ito, "Color Universal Design" (2008), for colours that all kinds of colour vision tell apart;
 * two are lightened or darkened for contrast
 */
export const REPORT_STYLE: string = `
:root { color-scheme: light dark; --page: #fcfcfa; --ink: #1c1e21; --soft: #62676d; --rule: #dcdedf; --card: #ffffff;
  --c0: #0072b2; --c1: #d55e00; --c2: #008f68; --c3: #b4578f; --c4: #a88600; --c5: #3a9bd9; --c6: #555a60; --c7: #8a3ffc; }
@media (prefers-color-scheme: dark) { :root { --page: #16181b; --ink: #e6e7e8; --soft: #9da2a8; --rule: #34383d; --card: #1d2024;
  --c0: #56a8e0; --c1: #f08a3c; --c2: #2fc79a; --c3: #dd8abd; --c4: #e0c040; --c5: #8ccbf2; --c6: #a9afb6; --c7: #b794ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1180px; padding: 32px 20px 64px; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 26px; line-height: 1.2; margin: 0 0 4px; }
h2 { font-size: 19px; margin: 40px 0 12px; }
p { margin: 0 0 12px; max-width: 78ch; }
.soft { color: var(--soft); }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 7px 14px; text-align: right; white-space: nowrap; border-bottom: 1px solid var(--rule); }
th:first-child, td:first-child { text-align: left; }
tbody tr:last-child td { border-bottom: 0; }
th { font-weight: 600; color: var(--soft); }
td .interval { color: var(--soft); font-size: 13px; }
.best { font-weight: 650; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr)); gap: 14px; margin-top: 14px; }
figure { margin: 0; background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: 10px 12px 4px; }
figure + figure, .scroll + figure { margin-top: 0; }
.spaced { margin-top: 14px; }
figcaption { font-weight: 600; font-size: 14px; margin-bottom: 4px; }
svg { display: block; width: 100%; height: auto; }
svg text { font-size: 12px; fill: var(--soft); }
.grid { stroke: var(--rule); stroke-width: 1; }
.line { fill: none; stroke-width: 1.6; stroke-linejoin: round; }
.dot { opacity: .55; }
.bar { stroke: var(--ink); stroke-width: 2; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 12px 0 0; padding: 0; list-style: none; font-size: 14px; }
.legend svg { display: inline-block; width: 22px; height: 10px; margin-right: 6px; vertical-align: baseline; }
${Array.from({ length: COLORS }, (_, k) => `.line.c${k} { stroke: var(--c${k}); } .dot.c${k} { fill: var(--c${k}); }`).join("\n")}
@media print { body { max-width: none; } figure, .scroll { break-inside: avoid; } }
`;
