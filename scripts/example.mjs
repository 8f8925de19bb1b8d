/** `npm run example -- NAME [arguments]`: builds and runs examples/NAME.ts; without a name, lists them. @module */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { root, setupOrExit } from "./setup.mjs";

const names = readdirSync(join(root, "examples"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => basename(file, ".ts"))
  .sort();
const [name, ...args] = process.argv.slice(2);

if (name === undefined) {
  process.stdout.write(`npm run example -- NAME [arguments]\n\n${names.map(describe).join("\n")}\n`);
} else if (!names.includes(name)) {
  setupOrExit();
  const { suggestion } = await import("../dist/messages.js");
  process.stderr.write(`No example is called ${JSON.stringify(name)}. ${suggestion(name, names)}\n`);
  process.exitCode = 2;
} else {
  setupOrExit({ examples: true });
  const { status } = spawnSync(process.execPath, [join(root, "build", "examples", `${name}.js`), ...args], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}

/** A line of the list: the name, and what the file's first comment says. */
function describe(example) {
  const first = readFileSync(join(root, "examples", `${example}.ts`), "utf8").split("\n", 1)[0] ?? "";
  const purpose = /^\/\*\* (.*?)(?: @module)? \*\/$/.exec(first)?.[1] ?? "";
  return `  ${example.padEnd(20)} ${purpose}`.trimEnd();
}
