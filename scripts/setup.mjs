/** Brings a clone into working order: packages installed, sources built. Quick when nothing is missing. @module */
import { spawnSync } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** A command of set-up that failed; its output has been shown. */
export class SetupError extends Error {}

/**
 * Installs and builds what is missing or out of date.
 *
 * @param {{ examples?: boolean, force?: boolean }} [options] `examples` also compiles examples/ and bench/; `force` builds in any case.
 */
export function setup({ examples = false, force = false } = {}) {
  checkNode();
  findCache();
  install();
  buildWebAssembly(force);
  build(force);
  if (examples) buildExamples(force);
}

/** Runs a set-up's body; a failed command ends the process with exit code 1 and without a stack trace. */
export function setupOrExit(options) {
  try {
    setup(options);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** The file a package's command starts with, to be run by Node itself: works alike on every system. */
export function commandFile(name, command = name) {
  const folder = join(root, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}

/** Arguments for `spawn` that start npm: the npm that called us where there is one. */
export function npmCommand(args) {
  const npm = process.env.npm_execpath;
  if (npm !== undefined && /npm-cli\.c?js$/.test(npm)) return [process.execPath, [npm, ...args], {}];
  return ["npm", args, { shell: process.platform === "win32" }];
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new SetupError(`Expected Node 20.19 or later, got ${process.versions.node}. Install a newer Node.`);
}

/** Where the user has no home to write to, npm keeps its cache in the clone. */
function findCache() {
  const cache = process.env.npm_config_cache ?? join(homedir(), ".npm");
  if (!isWritable(existsSync(cache) ? cache : dirname(cache)))
    process.env.npm_config_cache = join(root, "build", "npm");
}

function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function install() {
  const missing = missingPackage();
  if (missing === undefined) return;
  say(`Installing packages (${missing}) …`);
  const [command, args, options] = npmCommand(["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  run(command, args, { ...options, what: "npm ci" });
}

/** Why packages must be installed, or undefined where node_modules holds what the lock file asks for. */
function missingPackage() {
  const installedLock = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedLock)) return "node_modules is missing";
  const installed = JSON.parse(readFileSync(installedLock, "utf8")).packages ?? {};
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  for (const [path, { version, optional, link }] of Object.entries(wanted)) {
    if (path === "" || optional || link) continue;
    if (installed[path]?.version !== version) return `${path} ${version} is missing`;
    if (!existsSync(join(root, path, "package.json"))) return `${path} is incomplete`;
  }
  return undefined;
}

/** What is written in AssemblyScript comes first: its bytes are a source of the rest. */
function buildWebAssembly(force) {
  const inputs = ["assembly", "scripts/webassembly.mjs", "node_modules/.package-lock.json"];
  const stamp = join(root, "build", "wasm.stamp");
  if (!force && existsSync(join(root, "src", "wasm")) && isNewer(stamp, inputs)) return;
  say("Building WebAssembly …");
  marked(stamp, () => run(process.execPath, [join(root, "scripts", "webassembly.mjs")], { what: "webassembly.mjs" }));
}

function build(force) {
  const inputs = ["src", "package.json", "tsconfig.json", "tsconfig.build.json", "node_modules/.package-lock.json"];
  const stamp = join(root, "build", "dist.stamp");
  if (!force && existsSync(join(root, "dist", "index.js")) && isNewer(stamp, inputs)) return;
  say("Building …");
  compile("tsconfig.build.json", stamp);
  removeOrphans(join(root, "dist"), join(root, "src"));
}

function buildExamples(force) {
  const inputs = [
    "examples",
    "bench",
    "test/gymnasium",
    "dist",
    "package.json",
    "tsconfig.json",
    "tsconfig.examples.json",
  ];
  const stamp = join(root, "build", "examples.stamp");
  if (!force && isNewer(stamp, inputs)) return;
  say("Building the examples …");
  compile("tsconfig.examples.json", stamp);
}

function compile(project, stamp) {
  marked(stamp, () =>
    run(process.execPath, [commandFile("typescript", "tsc"), "-p", project], { what: `tsc -p ${project}` }),
  );
}

/** Builds, then marks the moment before it: what changes meanwhile is built again the next time. */
function marked(stamp, build) {
  const started = new Date();
  build();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, "");
  utimesSync(stamp, started, started);
}

/** Whether a stamp is newer than every file and folder among the inputs; a deleted file shows in its folder. */
function isNewer(stamp, inputs) {
  if (!existsSync(stamp)) return false;
  const time = statSync(stamp).mtimeMs;
  return inputs.every((input) => newestTime(join(root, input)) <= time);
}

function newestTime(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestTime(join(path, name))), stat.mtimeMs);
}

/** Deletes compiled files whose source is gone, so that nothing old is packed or imported. */
function removeOrphans(compiled, source) {
  for (const entry of readdirSync(compiled, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const original = relative(compiled, path).replace(/(\.d\.ts|\.js)(\.map)?$/, ".ts");
    if (original.endsWith(".ts") && !existsSync(join(source, original))) rmSync(path);
  }
}

function run(command, args, { what, ...options }) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], ...options });
  if (error !== undefined) throw new SetupError(`Could not run ${what}: ${error.message}.`);
  if (status !== 0) throw new SetupError(`${what} failed (exit code ${status}); its output is above.`);
}

function say(message) {
  process.stderr.write(`${message}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  setupOrExit({ force: process.argv.includes("--force"), examples: process.argv.includes("--examples") });
}
