/** What a picture of an environment is made of, in whatever form. @module */
import type { InfraInfo } from "../info.js";
import type { FrameHistory } from "./frame-history.js";

/** One row of a picture: a measure over the last steps. */
export interface PictureRow {
  readonly label: string;
  /** Newest last; NaN where there is none. */
  readonly values: readonly number[];
  /** The scale reaches at least this far, so that next to nothing does not look like much. */
  readonly scale: number;
  /** The newest value with its unit. */
  readonly text: string;
}

/** A picture: a heading, rows, and the controlled resources. */
export interface Picture {
  readonly heading: string;
  readonly rows: readonly PictureRow[];
  readonly resources: readonly string[];
}

/** Gathers a picture of the present step. */
export function pictureOf(id: string, step: number, steps: number, info: InfraInfo, history: FrameHistory): Picture {
  const { frames, totalUsd } = history;
  const last = frames.at(-1);
  const time = new Date(info.timeSeconds * 1000).toISOString().slice(0, 16).replace("T", " ");
  const p95 = last?.p95Seconds ?? Number.NaN;
  return {
    heading: `${id}  step ${step}/${steps}  ${time} UTC`,
    rows: [
      {
        label: "load",
        values: frames.map(({ arrivalRate }) => arrivalRate),
        scale: 1,
        text: `${(last?.arrivalRate ?? 0).toFixed(1)} requests/s`,
      },
      {
        label: "latency",
        values: frames.map(({ p95Seconds }) => p95Seconds),
        scale: 0.25,
        text: Number.isFinite(p95) ? `p95 ${(p95 * 1000).toFixed(0)} ms` : "none answered",
      },
      {
        label: "violation",
        values: frames.map(({ violationRatio }) => violationRatio),
        scale: 0.05,
        text: `${(100 * (last?.violationRatio ?? 0)).toFixed(2)} %`,
      },
      {
        label: "cost",
        values: frames.map(({ costUsd }) => costUsd),
        scale: 0.01,
        text: `$${(last?.costUsd ?? 0).toFixed(4)}, $${totalUsd.toFixed(2)} in all`,
      },
    ],
    resources: resourcesOf(info),
  };
}

function resourcesOf({ controls, pending, refusal }: InfraInfo): string[] {
  const lines = Object.entries(controls).map(([name, { desired, current }]) =>
    current === desired ? `${name} ${current}` : `${name} ${current} → ${desired}`,
  );
  for (const [address, count] of Object.entries(pending)) lines.push(`${address}: ${count} pending`);
  if (refusal !== null) lines.push(`refused: ${refusal}`);
  return lines;
}
