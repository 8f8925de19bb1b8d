/** `npm run pages`: what the documents show of the library, brought up to date: tables of docs/environments, README's output. @module */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root, setupOrExit } from "./setup.mjs";

const resultsFile = join(root, "docs", "results", "difficulty.json");
/** `--tables` measures nothing and takes the days measured before; `--check` writes nothing either, and says what is out of date. */
const only = process.argv[2];

setupOrExit({ examples: true });
const { threeTierDefinition, webServiceDefinition } = await import("../dist/envs/index.js");
const { hashOf, measureDifficulty } = await import("./difficulty.mjs");
const pages = {
  "WebService-v0": { file: "web-service.md", define: webServiceDefinition },
  "ThreeTier-v0": { file: "three-tier.md", define: threeTierDefinition },
};

if (only === undefined) await measure();
const results = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, "utf8")) : { environments: [] };
const complaints = [...Object.entries(pages).flatMap(([id, page]) => bringPageUpToDate(id, page)), ...showQuickstart()];
if (complaints.length > 0) {
  process.stderr.write(`${complaints.join("\n")}\n`);
  process.exitCode = 1;
}

async function measure() {
  const define = Object.fromEntries(Object.entries(pages).map(([id, { define: definition }]) => [id, definition]));
  const measured = await measureDifficulty(define, (line) => process.stderr.write(`${line}\n`));
  mkdirSync(join(root, "docs", "results"), { recursive: true });
  writeFileSync(resultsFile, `${JSON.stringify(measured, null, 2)}\n`);
}

/** Writes one page's tables; with --check, says what would change. */
function bringPageUpToDate(id, { file, define }) {
  const definition = define();
  const difficulty = results.environments.find(({ env }) => env === id);
  const tables = {
    actions: actionTable(definition),
    observations: observationTable(definition),
    start: startTable(definition),
    difficulty: difficulty === undefined ? "Not measured." : difficultyTable(difficulty),
  };
  const path = join(root, "docs", "environments", file);
  const page = readFileSync(path, "utf8");
  const updated = Object.entries(tables).reduce(
    (text, [name, table]) =>
      text.replace(
        new RegExp(`(<!-- table: ${name} -->\n)[\\s\\S]*?(<!-- end of table -->)`),
        (_, start, end) => `${start}\n${table}\n\n${end}`,
      ),
    page,
  );
  const complaints = replaceFile(path, page, updated);
  if (only === "--check" && difficulty?.definition !== hashOf(definition)) {
    complaints.push(`docs/results/difficulty.json was measured on another ${id}. Run: npm run pages`);
  }
  return complaints;
}

/** README's second code block is what its first one prints. */
function showQuickstart() {
  const { stdout } = spawnSync(process.execPath, [join(root, "build", "examples", "quickstart.js")], {
    encoding: "utf8",
  });
  const path = join(root, "README.md");
  const readme = readFileSync(path, "utf8");
  return replaceFile(
    path,
    readme,
    readme.replace(/(\n```\n\n```\n).*?(```\n)/s, (_, start, end) => start + stdout + end),
  );
}

/** Writes a file that changed; with --check, says so instead. */
function replaceFile(path, present, updated) {
  if (updated === present) return [];
  if (only === "--check") return [`${relative(root, path)} is out of date. Run: npm run pages -- --tables`];
  writeFileSync(path, updated);
  return [];
}

function actionTable({ controls }) {
  const rows = controls.map(({ name, target, attribute, domain, ...control }, index) => {
    const isCount = !("values" in domain);
    const values = isCount ? `${domain.min} … ${domain.max}` : domain.values.map((value) => `\`${value}\``).join(", ");
    const size = isCount ? domain.max - domain.min + 1 : domain.values.length;
    const { maxDelta = isCount ? 4 : 1, residual = isCount ? [-2, 6] : [-1, 1] } = control;
    const delta = `${2 * maxDelta + 1} (−${maxDelta} … +${maxDelta})`;
    const correction = `${residual[1] - residual[0] + 1} (${signed(residual[0])} … ${signed(residual[1])})`;
    return [index, `\`${name}\``, `\`${target}.${attribute}\``, values, delta, size, correction];
  });
  const header = ["Index", "Control", "Sets", "Values", "In mode `delta`", "In mode `target`", "In mode `residual`"];
  return table(header, rows);
}

function observationTable({ features }) {
  const rows = features.map(({ name, unit, low, high, transform }, index) => {
    const shown = transform === "log1p" ? `log(1 + ${unit})` : unit;
    return [index, `\`${name}\``, shown, signed(low), signed(high)];
  });
  return table(["Index", "Name", "Unit", "Min", "Max"], rows);
}

function startTable({ controls, graph }) {
  const rows = controls.map(({ name, target, attribute }) => [`\`${name}\``, graph.get(target).attributes[attribute]]);
  return table(["Control", "At the start"], rows);
}

function difficultyTable({ workloads }) {
  return workloads
    .map(({ workload, rows }) => {
      const cells = rows.map((row) => [
        row.policy,
        row.setting,
        interval(row.return, 2),
        row.costUsd.mean.toFixed(2),
        (100 * row.slaViolation.mean).toFixed(2),
      ]);
      return `Workload \`${workload}\`:\n\n${table(["Policy", "Setting", "Return, USD a day", "Machines, USD", "Late or lost, %"], cells)}`;
    })
    .join("\n\n");
}

function interval({ mean, low, high }, digits) {
  const [a, b, c] = [mean, low, high].map((value) => value.toFixed(digits).replace("-", "−"));
  return `${a} [${b}, ${c}]`;
}

function signed(value) {
  return String(value).replace("-", "−");
}

function table(header, rows) {
  return [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
