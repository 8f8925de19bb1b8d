/**
 * `npm run benchmark -- [--suite NAME,…|all] [--page] [--to DIR] [options of infra-gym benchmark --suite]`: runs suites, or what is missing of them, and writes
 * docs/benchmark.md with docs/results/SUITE.json and .html. `--page` writes the page alone; `--to` takes another folder than docs. @module
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describeMachine } from "./machine.mjs";
import { root, setupOrExit } from "./setup.mjs";

const suites = ["autoscaling-v0", "mix-v0", "tiers-v0"];
const given = process.argv.slice(2);
const isPageAlone = flag("--page");
const docs = resolve(option("--to") ?? join(root, "docs"));
const chosen = option("--suite") ?? suites[0];
const page = join(docs, "benchmark.md");

if (!isPageAlone) {
  setupOrExit();
  for (const suite of chosen === "all" ? suites : chosen.split(",")) run(suite);
}
writePage();

function flag(name) {
  const at = given.indexOf(name);
  if (at >= 0) given.splice(at, 1);
  return at >= 0;
}

function option(name) {
  const at = given.indexOf(name);
  return at < 0 ? undefined : given.splice(at, 2)[1];
}

/** Runs what is missing of a suite, in a folder of its own that is kept. */
function run(suite) {
  const out = option("--out") ?? join(root, "out", suite);
  const argv = [join(root, "bin", "infra-gym.js"), "benchmark", "--suite", suite, "--out", out, ...given];
  const { status } = spawnSync(process.execPath, argv, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
  mkdirSync(join(docs, "results"), { recursive: true });
  copyFileSync(join(out, "results.json"), resultsOf(suite));
  copyFileSync(join(out, "report.html"), resultsOf(suite).replace(/json$/, "html"));
  const { seconds } = JSON.parse(readFileSync(join(out, "times.json"), "utf8"));
  const file = join(docs, "results", "suite-times.json");
  const known = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  writeFileSync(file, `${JSON.stringify({ ...known, [suite]: { machine: describeMachine(), seconds } }, null, 2)}\n`);
}

function resultsOf(suite) {
  return join(docs, "results", `${suite}.json`);
}

/** Puts the tables of all suites that were run between the page's comments, where it has them. */
function writePage() {
  const source = existsSync(page) ? page : join(root, "docs", "benchmark.md");
  let text = readFileSync(source, "utf8");
  for (const suite of suites) {
    for (const [name, table] of Object.entries(tablesOf(suite))) {
      const place = new RegExp(`(<!-- table: ${suite} ${name} -->\\n)[\\s\\S]*?(<!-- end of table -->)`);
      const inside = table === "" ? "" : `\n${table}\n\n`;
      text = text.replace(place, (_, start, end) => `${start}${inside}${end}`);
    }
  }
  writeFileSync(page, text);
}

function tablesOf(suite) {
  if (!existsSync(resultsOf(suite))) {
    const made = `Not run yet: \`npm run benchmark -- --suite ${suite}\`.`;
    return { made, scores: "", tasks: "", shifted: "", cheaper: "", time: "" };
  }
  const found = JSON.parse(readFileSync(resultsOf(suite), "utf8"));
  return {
    made: madeLine(found),
    scores: scoreTable(found),
    tasks: taskTable(found),
    shifted: shiftedTable(found),
    cheaper: cheaperTable(found),
    time: timeLine(suite),
  };
}

function madeLine({ envs, workloads, seeds, calibration, training, policies, shiftFrom }) {
  const isMix = shiftFrom.includes("+");
  const partial = policies.filter(({ days }) => days.judged < days.all);
  const aim = isMix ? `the mix of ${shiftFrom.replaceAll("+", ", ")}` : "each workload";
  const also = training.beside === undefined ? "" : `, with ${training.beside.join(", ")} beside it`;
  const isTrained = policies.some(({ kind, days }) => kind === "trained" && days.judged > 0);
  const learners = isTrained
    ? `Learners: ${training.agents} agents for each environment and ${isMix ? "the mix" : "workload"}${also}, ${training.steps.toLocaleString("en-US")} steps each.`
    : "No learner was trained for these tables.";
  const lines = [
    `${envs.map((env) => `\`${env}\``).join(" and ")} on ${workloads.join(", ")}; ${seeds.length} test days of each. Rules were calibrated for ${aim}, on ${calibration.days} days for training, starting from ${calibration.draws} sets of options.`,
    learners,
    ...partial.map(({ name, days }) => `\`${name}\`: ${days.judged} of ${days.all} days judged, so it is not ranked.`),
  ];
  return lines.join("\n");
}

/** How long each phase took, and where. */
function timeLine(suite) {
  const file = join(docs, "results", "suite-times.json");
  const found = existsSync(file) ? JSON.parse(readFileSync(file, "utf8"))[suite] : undefined;
  if (found === undefined) return `\`${suite}\`: not measured.`;
  const words = {
    calibrate: "calibrating the rules",
    reference: "best statics and oracles",
    train: "training",
    judge: "judging",
  };
  const parts = Object.entries(found.seconds).map(([phase, seconds]) => `${words[phase]} ${Math.round(seconds)} s`);
  const { cpu, cores, node } = found.machine;
  return `\`${suite}\`, on ${cores} cores (${cpu}, Node ${node.slice(1)}): ${parts.join(", ")}.`;
}

function scoreTable({ envs, policies }) {
  const several = envs.length > 1 ? envs : [];
  const header = ["Policy", "Score", ...several.map((env) => `\`${env}\``), "On workloads it was not made for"];
  const rows = ranked(policies).map(({ name, score, byEnv, shifted }) => [
    `\`${name}\``,
    interval(score),
    ...several.map((env) => interval(byEnv[env])),
    interval(shifted),
  ]);
  return table(header, rows);
}

function taskTable({ references, policies }) {
  const all = ranked(policies);
  const header = ["Task", "Best static", "Oracle", ...all.map(({ name }) => `\`${name}\``)];
  const rows = references.flatMap(({ env, workload, staticReturns, oracleReturns }) => {
    const tasks = all.map((policy) => policy.tasks.find((task) => isOwn(task, env, workload)));
    if (tasks.length > 0 && tasks.every((task) => task === undefined)) return [];
    const scores = tasks.map((task) => task.score.value);
    return [[`\`${env}\` ${workload}`, usd(mean(staticReturns)), usd(mean(oracleReturns)), ...bold(scores)]];
  });
  return table(header, rows);
}

function shiftedTable({ policies }) {
  const all = ranked(policies);
  const shifted = all.flatMap(({ tasks }) => tasks).filter((task) => !isOwn(task, task.env, task.workload));
  const labels = [...new Set(shifted.map(({ env, workload }) => `\`${env}\` ${workload}`))];
  const rows = labels.map((label) => {
    const scores = all.map(
      ({ tasks }) =>
        tasks.find((task) => `\`${task.env}\` ${task.workload}` === label && !isOwn(task, task.env, task.workload))
          ?.score.value ?? Number.NaN,
    );
    return [label, ...bold(scores)];
  });
  return table(["Task", ...all.map(({ name }) => `\`${name}\``)], rows);
}

function isOwn(task, env, workload) {
  return task.env === env && task.workload === workload && task.madeFor.split("+").includes(workload);
}

/** Scores as text, the best in bold. */
function bold(scores) {
  const best = Math.max(...scores.filter((score) => !Number.isNaN(score)));
  return scores.map((score) => {
    if (Number.isNaN(score)) return "–";
    return score === best ? `**${score.toFixed(2)}**` : score.toFixed(2);
  });
}

function cheaperTable({ differences, policies, envs }) {
  const [best, ...others] = ranked(policies);
  const rows = others.map(({ name }) => [
    `\`${name}\``,
    ...envs.map((env) => {
      const { share } = differences.find((pair) => pair.policy === best.name && pair.than === name && pair.env === env);
      return `${percent(share.mean)} [${percent(share.low)}, ${percent(share.high)}]`;
    }),
  ]);
  return table([`\`${best?.name}\` is cheaper than`, ...envs.map((env) => `in \`${env}\``)], rows);
}

function ranked(policies) {
  return policies.filter(({ score }) => score !== null).sort((a, b) => b.score.value - a.score.value);
}

function interval(estimate) {
  if (estimate == null) return "–";
  return `${estimate.value.toFixed(3)} [${estimate.low.toFixed(3)}, ${estimate.high.toFixed(3)}]`;
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function usd(value) {
  return value.toFixed(2).replace("-", "−");
}

function percent(share) {
  return `${(100 * share).toFixed(1)} %`.replace("-", "−");
}

function table(header, rows) {
  return [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
