/**
 * `npm run setup:tfjs-node`: TensorFlow.js with its native backend, where its own installer cannot fetch the library it downloads.
 *
 * Everything comes from package registries: the packages from npm, and TensorFlow's library from the Python package `tensorflow-cpu`, which is a zip. The addon
 * is then compiled. About two minutes and 0.9 GB the first time; nothing is done where it works already. `package.json` and the lock file stay as they are:
 * a later `npm ci` takes it all away.
 * @module
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { npmCommand, root, setupOrExit } from "./setup.mjs";

/** The last one; it is built for TensorFlow 2.9 and runs with the library of 2.15. */
const TFJS = "4.22.0";
const TENSORFLOW = "2.15.1";
/** From this major version of Node on, most of its operations throw. */
const FIRST_NODE_WITHOUT = 23;
const addon = join(root, "node_modules", "@tensorflow", "tfjs-node");
const downloads = join(root, "build", "tfjs-node");

/** Two libraries, and the headers of TensorFlow's C interface with what they include. */
const UNPACK = `
import os, shutil, sys, zipfile
wheel, deps = sys.argv[1:]
libraries = ("tensorflow/libtensorflow_cc.so.2", "tensorflow/libtensorflow_framework.so.2")
headers = ("tensorflow/include/tensorflow/", "tensorflow/include/tsl/")
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if name in libraries:
            target = os.path.join(deps, "lib", os.path.basename(name))
        elif name.startswith(headers) and not name.endswith("/"):
            target = os.path.join(deps, "include", name.removeprefix("tensorflow/include/"))
        else:
            continue
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(name) as source, open(target, "wb") as file:
            shutil.copyfileobj(source, file)
`;

/** Why it cannot be had here. */
class Unavailable extends Error {}

setupOrExit();
try {
  if (works()) say("TensorFlow.js with its native backend works here already.");
  else {
    checkMachine();
    installPackages();
    fetchLibrary();
    compileAddon();
    if (!works()) throw new Unavailable("it was built, and fails to multiply two numbers");
    say("TensorFlow.js with its native backend works.");
  }
} catch (error) {
  if (!(error instanceof Unavailable)) throw error;
  say(`Not set up: ${error.message}.`);
  process.exitCode = 1;
}

/** One operation, in a process of its own: a broken addon may take the process with it. */
function works() {
  if (!existsSync(join(addon, "package.json"))) return false;
  const probe =
    'const tf = require("@tensorflow/tfjs-node"); process.exit(tf.matMul([[2]], [[3]]).dataSync()[0] === 6 ? 0 : 1);';
  const { status } = spawnSync(process.execPath, ["-e", probe], { cwd: root, stdio: "ignore", timeout: 120_000 });
  return status === 0;
}

function checkMachine() {
  const { platform, arch, versions } = process;
  if (platform !== "linux" || arch !== "x64") {
    throw new Unavailable(
      `the library is for linux x64, this is ${platform} ${arch}; there, npm install @tensorflow/tfjs-node fetches its own`,
    );
  }
  const major = Number(versions.node.split(".")[0]);
  if (major >= FIRST_NODE_WITHOUT)
    throw new Unavailable(`it needs a Node before ${FIRST_NODE_WITHOUT}, this is ${versions.node}`);
  for (const program of ["python3", "g++", "make"]) {
    if (spawnSync(program, ["--version"], { stdio: "ignore" }).status !== 0)
      throw new Unavailable(`${program} is missing`);
  }
  headers();
}

/** Where Node's headers are, as node-gyp wants it. */
function headers() {
  const places = [dirname(dirname(process.execPath)), "/usr"];
  const found = places.find((place) => existsSync(join(place, "include", "node", "node_api.h")));
  if (found === undefined)
    throw new Unavailable(`Node's headers are in none of ${places.map((place) => `${place}/include/node`).join(", ")}`);
  return found;
}

function installPackages() {
  const names = ["@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm", "@tensorflow/tfjs-node"];
  say(`Installing ${names.join(", ")} ${TFJS} beside the other packages …`);
  const wanted = names.map((name) => `${name}@${TFJS}`);
  // Without --save-prod npm leaves them out: they are optional peer dependencies of this package.
  const flags = ["--no-save", "--save-prod", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  const [command, args, options] = npmCommand(["install", ...flags, ...wanted]);
  run(command, args, "npm install", options);
}

function fetchLibrary() {
  const lib = join(addon, "deps", "lib");
  if (existsSync(join(lib, "libtensorflow.so")) && existsSync(join(addon, "deps", "include", "tsl"))) return;
  say(`Fetching tensorflow-cpu ${TENSORFLOW} (207 MB) …`);
  mkdirSync(downloads, { recursive: true });
  const platform = ["--only-binary=:all:", "--python-version", "3.11", "--platform", "manylinux_2_17_x86_64"];
  run(
    "python3",
    ["-m", "pip", "download", "--quiet", "--no-deps", ...platform, "-d", downloads, `tensorflow-cpu==${TENSORFLOW}`],
    "pip download",
  );
  const wheel = readdirSync(downloads).find((name) => name.endsWith(".whl"));
  if (wheel === undefined) throw new Unavailable("pip downloaded no wheel");
  say("Unpacking the library and its headers …");
  run("python3", ["-c", UNPACK, join(downloads, wheel), join(addon, "deps")], "unpacking");
  for (const [link, target] of [
    ["libtensorflow.so", "libtensorflow_cc.so.2"],
    ["libtensorflow_framework.so", "libtensorflow_framework.so.2"],
  ]) {
    rmSync(join(lib, link), { force: true });
    symlinkSync(target, join(lib, link));
  }
  rmSync(downloads, { recursive: true, force: true });
}

function compileAddon() {
  say("Compiling the addon (about a minute) …");
  const gyp = join(root, "node_modules", "@mapbox", "node-pre-gyp", "bin", "node-pre-gyp");
  run(process.execPath, [gyp, "install", "--build-from-source", `--nodedir=${headers()}`], "node-pre-gyp", {
    cwd: addon,
  });
}

/** Shows a program's output only where it fails. */
function run(command, args, what, options = {}) {
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    ...options,
  });
  if (status === 0) return;
  const last = `${stdout ?? ""}${stderr ?? ""}`.trimEnd().split("\n").slice(-20).join("\n");
  throw new Unavailable(`${what} failed (${error?.message ?? `exit code ${status}`})\n${last}\n`);
}

function say(text) {
  process.stderr.write(`${text}\n`);
}
