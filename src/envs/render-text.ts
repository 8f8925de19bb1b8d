/** A step as a line of text. @module */
import type { InfraInfo } from "./info.js";

/** Where an episode stands: step, controls, load, latency, cost. */
export function renderText(id: string, step: number, steps: number, info: InfraInfo): string {
  const controls = Object.entries(info.controls)
    .map(([name, { desired, current }]) => `${name} ${current}${current === desired ? "" : ` → ${desired}`}`)
    .join(", ");
  const { arrivals, violationRatio, p95Seconds } = info.slo;
  const latency = Number.isFinite(p95Seconds) ? `${(p95Seconds * 1000).toFixed(0)} ms` : "none answered";
  const time = new Date(info.timeSeconds * 1000).toISOString().slice(0, 16).replace("T", " ");
  const share = (100 * violationRatio).toFixed(2);
  return `${id} ${step}/${steps} ${time}  ${controls}  ${arrivals} requests, p95 ${latency}, ${share} % in violation, $${info.costUsd.toFixed(4)}`;
}
