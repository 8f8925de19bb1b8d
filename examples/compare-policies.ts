/** Policies against each other on the same arrivals, one of them written here. @module */
import type { Policy, PolicyInfo, PolicySpec } from "infra-gym/agents";
import { type MeanInterval, runBenchmark } from "infra-gym/benchmark";

/** Keeps droplets for the load there is, for what is announced, and for a reserve. */
class AnnouncementPolicy implements Policy {
  readonly name = "announcement";
  readonly kind = "rule";
  #spec: PolicySpec | undefined;

  bind(spec: PolicySpec): void {
    this.#spec = spec;
  }

  reset(): void {}

  act(_observation: unknown, info: PolicyInfo): unknown {
    const { arrivalRate = 0, announcedRate = 0 } = info.signals.replicas ?? {};
    const droplets = Math.ceil(1.4 * (arrivalRate + announcedRate) + 1) || 8;
    // Desired values by control, turned into an action of whatever mode the environment is in. Size 1 is the middle one.
    return this.#spec!.encode([Math.min(12, droplets), 1], info);
  }
}

const { results } = await runBenchmark({
  env: "WebService-v0",
  policies: ["static:6", "threshold:0.6", { name: "announcement", create: () => new AnnouncementPolicy() }],
  seeds: [0, 1, 2],
  workloads: ["day", "flash-crowd"],
});

const shown = ({ mean, low, high }: MeanInterval): string =>
  `${mean.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`.padEnd(24);

console.log(`${"policy".padEnd(16)}${"return, USD".padEnd(24)}machines, USD`);
for (const { name, return: total, costUsd } of results.policies) {
  console.log(`${name.padEnd(16)}${shown(total)}${shown(costUsd).trimEnd()}`);
}
