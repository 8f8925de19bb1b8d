/** What the package rests on may be used, and is named. @module */
import { describe, expect, it } from "vitest";
import { readText, runNode } from "./repository.js";

describe("THIRD_PARTY_NOTICES", () => {
  it("is up to date, and every run-time dependency has an allowed licence", () => {
    expect(runNode(["scripts/notices.mjs", "--check"])).toMatchObject({ stderr: "", status: 0 });
  });
});

/** The optional packages of exact version that the lock file's packages name, and that it has no entry for. */
function forgottenPackages(): string[] {
  const { packages } = JSON.parse(readText("package-lock.json")) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  return Object.values(packages)
    .flatMap(({ optionalDependencies }) => Object.entries(optionalDependencies ?? {}))
    .filter(([name, version]) => /^\d/.test(version) && !(`node_modules/${name}` in packages))
    .map(([name]) => name);
}

describe("package-lock.json", () => {
  it("knows the packages for other systems, without which npm ci refuses it (npm run complete-lock)", () => {
    expect(forgottenPackages()).toEqual([]);
  });

  it("names no registry, so that it installs from any", () => {
    expect(readText("package-lock.json")).not.toMatch(/"resolved"|https?:\/\/[^"]*\.tgz/);
  });
});
