/** The measures of policies as an HTML table. @module */

import { escapeHtml } from "../../escape-html.js";
import { formatMeasure, MEASURE_TITLES } from "../format-measure.js";
import { MEASURES, type MeasureName } from "../measures.js";
import type { PolicyResult } from "../results.js";

/** A table with a row for each policy; the best mean return is set off. */
export function measureTable(policies: readonly PolicyResult[]): string {
  const best = Math.max(...policies.map((policy) => policy.return.mean));
  const titles = ["policy", ...MEASURES.map((measure) => MEASURE_TITLES[measure])];
  const head = titles.map((title) => `<th scope="col">${escapeHtml(title)}</th>`).join("");
  const rows = policies.map((policy) => {
    const cells = MEASURES.map((measure) => `<td>${cellOf(measure, policy)}</td>`).join("");
    const name = escapeHtml(policy.name);
    return `<tr${policy.return.mean === best ? ' class="best"' : ""}><td>${name}</td>${cells}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function cellOf(measure: MeasureName, policy: PolicyResult): string {
  const [mean, interval] = formatMeasure(measure, policy[measure]).split(" [");
  return `${escapeHtml(mean!)} <span class="interval">[${escapeHtml(interval!)}</span>`;
}
