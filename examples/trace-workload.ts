/** Recorded traffic: a CSV file with a gap becomes a workload, and one of its days an episode. @module */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidTraceError, make } from "infra-gym";
import { trace } from "infra-gym/loadgen";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-"));
const file = join(folder, "traffic.csv");

/** Three days of requests per five minutes, with two periods missing on the first. */
function writeTraffic(): void {
  const rows = Array.from({ length: 3 * 288 }, (_, period) => {
    const time = new Date(Date.UTC(2026, 2, 2) + period * 300_000).toISOString();
    const hour = (period % 288) / 12;
    return `${time},${Math.round(30_000 * (1.2 - Math.cos(((hour - 3) * Math.PI) / 12)))}`;
  });
  rows.splice(100, 2);
  writeFileSync(file, `timestamp,requests\n${rows.join("\n")}\n`);
}

try {
  writeTraffic();
  try {
    trace(file);
  } catch (error) {
    if (!(error instanceof InvalidTraceError)) throw error;
    console.log(error.message.replace(file, "traffic.csv"));
  }

  const workload = trace(file, { gaps: "interpolate", noise: 0.05 });
  console.log(
    `recorded peak ${workload.recordedPeak.toFixed(0)} requests/s; to train on: ${workload.days.train.join(", ")}`,
  );

  await using env = await make("WebService-v0", { workload });
  await env.reset({ seed: 0, options: { controls: { replicas: 10 } } });
  let highest = 0;
  for (let truncated = false; !truncated; ) {
    const [, , , isOver, info] = await env.step(Int32Array.of(4, 1));
    highest = Math.max(highest, info.slo.arrivals / 60);
    truncated = isOver;
  }
  console.log(`scaled to the environment's reference rate: at most ${highest.toFixed(0)} requests/s in one day`);
} finally {
  rmSync(folder, { recursive: true });
}
