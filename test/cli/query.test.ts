import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ScriptedServer } from "../fakes/http-server.js";
import { noPrometheus } from "../metrics/prometheus-tools.js";
import { type RunningPrometheus, runPrometheus } from "../metrics/run-prometheus.js";
import { infraGym } from "./command-line.js";
import { schemaErrors } from "./schema.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-query-"));
const file = join(folder, "metrics.om");
const metrics = [
  "# TYPE jobs counter",
  ...[0, 60, 120, 180].map((time) => `jobs_total{host="a"} ${time * 2} ${time}`),
  ...[0, 60, 120].map((time) => `jobs_total{host="b"} ${time} ${time}`),
  "# TYPE odd gauge",
  'odd{kind="inf"} +Inf 180',
  'odd{kind="nan"} NaN 180',
  'odd{kind="small"} 1e-9 180',
  'odd{kind="large"} -2.5e+30 180',
  'odd{kind="zero"} -0 180',
  "# EOF",
  "",
].join("\n");
beforeAll(() => writeFileSync(file, metrics));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A file of queries. */
function queriesFile(queries: unknown): string {
  const path = join(folder, "queries.json");
  writeFileSync(path, JSON.stringify(queries));
  return path;
}

describe("infra-gym query", () => {
  it("shows a table of an instant, of the newest samples unless told otherwise", async () => {
    expect(await infraGym("query", "jobs_total", "--openmetrics", file)).toEqual({
      code: 0,
      out: [
        "series                value  time",
        "────────────────────  ─────  ────",
        'jobs_total{host="a"}    360   180',
        'jobs_total{host="b"}    120   180',
        "",
      ].join("\n"),
      err: "",
    });
    expect(
      (await infraGym("query", "jobs_total", "--openmetrics", file, "--at", "1970-01-01T00:01:00Z")).out,
    ).toContain(" 120    60\n");
    expect((await infraGym("query", "nothing", "--openmetrics", file)).out).toBe("(no series)\n");
    expect((await infraGym("query", "1 + 1", "--openmetrics", file, "--at", "0")).out).toBe("2\n");
  });

  it("draws a plot of a range, with each series' last value", async () => {
    const { out } = await infraGym("query", "jobs_total", "--openmetrics", file, "--range", "0,180,1m");
    const lines = out.split("\n");
    expect(lines[0]).toMatch(/^360 │ +•$/);
    expect(lines[11]).toMatch(/^ {2}0 │\+$/);
    expect(lines.slice(-4)).toEqual([
      expect.stringMatching(/^ {5}1970-01-01T00:00:00.000Z +1970-01-01T00:03:00.000Z$/),
      '• jobs_total{host="a"}  last 360',
      '+ jobs_total{host="b"}  last 120',
      "",
    ]);
    const odd = await infraGym("query", 'odd{kind="inf"}', "--openmetrics", file, "--range", "180,180,1");
    expect(odd.out).toBe('(no finite values)\n• odd{kind="inf"}  last +Inf\n');
  });

  it("asks an episode, where the variables of a step are known, and the profile makes a difference", async () => {
    const argv = [
      "sum(rate(infra_gym_offered_requests_total[$__step]))",
      "--env",
      "WebService-v0",
      "--steps",
      "10",
      "--json",
      "-",
    ];
    const three = JSON.parse((await infraGym("query", ...argv)).out);
    expect(schemaErrors("query", three)).toEqual([]);
    // One sample lies in (t - 60 s, t], which gives no rate; two lie in [t - 60 s, t].
    expect(three.data.result).toEqual([]);
    const two = JSON.parse((await infraGym("query", ...argv, "--profile", "prom2")).out);
    expect(Number(two.data.result[0].value[1])).toBeGreaterThan(0);
  });

  it("answers many queries in their order, one bad query or none", async () => {
    const queries = [
      { query: "jobs_total{host='a'}", time: 60 },
      { query: "jobs_total{", time: 60 },
      { query: "odd" },
      { query: "jobs_total[2m]", time: 120 },
      { query: '"text"', time: 0 },
      { query: "vector(1)", time: 0 },
      { query: 7 },
    ];
    const { code, out } = await infraGym(
      "query",
      "--queries",
      queriesFile(queries),
      "--openmetrics",
      file,
      "--profile",
      "prom2",
    );
    const answers = JSON.parse(out);
    expect(code).toBe(0);
    expect(schemaErrors("query", answers)).toEqual([]);
    expect(answers[0]).toEqual({
      resultType: "vector",
      result: [{ metric: { __name__: "jobs_total", host: "a" }, value: [60, "120"] }],
    });
    expect(answers[1]).toEqual({ error: "1:12: unexpected the end of the query. In: jobs_total{" });
    expect(answers[2].result.map(({ value }: { value: [number, string] }) => value[1])).toEqual([
      ...["+Inf", "-2.5e+30", "NaN", "1e-09", "-0"],
    ]);
    expect(answers.map(({ resultType }: { resultType?: string }) => resultType)).toEqual([
      ...["vector", undefined, "vector", "matrix", "string", "vector", undefined],
    ]);
    expect(answers[6]).toEqual({ error: 'Expected { "query": text, "time": seconds }, got {"query":7}.' });
  });

  it("asks a server, and shows its warnings", async () => {
    const server = await ScriptedServer.start();
    const result = { resultType: "scalar", result: [5, "7"] };
    server.script({ body: JSON.stringify({ status: "success", data: result, warnings: ["slow"], infos: ["hm"] }) });
    const ended = await infraGym("query", "7", "--server", server.url);
    server.script({ body: JSON.stringify({ status: "success", data: { version: "2.42.0" } }) });
    const refused = await infraGym("query", "7", "--server", server.url, "--profile", "prom3");
    server.script(
      { body: JSON.stringify({ status: "success", data: { version: "2.42.0" } }) },
      { body: JSON.stringify({ status: "success", data: result }) },
    );
    const argv = ["query", "7", "--server", server.url, "--profile", "prom3", "--allow-profile-mismatch"];
    const allowed = await infraGym(...argv);
    await server.close();
    expect(ended).toEqual({ code: 0, out: "7\n", err: "Warning: slow\nInfo: hm\n" });
    expect([refused.code, refused.err.split(":")[0]]).toEqual([1, "INFRA_GYM_PROFILE_MISMATCH"]);
    expect(allowed).toEqual({
      code: 0,
      out: "7\n",
      err: "Warning: the server is Prometheus 2.42.0 (prom2), not prom3\n",
    });
  });

  it.each([
    [[], "USAGE: Expected QUERY, such as 'sum(up)', which is missing. Add --help for all options."],
    [["up"], "USAGE: Expected one of --server URL, --openmetrics FILE and --env ENV, got 0."],
    [
      ["up", "--server", "http://a", "--env", "b"],
      "USAGE: Expected one of --server URL, --openmetrics FILE and --env ENV, got 2.",
    ],
    [
      ["up", "--openmetrics", "a", "--allow-profile-mismatch"],
      "USAGE: --allow-profile-mismatch is for servers. Add --server URL and --profile.",
    ],
    [["up", "--server", "http://a", "--seed", "1"], "USAGE: --seed is for episodes. Add --env ENV."],
    [
      ["up", "--openmetrics", "/nowhere"],
      "USAGE: Could not read /nowhere: ENOENT: no such file or directory, open '/nowhere'.",
    ],
    [
      ["up", "--at", "noon"],
      'USAGE: Expected --at to be seconds since 1970, or a date such as 2024-01-06T00:00:00Z, got "noon".',
    ],
    [
      ["up", "--range", "9,1,1"],
      'USAGE: Expected --range to be START,END,STEP with START at most END and STEP above 0, got "9,1,1".',
    ],
    [["up", "--range", "1,9,1", "--at", "1"], "USAGE: Expected --at or --range, got both. Leave one out."],
    [["up", "--queries", "a.json"], "USAGE: Expected QUERY or --queries, got both."],
    [
      ["--queries", "/nowhere"],
      "USAGE: Could not read the queries /nowhere: ENOENT: no such file or directory, open '/nowhere'.",
    ],
    [
      ["up", "--env", "WebService-v0", "--profile", "prom1"],
      'USAGE: Expected --profile to be one of prom2, prom3, got "prom1".',
    ],
  ])("refuses %j with exit code 2", async (argv, message) => {
    expect(await infraGym("query", ...argv)).toEqual({ code: 2, out: "", err: `INFRA_GYM_${message}\n` });
  });

  it("refuses a query and a file that cannot be read, with their places", async () => {
    const query = await infraGym("query", "rate(up)", "--openmetrics", file);
    expect([query.code, query.err]).toEqual([
      2,
      expect.stringMatching(/^INFRA_GYM_INVALID_QUERY: 1:6: rate\(\) needs /),
    ]);
    const broken = join(folder, "broken.om");
    writeFileSync(broken, 'a{b="c"');
    const text = await infraGym("query", "up", "--openmetrics", broken);
    expect(text).toEqual({
      code: 1,
      out: "",
      err: `INFRA_GYM_INVALID_EXPOSITION: ${broken}:1: the text ends in the middle of a line.\n`,
    });
    const wrong = await infraGym("query", "--queries", queriesFile({}), "--openmetrics", file);
    expect(wrong.err).toMatch(/^INFRA_GYM_USAGE: Expected .*queries\.json to hold an array of /);
  });
});

describe.skipIf(noPrometheus)(
  `infra-gym query against the real Prometheus${noPrometheus === undefined ? "" : `: ${noPrometheus}`}`,
  () => {
    let prometheus: RunningPrometheus;
    beforeAll(async () => {
      prometheus = await runPrometheus(metrics);
    }, 120_000);
    afterAll(() => prometheus?.stop());

    it("gets the same answers from the server as from the file", async () => {
      const queries = [
        "jobs_total",
        "odd",
        "rate(jobs_total[3m])",
        "jobs_total[2m]",
        "1/0",
        '"a"',
        "odd * 0",
        "count(odd)",
      ].flatMap((query) => [0, 60.5, 180].map((time) => ({ query, time })));
      const path = queriesFile(queries);
      const ours = await infraGym("query", "--queries", path, "--openmetrics", file, "--profile", "prom2");
      const theirs = await infraGym("query", "--queries", path, "--server", prometheus.url, "--profile", "prom2");
      expect([theirs.code, theirs.err]).toEqual([0, ""]);
      const sorted = (out: string) =>
        JSON.parse(out).map((answer: { resultType: string; result: { metric?: object }[] }) =>
          ["vector", "matrix"].includes(answer.resultType)
            ? {
                ...answer,
                result: [...answer.result].sort((a, b) =>
                  JSON.stringify(a.metric) < JSON.stringify(b.metric) ? -1 : 1,
                ),
              }
            : answer,
        );
      expect(sorted(ours.out)).toEqual(sorted(theirs.out));
    });

    it("takes in what run --openmetrics wrote", async () => {
      const episode = join(folder, "episode.om");
      await infraGym("run", "WebService-v0", "--steps", "3", "--openmetrics", episode);
      const loaded = await runPrometheus(readFileSync(episode, "utf8"));
      const argv = ["query", "sort(infra_gym_replicas)", "--at", "1704067260", "--json", "-"];
      const theirs = await infraGym(...argv, "--server", loaded.url);
      const ours = await infraGym(...argv, "--openmetrics", episode);
      await loaded.stop();
      expect(JSON.parse(theirs.out).data.result.length).toBe(5);
      expect(JSON.parse(ours.out).data.result.length).toBe(5);
    });
  },
);
