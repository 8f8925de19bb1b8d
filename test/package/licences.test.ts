/** What the package rests on may be used, and is named. @module */
import { describe, expect, it } from "vitest";
import { readText, runNode } from "./repository.js";

describe("THIRD_PARTY_NOTICES", () => {
  it("is up to date, and every run-time dependency has an allowed licence", () => {
    expect(runNode(["scripts/notices.mjs", "--check"])).toMatchObject({ stderr: "", status: 0 });
  });
});

describe("package-lock.json", () => {
  it("names no registry, so that it installs from any", () => {
    expect(readText("package-lock.json")).not.toMatch(/"resolved"|https?:\/\/[^"]*\.tgz/);
  });
});
