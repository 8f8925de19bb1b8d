/** `npm run bench -- [--json FILE] [--only NAME]`, and the same for `bench:cloud` and `bench:local`: measures what bench/*.ts declare. @module */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { describeMachine } from "./machine.mjs";
import { root, setupOrExit } from "./setup.mjs";

const usage =
  "npm run bench[:cloud|:local] -- [--json FILE] [--only NAME]   NAME is a figure, or the beginning of some: vector256";

/** The options, or undefined where the command line cannot be understood. */
function readOptions() {
  try {
    return parseArgs({
      options: {
        json: { type: "string" },
        only: { type: "string" },
        cloud: { type: "boolean", default: false },
        local: { type: "boolean", default: false },
        help: { type: "boolean" },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${error.message}\n${usage}\n`);
    return undefined;
  }
}

/** Benches that run by themselves: that of the cloud needs Terraform, that of the live plane takes minutes of wall time. */
const apart = ["cloud", "local"];
/** What belongs to one of them as well as to the rest. */
const shared = { cloud: ["emulator"] };

/** Every measurement that the files of bench/ declare in `measurements`. @param part - One of those apart, or undefined for the rest. */
async function loadMeasurements(part) {
  const all = readdirSync(join(root, "bench")).filter((file) => file.endsWith(".bench.ts"));
  const isOf = (names) => (file) => names.some((name) => file.startsWith(name));
  const files = all.filter(part === undefined ? (file) => !isOf(apart)(file) : isOf([part, ...(shared[part] ?? [])]));
  const loaded = [];
  for (const file of files.sort()) {
    const path = join(root, "build", "bench", file.replace(/\.ts$/, ".js"));
    loaded.push(...(await import(pathToFileURL(path).href)).measurements);
  }
  return loaded;
}

function isChosen(name, only) {
  return only === undefined || name === only || name.startsWith(`${only}.`);
}

function printMachine({ cpu, cores, memoryBytes, node, platform }) {
  const memory = `${(memoryBytes / 2 ** 30).toFixed(0)} GiB`;
  process.stdout.write(`${cpu}, ${cores} cores, ${memory}, Node ${node.slice(1)}, ${platform}\n\n`);
}

function printFigure({ name, value, unit }) {
  const shown = value.toLocaleString("en-US", { maximumSignificantDigits: 4 });
  process.stdout.write(`${name.padEnd(40)} ${shown.padStart(14)} ${unit}\n`);
}

async function main() {
  const options = readOptions();
  if (options === undefined) return 2;
  if (options.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  setupOrExit({ examples: true });
  const measurements = await loadMeasurements(apart.find((name) => options[name]));
  const chosen = measurements.filter(({ name }) => isChosen(name, options.only));
  if (chosen.length === 0) {
    const { suggestion } = await import("../dist/messages.js");
    const names = measurements.map(({ name }) => name);
    process.stderr.write(`No figure is called ${JSON.stringify(options.only)}. ${suggestion(options.only, names)}\n`);
    return 2;
  }
  const machine = describeMachine();
  printMachine(machine);
  const figures = [];
  for (const measurement of chosen) {
    if (measurement.skipped !== undefined) {
      process.stdout.write(`${measurement.name.padEnd(40)} skipped: ${measurement.skipped}\n`);
      continue;
    }
    figures.push(await measurement.run());
    printFigure(figures.at(-1));
  }
  if (options.json !== undefined) {
    mkdirSync(dirname(resolve(options.json)), { recursive: true });
    writeFileSync(options.json, `${JSON.stringify({ machine, figures }, null, 2)}\n`);
  }
  return 0;
}

process.exitCode = await main();
