/** `npm run check:gymnasium -- FILE`: compares this library with a file of Gymnasium's draws and samples. @module */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root, setupOrExit } from "./setup.mjs";

const usage = "npm run check:gymnasium -- FILE   FILE is made by scripts/gymnasium-golden.py";

async function main([file, ...more]) {
  if (file === undefined || more.length > 0 || file === "--help") {
    (file === "--help" ? process.stdout : process.stderr).write(`${usage}\n`);
    return file === "--help" ? 0 : 2;
  }
  if (!existsSync(file)) {
    process.stderr.write(`There is no file ${JSON.stringify(file)}.\n${usage}\n`);
    return 2;
  }
  setupOrExit({ examples: true });
  const folder = join(root, "build", "test", "gymnasium");
  const { readGolden } = await import(pathToFileURL(join(folder, "golden-file.js")).href);
  const { checkGolden } = await import(pathToFileURL(join(folder, "check-golden.js")).href);
  const { passed, failures } = checkGolden(readGolden(file));
  for (const failure of failures) process.stdout.write(`${failure}\n`);
  process.stdout.write(`${passed} passed, ${failures.length} failed\n`);
  return failures.length === 0 && passed > 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
