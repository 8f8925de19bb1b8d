/** What a fidelity run found, as its JSON file holds it. @module */
import type { SimulationProfile } from "../backends/simulation-profile.js";
import type { SideComparison } from "./compare.js";

/** One number of the file, as `npm run bench` writes them. */
export interface FidelityFigure {
  /** Dotted and stable, such as `fidelity.p95RelativeError`. */
  readonly name: string;
  readonly value: number | null;
  readonly unit: string;
}

/** What was run. */
export interface FidelityRun {
  readonly env: string;
  readonly workload: string;
  readonly split: string;
  readonly policies: readonly string[];
  /** As text: seeds may be larger than JSON's numbers. */
  readonly seeds: readonly string[];
  /** Steps of an episode. */
  readonly steps: number;
  readonly stepSeconds: number;
  /** What the others are compared with: `local`, or `requests` where no real plane is wanted. */
  readonly reference: string;
  readonly timeScale: number;
  /** Software that the reference ran on, by part. */
  readonly components: Readonly<Record<string, string>>;
}

/** The result. */
export interface FidelityResults extends FidelityRun {
  /** Version of this format. */
  readonly schema: 1;
  /** Those of the side `simulated`, by name; then those of the others. */
  readonly figures: readonly FidelityFigure[];
  /** `simulated` first; then what helps to explain it. */
  readonly sides: readonly SideComparison[];
  /** What was fitted beforehand; absent where nothing was. */
  readonly profile?: SimulationProfile;
  /** Mean over the reference's steps of how late they were. Unit: seconds. */
  readonly meanLateSeconds: number;
}

/** The figures of a side: means over the policies of the errors' sizes, and the ranking. */
export function figuresOf({
  side,
  policies,
  pairs,
  bands,
  kendallTau,
  pairsToldApart,
}: SideComparison): FidelityFigure[] {
  const prefix = side === "simulated" ? "fidelity" : `fidelity.${side}`;
  const mean = (of: (policy: (typeof policies)[number]) => number): number => {
    return meanOf(policies.map((policy) => Math.abs(of(policy))));
  };
  const worst = (of: (policy: (typeof policies)[number]) => number): number =>
    Math.max(...policies.map((policy) => Math.abs(of(policy))).filter(Number.isFinite));
  const figure = (name: string, value: number, unit = "ratio"): FidelityFigure => ({
    name: `${prefix}.${name}`,
    value: Number.isFinite(value) ? value : null,
    unit,
  });
  return [
    figure(
      "utilizationRelativeError",
      mean(({ errors }) => errors.utilization),
    ),
    figure(
      "meanLatencyRelativeError",
      mean(({ errors }) => errors.meanSeconds),
    ),
    figure(
      "p95RelativeError",
      mean(({ moderate }) => moderate.p95Seconds),
    ),
    figure(
      "p95WorstRelativeError",
      worst(({ moderate }) => moderate.p95Seconds),
    ),
    figure(
      "p95OverallRelativeError",
      mean(({ errors }) => errors.p95Seconds),
    ),
    figure(
      "stepP95RelativeError",
      mean(({ errors }) => errors.stepP95Seconds),
    ),
    figure(
      "rawStepP95RelativeError",
      mean(({ errors }) => errors.rawStepP95Seconds),
    ),
    figure(
      "errorRateDifference",
      mean(({ errors }) => errors.errorRate),
    ),
    figure(
      "costRelativeError",
      mean(({ errors }) => errors.costUsd),
    ),
    figure(
      "rewardRelativeError",
      mean(({ errors }) => errors.rewardPerStep),
    ),
    figure(
      "episodeRewardRelativeError",
      meanOf(
        policies.flatMap(({ episodeRewards }) =>
          episodeRewards.map(({ reference, side }) => Math.abs((side - reference) / reference)),
        ),
      ),
    ),
    figure("kendallTau", kendallTau, "τ"),
    figure("pairsToldApart", pairsToldApart, `of ${pairs.length}`),
    ...bands.flatMap(({ from, to, reference, errors }) => {
      const name = `rho${Math.round(100 * from)}${to === null ? "up" : `to${Math.round(100 * to)}`}`;
      return [
        figure(`${name}.steps`, reference.steps, "steps"),
        figure(`${name}.meanLatencyRelativeError`, Math.abs(errors.meanSeconds)),
        figure(`${name}.p95RelativeError`, Math.abs(errors.p95Seconds)),
      ];
    }),
  ];
}

/** The mean of those that are known. */
function meanOf(values: readonly number[]): number {
  const known = values.filter(Number.isFinite);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
