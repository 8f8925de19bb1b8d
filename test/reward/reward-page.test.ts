/** docs/reward.md tells what the code does. @module */
import { describe, expect, it } from "vitest";
import { AVAILABILITY_TIERS } from "../../src/reward/availability-credit.js";
import type { CreditTier } from "../../src/reward/credit-tiers.js";
import { LATENCY_TIERS } from "../../src/reward/latency-credit.js";
import { rewardFromJson, rewardTermNames } from "../../src/reward/reward-json.js";
import { readText } from "../package/repository.js";

const page = readText("docs/reward.md");

/** What a function is called with at least. */
const required: Readonly<Record<string, object>> = {
  slowRequestPenalty: { usdPerRequest: 1 },
  failedRequestPenalty: { usdPerRequest: 1 },
  availabilityCredit: { usdPerMonth: 1 },
  latencyCredit: { usdPerMonth: 1 },
  saturatingLatencyShare: { usdPerHour: 1 },
};

/** The first cells of the table's row of a function. */
function rowOf(maker: string): string[] {
  const row = page.split("\n").find((line) => line.startsWith(`| \`${maker}\` |`)) ?? "";
  return row.split("|").map((cell) => cell.trim());
}

const percent = (share: number) => `${Number((share * 100).toFixed(2))} %`;
const cells = (tier: CreditTier) => `${percent(tier.below)} | ${percent(tier.credit)}`;

describe("docs/reward.md", () => {
  it.each(rewardTermNames())("lists name, options and defaults of %s", (maker) => {
    const options = required[maker];
    const [term] = rewardFromJson([{ function: maker, ...(options && { options: { ...options } }) }]).toJSON();
    const [, , name, , defaults] = rowOf(maker);
    expect(name).toBe(`\`${term!.name}\``);
    for (const [option, value] of Object.entries(term!.options!)) {
      const isGiven = typeof value !== "number" || option in required[maker]!;
      expect(defaults).toContain(isGiven ? `\`${option}\`` : `\`${option}\` ${value}`);
    }
  });

  it("begins with a reward that can be made", () => {
    const [, json] = /```json\n(.*?)```/s.exec(page)!;
    expect(rewardFromJson(JSON.parse(json!)).terms.map(({ name }) => name)).toEqual([
      "cost",
      "slowRequests",
      "failedRequests",
    ]);
  });

  it("lists the tiers", () => {
    AVAILABILITY_TIERS.forEach((tier, k) => {
      expect(page).toContain(`| ${cells(tier)} | | ${cells(LATENCY_TIERS[k]!)} |`);
    });
  });
});
