/** The pages of the environments: the headings that all have, and tables that say what the definitions say. @module */
import { describe, expect, it } from "vitest";
import { filesBelow, readText, runNode } from "./repository.js";

const headings = [
  "Description",
  "Action space",
  "Observation space",
  "Reward",
  "Starting state",
  "How an episode ends",
  "Options",
  "Version history",
];

describe("docs/environments", () => {
  it.each(filesBelow("docs/environments", ".md"))("has the headings of every environment: %s", (page) => {
    const found = [...readText(page).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(found).toEqual(headings);
  });

  it("has tables that are up to date with the definitions, and days measured on them", () => {
    const { status, stderr } = runNode(["scripts/pages.mjs", "--check"]);
    expect(stderr).not.toMatch(/Run: npm run pages/);
    expect(status).toBe(0);
  });
});
