/** `npm run benchmark`: the suite autoscaling-v0, or what is missing of it, and docs/benchmark.md from what was found. `-- --page` writes the page alone. @module */
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, setupOrExit } from "./setup.mjs";

const results = join(root, "docs", "results", "autoscaling-v0.json");
const page = join(root, "docs", "benchmark.md");
const given = process.argv.slice(2);

if (!given.includes("--page")) run();
if (existsSync(results)) writePage(JSON.parse(readFileSync(results, "utf8")));

function run() {
  setupOrExit();
  const out = join("out", "autoscaling-v0");
  const argv = [join(root, "bin", "infra-gym.js"), "benchmark", "--suite", "autoscaling-v0", "--out", out, ...given];
  const { status } = spawnSync(process.execPath, argv, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
  mkdirSync(join(root, "docs", "results"), { recursive: true });
  copyFileSync(join(root, out, "results.json"), results);
  copyFileSync(join(root, out, "report.html"), results.replace(/json$/, "html"));
}

function writePage(found) {
  const tables = {
    scores: scoreTable(found),
    tasks: taskTable(found),
    shifted: shiftedTable(found),
    cheaper: cheaperTable(found),
  };
  const text = readFileSync(page, "utf8");
  const updated = Object.entries({ ...tables, made: madeLine(found) }).reduce(
    (before, [name, table]) =>
      before.replace(
        new RegExp(`(<!-- table: ${name} -->\n)[\\s\\S]*?(<!-- end of table -->)`),
        (_, start, end) => `${start}\n${table}\n\n${end}`,
      ),
    text,
  );
  writeFileSync(page, updated);
}

function madeLine({ envs, workloads, seeds, calibration, training, policies }) {
  const partial = policies.filter(({ days }) => days.judged < days.all);
  const lines = [
    `${envs.map((env) => `\`${env}\``).join(" and ")} on ${workloads.join(", ")}; ${seeds.length} test days of each. Rules were calibrated on ${calibration.days} days for training, starting from ${calibration.draws} sets of options.`,
    ...(policies.some(({ kind, days }) => kind === "trained" && days.judged > 0)
      ? [
          `Learners: ${training.agents} agents for each environment and workload, ${training.steps.toLocaleString("en-US")} steps each.`,
        ]
      : ["No learner was trained for these tables."]),
    ...partial.map(({ name, days }) => `\`${name}\`: ${days.judged} of ${days.all} days judged, so it is not ranked.`),
  ];
  return lines.join("\n");
}

function scoreTable({ envs, policies }) {
  const header = ["Policy", "Score", ...envs.map((env) => `\`${env}\``), "On workloads it was not made for"];
  const rows = ranked(policies).map(({ name, score, byEnv, shifted }) => [
    `\`${name}\``,
    interval(score),
    ...envs.map((env) => interval(byEnv[env])),
    interval(shifted),
  ]);
  return table(header, rows);
}

function taskTable({ references, policies }) {
  const all = ranked(policies);
  const header = ["Task", "Best static", "Oracle", ...all.map(({ name }) => `\`${name}\``)];
  const rows = references.map(({ env, workload, staticReturns, oracleReturns }) => {
    const scores = all.map((policy) => scoreOn(policy, env, workload, workload));
    const best = Math.max(...scores);
    const cells = scores.map((score) => (score === best ? `**${score.toFixed(2)}**` : score.toFixed(2)));
    return [`\`${env}\` ${workload}`, usd(mean(staticReturns)), usd(mean(oracleReturns)), ...cells];
  });
  return table(header, rows);
}

function shiftedTable({ references, policies, shiftFrom }) {
  const all = ranked(policies);
  const rows = references
    .filter(({ workload }) => workload !== shiftFrom)
    .map(({ env, workload }) => [
      `\`${env}\` ${workload}`,
      ...all.map((policy) => scoreOn(policy, env, workload, shiftFrom)?.toFixed(2) ?? "–"),
    ]);
  return table(["Task", ...all.map(({ name }) => `\`${name}\``)], rows);
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

function scoreOn({ tasks }, env, workload, madeFor) {
  return tasks.find((task) => task.env === env && task.workload === workload && task.madeFor === madeFor)?.score.value;
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
