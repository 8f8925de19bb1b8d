/** A real Prometheus on loopback over a file of metrics, with its own port and data. @module */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A running server. */
export interface RunningPrometheus {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts Prometheus over samples in OpenMetrics, however old they are. */
export async function runPrometheus(openMetrics: string): Promise<RunningPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), "infra-gym-prometheus-"));
  const data = join(folder, "data");
  writeFileSync(join(folder, "metrics.om"), openMetrics);
  writeFileSync(join(folder, "prometheus.yml"), "scrape_configs: []\n");
  execFileSync("promtool", ["tsdb", "create-blocks-from", "openmetrics", join(folder, "metrics.om"), data], {
    stdio: "pipe",
  });
  const port = await freePort();
  const child = spawn(
    "prometheus",
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${data}`,
      "--storage.tsdb.retention.time=100y",
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  await ready(child);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

/** Waits for the line with which it says that it answers requests. */
function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      log += chunk.toString();
      if (log.includes("Server is ready to receive web requests")) resolve();
    });
    child.once("exit", (code) => reject(new Error(`prometheus ended with ${code}: ${log}`)));
  });
}
