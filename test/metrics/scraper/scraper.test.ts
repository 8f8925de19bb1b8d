import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evaluatePromql, Scraper, type ScraperOptions } from "../../../src/metrics/index.js";
import { ScriptedServer } from "../../fakes/http-server.js";
import { ManualClock } from "../../fakes/manual-clock.js";
import { thrownMessage } from "../../thrown-message.js";

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.close());

function scraper(clock: ManualClock, options: Partial<ScraperOptions> = {}): Scraper {
  const targets = [{ url: `${server.url}/metrics`, job: "web", labels: { instance: "web-0" } }];
  return new Scraper({ targets, intervalSeconds: 10, clock, ...options });
}

/** The values of a query by label set, without the target's labels. */
function valuesOf({ series }: Scraper, query: string, timeSeconds: number): Record<string, number> {
  const answer = evaluatePromql(query, series.sampleSet(), { timeSeconds });
  if (answer.resultType !== "vector") throw new TypeError("expected a vector");
  return Object.fromEntries(
    answer.result.map(({ metric: { job: _, instance: __, ...rest }, value }) => [
      Object.values(rest).join(" "),
      value[1],
    ]),
  );
}

/** Waits until a condition holds. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe("Scraper", () => {
  it("keeps what targets show, with the targets' labels, so that it can be queried", async () => {
    const clock = new ManualClock(1000);
    const one = scraper(clock);
    server.script(
      { headers: { "Content-Type": "text/plain" }, body: 'jobs_total{instance="own",job="x"} 5\nold 1 990000\n' },
      {
        headers: { "Content-Type": "application/openmetrics-text; version=1.0.0" },
        body: '# TYPE jobs counter\njobs_total{instance="own",job="x"} 25\n# EOF\n',
      },
    );
    await one.scrape();
    clock.advance(10);
    await one.scrape();
    const { result } = evaluatePromql("jobs_total", one.series.sampleSet(), { timeSeconds: 1010 });
    expect(result).toEqual([
      {
        metric: { __name__: "jobs_total", instance: "web-0", job: "web", exported_instance: "own", exported_job: "x" },
        value: [1010, 25],
      },
    ]);
    expect(valuesOf(one, "rate(jobs_total[20s])", 1010)).toEqual({ "own x": 1.25 });
    expect(valuesOf(one, "old", 1010)).toEqual({ old: 1 });
    expect(valuesOf(one, "up", 1010)).toEqual({ up: 1 });
    expect(valuesOf(one, "scrape_samples_scraped", 1000)).toEqual({ scrape_samples_scraped: 2 });
    expect(server.requests[0]).toMatchObject({ method: "GET", path: "/metrics" });
    expect(server.requests[0]!.headers.accept).toMatch(/^application\/openmetrics-text;version=1.0.0,text\/plain/);
  });

  it("ends a series that is gone, at once, and all of a target that is down", async () => {
    const clock = new ManualClock(1000);
    const one = scraper(clock);
    server.script({ body: "a 1\nb 2\n" }, { body: "a 1\n" }, { status: 500 }, { body: "a 3\n" });
    for (let k = 0; k < 4; k++) {
      await one.scrape();
      clock.advance(10);
    }
    expect([1000, 1010, 1020, 1030].map((time) => valuesOf(one, '{__name__=~"a|b|up"}', time))).toEqual([
      { a: 1, b: 2, up: 1 },
      { a: 1, up: 1 },
      { up: 0 },
      { a: 3, up: 1 },
    ]);
    expect(one.failures.size).toBe(0);
  });

  it.each([
    [{ status: 500 }, {}, "it answered 500, not metrics."],
    [{ body: "x".repeat(5000) }, { maxBodyBytes: 1000 }, "the answer is larger than 1000 bytes."],
    [{ body: "a 1\nb 1" }, {}, "2: the text ends in the middle of a line."],
    [{ body: "a 1\nb 1\n" }, { limits: { maxSeries: 1 } }, "2: there are more series than maxSeries, 1."],
    [{ body: 'a{b="c",b="d"} 1\n' }, {}, "1: the label b comes twice in one series."],
    [{ body: "<html>\n" }, {}, '1: expected a metric\'s name, got "<html>".'],
  ])("counts a target as down that answers %j", async (answer, options, message) => {
    const one = scraper(new ManualClock(1000), options);
    server.script(answer);
    await one.scrape();
    const url = `${server.url}/metrics`;
    expect(
      one.failures
        .get(url)!
        .message.slice(url.length + 1)
        .trim(),
    ).toBe(message);
    expect(valuesOf(one, '{__name__=~"a|b|up"}', 1000)).toEqual({ up: 0 });
  });

  it("cuts off a target that never ends its line", async () => {
    let isCutOff = false;
    server.script((response) => {
      const chunk = "x".repeat(65_536);
      const write = (): void => {
        if (!isCutOff && response.write(chunk)) setImmediate(write);
      };
      response.on("drain", write).on("close", () => {
        isCutOff = true;
      });
      response.writeHead(200, { "Content-Type": "text/plain" });
      write();
    });
    const one = scraper(new ManualClock(1000), { maxBodyBytes: 1_000_000 });
    await one.scrape();
    const url = `${server.url}/metrics`;
    expect(one.failures.get(url)!.message).toBe(`${url}: the answer is larger than 1000000 bytes.`);
    await until(() => isCutOff);
  });

  it("gives up on a target that takes too long", async () => {
    const clock = new ManualClock(1000);
    const one = scraper(clock, { timeoutSeconds: 5 });
    server.script(() => clock.advance(5));
    await one.scrape();
    expect(one.failures.get(`${server.url}/metrics`)!.message).toBe(`${server.url}/metrics: no answer within 5 s.`);
  });

  it("scrapes every interval until it is stopped, and ends all series then", async () => {
    const clock = new ManualClock(1003);
    const one = scraper(clock);
    server.script({ body: "a 1\n" });
    one.start();
    one.start();
    for (let k = 1; k <= 3; k++) {
      await until(() => clock.sleeps.length === 2 * k);
      expect(clock.sleeps.slice(-2)).toEqual([10, 10]);
      clock.advance(10);
    }
    await until(() => clock.sleeps.length === 8);
    expect(server.requests).toHaveLength(4);
    expect(valuesOf(one, "count_over_time(a[1m])", 1033)).toEqual({ "": 4 });
    clock.advance(1);
    await one.stop();
    expect(valuesOf(one, "a", 1034)).toEqual({});
    expect(server.requests).toHaveLength(4);
  });

  it("forgets what is older than its retention", async () => {
    const clock = new ManualClock(1000);
    const one = scraper(clock, { retentionSeconds: 25 });
    server.script({ body: "a 1\ngone 1\n" }, { body: "a 1\n" });
    for (let k = 0; k < 6; k++) {
      await one.scrape();
      clock.advance(10);
    }
    expect(valuesOf(one, "count_over_time(a[10m])", 1050)).toEqual({ "": 3 });
    expect(one.series.size).toBe(4);
  });

  it.each<[Partial<ScraperOptions>, string]>([
    [{ intervalSeconds: 0 }, "Expected intervalSeconds to be seconds above 0, got 0 (number)."],
    [
      { timeoutSeconds: 11 },
      "Expected timeoutSeconds to be above 0 and at most 10 (intervalSeconds), got 11 (number).",
    ],
    [{ retentionSeconds: -1 }, "Expected retentionSeconds to be seconds above 0, got -1 (number)."],
    [
      { targets: [{ url: "x", job: "a" }] },
      'Expected url to be an address such as http://127.0.0.1:9090, got "x" (string).',
    ],
    [{ targets: [{ url: "http://x", job: "" }] }, 'Expected job to be a name, got "" (string).'],
    [
      { targets: [{ url: "http://x", job: "a", labels: { __b: "c" } }] },
      'Expected labels to be names of letters, digits and _, not beginning with __, got "__b" (string).',
    ],
  ])("refuses at construction: %j", (options, message) => {
    expect(thrownMessage(() => scraper(new ManualClock(), options))).toBe(message);
  });
});
