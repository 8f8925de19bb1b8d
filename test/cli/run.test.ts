import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.js";
import { parseExposition } from "../../src/metrics/index.js";
import { infraGym, KeepingTerminal } from "./command-line.js";
import { schemaErrors } from "./schema.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-run-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function runJson(...argv: string[]) {
  const { code, out, err } = await infraGym("run", ...argv, "--json", "-");
  expect(`${err}exit code ${code}`).toBe("exit code 0");
  return JSON.parse(out);
}

describe("infra-gym run", () => {
  it("shows a line per episode", async () => {
    const { code, out } = await infraGym("run", "WebService-v0", "--steps", "3", "--episodes", "2", "--seed", "8");
    expect(code).toBe(0);
    expect(out).toMatch(/^seed +return +cost USD +SLA violation % +p95 s +changes\n/);
    expect(out.match(/^\d+/gm)).toEqual(["8", "9"]);
  });

  it("writes every step as JSON that meets its schema", async () => {
    const run = await runJson("WebService-v0", "--policy", "random", "--seed", "3", "--steps", "20");
    expect(schemaErrors("run", run)).toEqual([]);
    expect(run).toMatchObject({
      env: "WebService-v0",
      seed: 3,
      backend: "simulated",
      policy: "random",
      workload: "day",
    });
    expect(Object.keys(run.components)).toEqual([
      ...["terraform", "provider", "prometheus", "loadBalancer", "load", "droplets"],
    ]);
    const [episode] = run.episodes;
    const sum = episode.steps.reduce((total: number, { reward }: { reward: number }) => total + reward, 0);
    expect(episode.steps).toHaveLength(20);
    expect(episode.return).toBe(sum);
  });

  it("meets the schema on three tiers, with continuous actions", async () => {
    const run = await runJson("ThreeTier-v0", "--policy", "random", "--control", "continuous", "--steps", "5");
    expect(schemaErrors("run", run)).toEqual([]);
  });

  it("gives the same bytes when run again", async () => {
    const argv = ["run", "WebService-v0", "--policy", "random", "--steps", "50", "--json", "-"];
    expect(await infraGym(...argv)).toEqual(await infraGym(...argv));
  });

  it("reads seeds of any size, and writes them as strings where a number is not exact", async () => {
    const run = await runJson("WebService-v0", "--seed", "18446744073709551616", "--steps", "1");
    expect(run.seed).toBe("18446744073709551616");
    expect(schemaErrors("run", run)).toEqual([]);
  });

  it("takes a duration instead of a number of steps", async () => {
    const run = await runJson("WebService-v0", "--for", "5m");
    expect(run.episodes[0].steps).toHaveLength(5);
  });

  it("writes a file into a folder that does not exist yet, and the table beside it", async () => {
    const file = join(folder, "new", "run.json");
    const { out } = await infraGym("run", "WebService-v0", "--steps", "2", "--json", file);
    expect(out).toContain("SLA violation %");
    expect(schemaErrors("run", JSON.parse(readFileSync(file, "utf8")))).toEqual([]);
  });

  it("says when a file cannot be written, with exit code 1", async () => {
    writeFileSync(join(folder, "taken"), "");
    const file = join(folder, "taken", "run.json");
    const { code, err } = await infraGym("run", "WebService-v0", "--steps", "1", "--json", file);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^INFRA_GYM_OUTPUT_FAILED: Could not write .*run\.json: E(EXIST|NOTDIR).* Choose another place\.\n$/,
    );
  });

  it("draws a progress bar for someone who looks on, and takes it away", async () => {
    const terminal = new KeepingTerminal(true);
    await main(["run", "WebService-v0", "--steps", "1", "--episodes", "2"], terminal);
    expect(terminal.messages).toBe(
      "\r\u001b[2K ████████████░░░░░░░░░░░░ 1/2  seed 0\r\u001b[2K ████████████████████████ 2/2  seed 1\r\u001b[2K",
    );
  });

  it("makes the header bold where colours are allowed only", async () => {
    const colored = new KeepingTerminal(false, true);
    await main(["run", "WebService-v0", "--steps", "1"], colored);
    const [header] = colored.output.split("\n");
    expect([header?.slice(0, 8), header?.slice(-12)]).toEqual(["\u001b[1mseed", "changes\u001b[22m"]);
    expect((await infraGym("run", "WebService-v0", "--steps", "1")).out).not.toContain("\u001b");
  });

  it.each([
    [[], "USAGE: Expected ENV, such as WebService-v0, which is missing. Add --help for all options."],
    [
      ["Web-Service-v0"],
      'ENV_NOT_FOUND: No environment is registered as "Web-Service-v0". Did you mean "WebService-v0"?',
    ],
    [
      ["Web Service"],
      'INVALID_ENV_ID: Expected an environment id such as "WebService-v0" or "my-lab/Web-v1", got "Web Service" (string).',
    ],
    [["WebService-v0", "extra"], 'USAGE: Did not expect "extra" after infra-gym run.'],
    [
      ["WebService-v0", "--policy", "treshold"],
      'POLICY_NOT_FOUND: No policy is called "treshold". Did you mean "threshold"?',
    ],
    [
      ["WebService-v0", "--workload", "dya"],
      'WORKLOAD_NOT_FOUND: No workload is called "dya", and no such file exists. Did you mean "day"?',
    ],
    [
      ["WebService-v0", "--workload", "day,ramp"],
      "USAGE: Expected one workload for run, got 2. Compare them with benchmark.",
    ],
    [["WebService-v0", "--seed", "-1"], 'USAGE: Expected --seed to be a seed: a non-negative integer, got "-1".'],
    [["WebService-v0", "--seed", "1.5"], 'USAGE: Expected --seed to be a seed: a non-negative integer, got "1.5".'],
    [["WebService-v0", "--steps", "-1"], 'USAGE: Expected --steps to be an integer of at least 1, got "-1".'],
    [["WebService-v0", "--episodes", "0"], 'USAGE: Expected --episodes to be an integer of at least 1, got "0".'],
    [
      ["WebService-v0", "--for", "90"],
      'USAGE: Expected --for to be a duration above 0 such as 90s, 5m or 2h, got "90".',
    ],
    [["WebService-v0", "--for", "2h", "--steps", "3"], "USAGE: Expected --steps or --for, got both. Leave one out."],
    [["WebService-v0", "--split", "tst"], 'USAGE: Expected --split to be one of train, test, got "tst".'],
    [
      ["WebService-v0", "--control", "deltas"],
      'USAGE: Expected --control to be one of delta, target, continuous, residual, got "deltas".',
    ],
    [["WebService-v0", "--gaps", "hold"], "USAGE: --gaps is for traces. Add --trace FILE.csv."],
    [
      ["WebService-v0", "--peak", "0", "--trace", "x.csv"],
      'USAGE: Expected --peak to be none, or requests per second above 0, got "0".',
    ],
  ])("refuses %j with exit code 2", async (argv, message) => {
    expect(await infraGym("run", ...argv)).toEqual({ code: 2, out: "", err: `INFRA_GYM_${message}\n` });
  });

  it("costs nothing by accident: a budget is asked for, and other commands have no account", async () => {
    expect((await infraGym("run", "WebService-v0", "--backend", "digitalocean")).err).toContain(
      "--backend digitalocean costs money. Say how much at most: --budget USD, such as --budget 5.",
    );
    expect((await infraGym("run", "WebService-v0", "--budget", "5")).err).toContain(
      "--budget goes with --backend digitalocean.",
    );
    const given = ["--backend", "digitalocean", "--budget", "5"];
    expect((await infraGym("run", "WebService-v0", ...given, "--runner-address", "here")).err).toContain(
      'Expected digitalocean.runnerAddress to be the IPv4 address of this machine, as the world sees it, got "here"',
    );
    expect((await infraGym("benchmark", "WebService-v0", "--backend", "digitalocean")).err).toContain(
      "This command has simulated and local.",
    );
  });

  it("scales a generator to a peak, for where no more may be sent", async () => {
    const run = await runJson("WebService-v0", "--workload", "steady", "--peak", "50", "--steps", "2");
    const [{ slo }] = run.episodes[0].steps;
    expect(Math.abs(slo.arrivals / 60 - 25)).toBeLessThan(2.5);
  });

  it("says which backends there are, with exit code 1", async () => {
    expect(await infraGym("run", "WebService-v0", "--backend", "moon")).toEqual({
      code: 1,
      out: "",
      err: 'INFRA_GYM_NOT_SUPPORTED: Backend "moon" is not supported. This command has simulated, local and digitalocean.\n',
    });
  });

  it("refuses options of local on another backend, with exit code 2", async () => {
    expect(await infraGym("run", "WebService-v0", "--time-scale", "6")).toEqual({
      code: 2,
      out: "",
      err: "INFRA_GYM_USAGE: --time-scale goes with --backend local.\n",
    });
  });

  it("says where a trace has a gap, with exit code 1, and fills it when told how", async () => {
    const file = join(folder, "gap.csv");
    const rows = Array.from({ length: 300 }, (_, k) => `${k * 300},${1_000 + k}`).filter((_, k) => k !== 7);
    writeFileSync(file, `time,requests\n${rows.join("\n")}\n`);
    const refused = await infraGym("run", "WebService-v0", "--trace", file);
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/^INFRA_GYM_INVALID_TRACE: .*gap\.csv:9: /);
    const run = await runJson("WebService-v0", "--trace", file, "--gaps", "hold", "--peak", "50", "--steps", "2");
    expect(run.workload).toBe("gap.csv");
  });
});

describe("infra-gym run with metrics", () => {
  it("writes the episode in OpenMetrics, the same bytes each time", async () => {
    const argv = ["run", "WebService-v0", "--steps", "2", "--openmetrics", "-"];
    const { code, out } = await infraGym(...argv);
    expect(code).toBe(0);
    const families = parseExposition(out, { format: "openmetrics" });
    const time = families.find(({ name }) => name === "infra_gym_time_seconds")!;
    expect(time.samples.map(({ value, timestampSeconds }) => value - timestampSeconds!)).toEqual([0, 0, 0]);
    expect((await infraGym(...argv)).out).toBe(out);
  });

  it("serves metrics while it runs, and stops then", async () => {
    const terminal = new KeepingTerminal();
    const argv = ["run", "WebService-v0", "--steps", "4", "--metrics-port", "0", "--pace", "0.2s"];
    const ended = main(argv, terminal);
    let address: string | undefined;
    while (address === undefined) {
      await new Promise((resolve) => setImmediate(resolve));
      address = /^Metrics at (.*)\n/.exec(terminal.messages)?.[1];
    }
    const text = await (await fetch(address)).text();
    expect(parseExposition(text, { format: "text" }).map(({ name }) => name)).toContain("http_requests_total");
    expect(await ended).toBe(0);
    await expect(fetch(address)).rejects.toThrow();
  });

  it.each([
    [["--pace", "1s"], "USAGE: --pace is for metrics that are served. Add --metrics-port P."],
    [["--metrics-port", "70000"], 'USAGE: Expected --metrics-port to be a port from 0 to 65535, got "70000".'],
    [
      ["--openmetrics", "a.om", "--episodes", "2"],
      "USAGE: Expected one episode for --openmetrics, got 2: their times would overlap.",
    ],
    [["--openmetrics", "-", "--json", "-"], "USAGE: Expected --json or --openmetrics to be -, got both."],
  ])("refuses %j with exit code 2", async (argv, message) => {
    const ended = await infraGym("run", "WebService-v0", ...argv);
    expect(ended).toEqual({ code: 2, out: "", err: `INFRA_GYM_${message}\n` });
  });
});
