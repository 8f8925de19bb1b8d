#!/usr/bin/env node
/** Starts the command line: everything else is in src/cli. @module */
import { existsSync } from "node:fs";

const main = new URL("../dist/cli/main.js", import.meta.url);

if (existsSync(main)) {
  const cli = await import(main.href);
  process.exitCode = await cli.main(process.argv.slice(2));
} else {
  process.stderr.write("infra-gym is not built: dist/cli/main.js is missing. Run `npm run build` first.\n");
  process.exitCode = 1;
}
