/** Metrics sources: the same exposition to all kinds, and the same values out of them. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  MetricsSourceError,
  PortInUseError,
  ProfileMismatchError,
  ProgramNotFoundError,
  ProgramVersionError,
} from "../../../src/errors.js";
import { type MetricsSource, type MetricsTarget, openMetricsSource } from "../../../src/metrics/index.js";
import { freePort } from "../../../src/running-program.js";
import { noPrometheus } from "../prometheus-tools.js";
import { Target } from "./target.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-source-"));
const one = new Target();
const two = new Target();
let emptyPort: number;
let targets: MetricsTarget[];
const now = (): number => Date.now() / 1000;
const scrapeSeconds = 0.2;

beforeAll(async () => {
  await Promise.all([one.start(), two.start()]);
  emptyPort = await freePort("127.0.0.1");
  targets = [
    { job: "droplets", host: "127.0.0.1", port: one.port, labels: { instance: "web-1" }, isPlace: true },
    { job: "droplets", host: "127.0.0.1", port: two.port, labels: { instance: "web-2" }, isPlace: true },
    { job: "droplets", host: "127.0.0.1", port: emptyPort, labels: { instance: "web-3" }, isPlace: true },
    { job: "load", host: "127.0.0.1", port: one.port, path: "/metrics" },
  ];
});
afterAll(() => {
  one.close();
  two.close();
  rmSync(folder, { recursive: true, force: true });
});

const present = (): { host: string; port: number }[] => [one, two].map(({ port }) => ({ host: "127.0.0.1", port }));

const QUERIES = [
  'infra_gym_backlog_requests{service="web"}',
  'sum(http_requests_total{service="web", job="droplets"})',
  "sum(node_memory_MemTotal_bytes)",
  "count(up)",
  "sum(up)",
  'sum(up{job="droplets"}) by (job)',
  "sum(increase(http_requests_total[10m]))",
  "sum(rate(http_requests_total[10m] offset 10m))",
  "max_over_time(infra_gym_slots[1m])",
  "scalar(vector(7))",
];

/** What an episode's queries give now. */
async function values(source: MetricsSource, startSeconds: number): Promise<number[]> {
  const queries = source.episodeQueries(QUERIES, { startSeconds, timeScale: 60 });
  await queries.read(now());
  expect(queries.failures.map(({ error }) => error.message)).toEqual([]);
  return [...queries.values];
}

/** Reads again until the values are those: on a busy machine a scrape may come too late, which is another value. */
async function settles<T>(read: () => Promise<T>, expected: T): Promise<void> {
  const deadline = now() + 30;
  for (;;) {
    const got = await read();
    if (isDeepStrictEqual(got, expected) || now() > deadline) {
      expect(got).toEqual(expected);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Runs the suite on one kind. */
function sourceContract(open: () => Promise<MetricsSource>): void {
  let source: MetricsSource;
  beforeAll(async () => {
    one.value = 50;
    two.value = 70;
    source = await open();
    source.setPresent(present());
    await source.waitForScrape(now(), 30);
  }, 40_000);
  afterAll(() => source.close());

  it("shows what is there, sums per service, and hides empty places", async () => {
    const start = now() - 30;
    const sums = async (): Promise<number[]> => {
      const all = await values(source, start);
      return [...all.slice(0, 6), ...all.slice(8)];
    };
    await settles(sums, [17, 120, 3072, 3, 3, 2, Number.NaN, 7]);
    const states = async (): Promise<string[]> =>
      (await source.targets()).map(({ target: { job, labels }, isUp }) => `${job} ${labels!.instance} ${isUp}`);
    const load = `load 127.0.0.1:${one.port} true`;
    await settles(states, ["droplets web-1 true", "droplets web-2 true", "droplets web-3 false", load]);
  });

  it("sees nothing of what was before an episode", async () => {
    const start = now();
    const fresh = source.episodeQueries(["sum(http_requests_total)"], { startSeconds: start });
    await fresh.read(start - 0.001);
    expect([...fresh.values]).toEqual([Number.NaN]);
    one.value = 51;
    const later = async (): Promise<number[]> => {
      const before = source.episodeQueries(["sum(http_requests_total offset 1h)"], { startSeconds: start });
      await before.read(now());
      await fresh.read(now());
      return [...before.values, ...fresh.values];
    };
    await settles(later, [Number.NaN, 51 + 51 + 70]);
    let from = now() + 3600;
    const moving = source.episodeQueries(["sum(http_requests_total)"], { startSeconds: () => from });
    await moving.read(now());
    expect([...moving.values]).toEqual([Number.NaN]);
    from = start;
    await moving.read(now());
    expect([...moving.values]).toEqual([51 + 51 + 70]);
    one.value = 50;
  });

  it("shows a place that does not answer as down, and one that is given up not at all", async () => {
    const start = now() - 30;
    two.isAway = true;
    await settles(async () => (await values(source, start)).slice(0, 5), [10, 50, 2048, 3, 2]);
    source.setPresent(present().slice(0, 1));
    await settles(async () => (await values(source, start)).slice(3, 5), [2, 2]);
    two.isAway = false;
    source.setPresent(present());
  });

  it("says which targets were not scraped in time", async () => {
    const waiting = source.waitForScrape(now() + 3600, 0.05);
    await expect(waiting).rejects.toThrow(MetricsSourceError);
    await expect(waiting).rejects.toThrow(/ did not scrape within 0\.05 s: droplets web-1, droplets web-2, load 127\./);
  });

  it("flags a query that fails, and keeps the others", async () => {
    const queries = source.episodeQueries(["up", "vector(1)"], { startSeconds: now() - 60 });
    await queries.read(now());
    expect([...queries.stale]).toEqual([1, 0]);
    expect(queries.failures[0]!.error.message).toContain("must give one value, got 3 series");
  });
}

describe("openMetricsSource with the embedded scraper", () => {
  sourceContract(() =>
    openMetricsSource({
      kind: "embedded",
      directory: join(folder, "e"),
      scrapeSeconds,
      targets,
      promqlProfile: "prom2",
    }),
  );
});

describe.skipIf(noPrometheus !== undefined)("openMetricsSource with Prometheus", () => {
  const directory = join(folder, "p");
  let server: MetricsSource;
  sourceContract(async () => {
    server = await openMetricsSource({ kind: "prometheus", directory, scrapeSeconds, targets });
    return server;
  });

  it("keeps its files to itself", () => {
    expect(statSync(join(directory, "data")).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, "prometheus.yml")).mode & 0o777).toBe(0o600);
  });

  describe("that runs already", () => {
    sourceContract(() =>
      openMetricsSource({ kind: { url: server.url! }, directory: join(folder, "s"), scrapeSeconds, targets }),
    );
  });

  it("gives the same values as the embedded one over the same samples", async () => {
    const options = { directory, scrapeSeconds, targets, promqlProfile: server.promqlProfile };
    const embedded = await openMetricsSource({ ...options, kind: "embedded" });
    for (const source of [server, embedded]) source.setPresent(present());
    one.value = 80;
    await embedded.waitForScrape(now(), 30);
    const start = now() - 60;
    // What depends on when exactly each of them scraped is left out: increase and rate.
    for (const source of [server, embedded]) {
      await settles(async () => (await values(source, start)).slice(0, 6), [23, 150, 3072, 3, 3, 2]);
    }
    await embedded.close();
  });

  it("says what to add to its configuration where it lacks targets", async () => {
    const lacking = [...targets, { job: "new", host: "127.0.0.1", port: 9 }];
    const opening = openMetricsSource({
      kind: { url: server.url! },
      directory: folder,
      scrapeSeconds,
      targets: lacking,
      readySeconds: 0.3,
    });
    await expect(opening).rejects.toMatchObject({ code: "INFRA_GYM_METRICS_SOURCE", reason: "targets" });
    await expect(opening).rejects.toThrow(
      /does not scrape 1 of 5 targets\. Name them in its configuration.*"job_name": "new"/s,
    );
  });

  it("writes the file that it reads its targets from, and empties it", async () => {
    const targetsFile = join(folder, "targets.json");
    const source = await openMetricsSource({
      kind: { url: server.url!, targetsFile },
      directory: folder,
      scrapeSeconds,
      targets,
    });
    expect(JSON.parse(readFileSync(targetsFile, "utf8"))[0]).toEqual({
      targets: [`127.0.0.1:${one.port}`],
      labels: {
        instance: "web-1",
        job: "droplets",
        __metrics_path__: "/metrics",
        __scrape_interval__: "200ms",
        __scrape_timeout__: "180ms",
      },
    });
    await source.close();
    expect(readFileSync(targetsFile, "utf8")).toBe("[]\n");
  });

  it("refuses a server of another profile", async () => {
    const other = server.promqlProfile === "prom2" ? "prom3" : "prom2";
    const options = { directory: folder, scrapeSeconds, targets, promqlProfile: other } as const;
    await expect(openMetricsSource({ ...options, kind: { url: server.url! } })).rejects.toThrow(ProfileMismatchError);
  });

  it("names a port that is taken", async () => {
    const port = Number(new URL(server.url!).port);
    await expect(openMetricsSource({ directory: join(folder, "t"), scrapeSeconds, targets, port })).rejects.toThrow(
      PortInUseError,
    );
  });
});

describe("openMetricsSource", () => {
  const script = (name: string, body: string): string => {
    const path = join(folder, name);
    writeFileSync(path, `#!/bin/sh\n${body}\n`);
    chmodSync(path, 0o700);
    return path;
  };
  const open = (binary: string): Promise<MetricsSource> =>
    openMetricsSource({ kind: { binary }, directory: join(folder, "x"), scrapeSeconds, targets });
  const version = '[ "$1" = --version ] && echo "prometheus, version 2.99.0" && exit';

  it("names a program that is not there, or too old", async () => {
    await expect(open("/no/prometheus")).rejects.toThrow(
      new ProgramNotFoundError("prometheus", "/no/prometheus", 'Install it, or choose "embedded".').message,
    );
    const old = script("old", 'echo "prometheus, version 2.15.2"');
    await expect(open(old)).rejects.toThrow(
      new ProgramVersionError("prometheus", old, "2.30 or later", "prometheus, version 2.15.2").message,
    );
  });

  it("hands on the words of one that does not begin, and takes down one that is never ready", async () => {
    const failing = open(script("failing", `${version}\necho "opening storage failed" >&2; exit 2`));
    await expect(failing).rejects.toThrow("prometheus 2.99.0 did not begin: opening storage failed");
    const pidFile = join(folder, "pid");
    const binary = script("stuck", `${version}\necho $$ > ${pidFile}; exec sleep 60`);
    const pids: number[] = [];
    const options = { directory: join(folder, "x"), scrapeSeconds, targets, readySeconds: 1 };
    const stuck = openMetricsSource({ ...options, kind: { binary }, onSpawn: (pid) => pids.push(pid) });
    await expect(stuck).rejects.toThrow(/^prometheus 2\.99\.0 was not ready within 1 s\./);
    expect(pids).toEqual([Number(readFileSync(pidFile, "utf8"))]);
    expect(existsSync(`/proc/${readFileSync(pidFile, "utf8").trim()}`)).toBe(false);
  });

  it.each([
    [{ scrapeSeconds: 0 }, "Expected scrapeSeconds to be a finite number above 0 (seconds), got 0 (number)."],
    [{ scrapeTimeoutSeconds: 1 }, "Expected scrapeTimeoutSeconds to be at most 0.2 (scrapeSeconds), got 1 (number)."],
    [{ targets: [{ job: "a", host: "h", port: 0 }] }, /^Expected targets\.port to be an integer from 1 to 65535/],
    [
      { targets: [1, 2].map(() => ({ job: "a", host: "h", port: 1 })) },
      'Expected targets to be targets that differ in job or instance, got "a/h:1" (string).',
    ],
  ])("refuses %j", async (wrong, message) => {
    const options = { kind: "embedded", directory: folder, scrapeSeconds, targets: [], ...wrong } as const;
    await expect(openMetricsSource(options)).rejects.toThrow(message);
  });
});
