import { describe, expect, it } from "vitest";
import { InvalidOptionError } from "../../src/errors.js";
import { rewardFromJson, rewardTermNames } from "../../src/reward/reward-json.js";
import type { RewardTerm } from "../../src/reward/reward-term.js";
import type { RewardTermJson } from "../../src/reward/sum-of-terms.js";

const every: RewardTermJson[] = [
  { name: "cost", function: "billedCost", options: {} },
  { name: "slowRequests", function: "slowRequestPenalty", options: { targetSeconds: 0.5, usdPerRequest: 1e-6 } },
  { name: "lost", function: "failedRequestPenalty", options: { usdPerRequest: 4e-6 } },
  {
    name: "availabilityCredit",
    function: "availabilityCredit",
    options: { usdPerMonth: 50, windowSeconds: 600, tiers: [{ below: 0.9, credit: 1 }] },
  },
  {
    name: "latencyCredit",
    function: "latencyCredit",
    options: { targetSeconds: 0.1, usdPerMonth: 50, windowSeconds: 600, tiers: [{ below: 0.9, credit: 1 }] },
  },
  {
    name: "saturatingLatency",
    function: "saturatingLatencyShare",
    options: { usdPerHour: 1, targetSeconds: 0.1, worstSeconds: 2, quantile: 0.99 },
  },
];

describe("rewardFromJson", () => {
  it("makes a reward again from its JSON", () => {
    const text = JSON.stringify(rewardFromJson(every));
    expect(JSON.parse(text)).toEqual(every);
    expect(JSON.stringify(rewardFromJson(JSON.parse(text)))).toBe(text);
  });

  it("knows every function of the library", () => {
    expect(every.map((entry) => entry.function)).toEqual(rewardTermNames());
  });

  it("fills in what is left out", () => {
    const reward = rewardFromJson([
      { function: "billedCost" },
      { function: "slowRequestPenalty", options: { usdPerRequest: 1 } },
    ]);
    expect(reward.toJSON()).toEqual([
      { name: "cost", function: "billedCost", options: {} },
      { name: "slowRequests", function: "slowRequestPenalty", options: { targetSeconds: 0.25, usdPerRequest: 1 } },
    ]);
  });

  it("takes functions of one's own", () => {
    const flat = ({ usd }: { usd: number }): RewardTerm => ({
      name: "flat",
      function: "flat",
      options: { usd },
      evaluate: () => -usd,
    });
    expect(rewardFromJson([{ function: "flat", options: { usd: 2 } }], { flat }).toJSON()).toEqual([
      { name: "flat", function: "flat", options: { usd: 2 } },
    ]);
  });

  it.each<[unknown, string]>([
    ["billedCost", 'Expected reward to be an array of { function, options }, got "billedCost" (string).'],
    [[], "Expected terms to be an array of at least one reward term, got [] (array)."],
    [[null], "Expected reward[0] to be an object { function, options }, got null."],
    [
      [{ function: "biledCost" }],
      'Expected reward[0].function to be a reward term (did you mean "billedCost"?), got "biledCost" (string).',
    ],
    [
      [{ function: "toString" }],
      `Expected reward[0].function to be a reward term (one of ${rewardTermNames().join(", ")}), got "toString" (string).`,
    ],
    [[{}], `Expected reward[0].function to be a reward term (one of ${rewardTermNames().join(", ")}), got undefined.`],
    [
      [{ function: "billedCost", option: {} }],
      'Expected reward[0] to be an object of name, function and options (did you mean "options"?), got "option" (string).',
    ],
    [[{ function: "billedCost", options: [] }], "Expected reward[0].options to be an object, got [] (array)."],
    [
      [{ function: "billedCost", options: { usd: 1 } }],
      'Expected reward[0].options to be an option of billedCost (there is none), got "usd" (string).',
    ],
    [
      [{ function: "slowRequestPenalty", options: { usdPerRequest: 1, targetSecond: 1 } }],
      'Expected reward[0].options to be an option of slowRequestPenalty (did you mean "targetSeconds"?), got "targetSecond" (string).',
    ],
    [
      [{ function: "billedCost" }, { function: "failedRequestPenalty" }],
      "Expected reward[1].options.usdPerRequest to be a finite number above 0 (USD), got undefined.",
    ],
    [
      [{ function: "billedCost", name: "" }],
      'Expected reward[0].name to be a letter, then letters, digits and underscores, got "" (string).',
    ],
    [
      [{ function: "billedCost" }, { function: "billedCost" }],
      'Expected terms to be terms of different names, got "cost" (string).',
    ],
  ])("refuses %j", (json, message) => {
    const make = () => rewardFromJson(json as RewardTermJson[]);
    expect(make).toThrow(InvalidOptionError);
    expect(make).toThrow(message);
  });
});
