/** Opening a metrics source: Prometheus where it is installed, a server that was named, or the library's own scraper and PromQL. @module */
import { ProgramNotFoundError, ProgramVersionError } from "../../errors.js";
import { findProgram, versionText } from "../../running-program.js";
import { checkSource } from "./checked-source.js";
import { openEmbeddedSource } from "./embedded-source.js";
import type { MetricsSource, MetricsSourceOptions } from "./metrics-source.js";
import { openNamedServer } from "./named-server.js";
import { type FoundPrometheus, openPrometheus } from "./prometheus-process.js";

/** The first version that takes an interval and a timeout per target. */
const OLDEST = [2, 30] as const;

/**
 * Opens a metrics source. All kinds answer the same queries with the same values over the same samples.
 *
 * @throws InvalidOptionError, ProgramNotFoundError, ProgramVersionError, PortInUseError, MetricsSourceError, MetricsServerError,
 * ProfileMismatchError
 * @example
 * const source = await openMetricsSource({ directory, scrapeSeconds: 1, targets: [{ job: "web", host: "127.0.0.1", port: 8001 }] });
 * await source.waitForScrape(Date.now() / 1000, 10);
 * const { data } = await source.query("up");
 */
export async function openMetricsSource(options: MetricsSourceOptions): Promise<MetricsSource> {
  const checked = checkSource(options);
  const { kind = "auto" } = options;
  if (kind === "embedded") return openEmbeddedSource(checked);
  if (typeof kind === "object" && "url" in kind) return openNamedServer(checked, kind);
  const found = await findPrometheus(kind);
  return found === undefined ? openEmbeddedSource(checked) : openPrometheus(checked, found);
}

async function findPrometheus(
  kind: "auto" | "prometheus" | { readonly binary: string },
): Promise<FoundPrometheus | undefined> {
  const path = findProgram(typeof kind === "object" ? kind.binary : "prometheus");
  if (path === undefined) {
    if (kind === "auto") return undefined;
    const at = typeof kind === "object" ? kind.binary : null;
    throw new ProgramNotFoundError("prometheus", at, 'Install it, or choose "embedded".');
  }
  const text = await versionText(path, ["--version"]);
  const [, version = "", major, minor] = /^prometheus, version ((\d+)\.(\d+)[^\s+-]*)/.exec(text) ?? [];
  const isNewEnough = Number(major) > OLDEST[0] || (Number(major) === OLDEST[0] && Number(minor) >= OLDEST[1]);
  if (isNewEnough) return { path, version };
  if (kind === "auto") return undefined;
  throw new ProgramVersionError("prometheus", path, `${OLDEST.join(".")} or later`, text.split("\n")[0] ?? "");
}
