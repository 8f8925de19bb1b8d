/** Writes THIRD_PARTY_NOTICES: the packages needed at run time, with their licences. `--check` only compares. @module */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup.mjs";

/** Licences a run-time dependency may have. */
const allowed = [
  "MIT",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "0BSD",
  "BlueOak-1.0.0",
  "MPL-2.0",
  "Public Domain",
  "(MIT AND Zlib)",
];
const file = join(root, "THIRD_PARTY_NOTICES");
const rule = `\n${"-".repeat(100)}\n\n`;

/** The installed packages that are neither for development only nor optional, by name. */
function runtimePackages() {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return Object.entries(packages)
    .filter(([path, { dev, optional, devOptional }]) => path !== "" && !dev && !optional && !devOptional)
    .map(([path]) => readPackage(join(root, path)))
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const texts = readdirSync(folder)
    .filter((entry) => /^(licen[cs]e|notice|copying)/i.test(entry))
    .sort()
    .map((entry) => readFileSync(join(folder, entry), "utf8").replaceAll("\r\n", "\n").trim());
  return { name, version, license, texts };
}

function render(packages) {
  const head =
    "Third-party notices\n\ninfra-gym contains none of these packages; installing it installs them.\n" +
    "Written by `npm run notices` from package-lock.json.\n";
  const parts = packages.map(({ name, version, license, texts }) =>
    [`${name} ${version}\nLicence: ${license}`, ...texts].join("\n\n").concat("\n"),
  );
  return [head, ...parts].join(rule);
}

function main() {
  const packages = runtimePackages();
  const refused = packages.filter(({ license }) => !allowed.includes(license));
  for (const { name, version, license } of refused) {
    process.stderr.write(`${name} ${version}: expected a licence out of ${allowed.join(", ")}, got ${license}.\n`);
  }
  const text = render(packages);
  if (!process.argv.includes("--check")) {
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, "utf8") !== text) {
    process.stderr.write("THIRD_PARTY_NOTICES is out of date. Run `npm run notices`.\n");
    return 1;
  }
  return refused.length === 0 ? 0 : 1;
}

process.exitCode = main();
