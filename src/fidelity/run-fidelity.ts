/** The same policies, workload and seeds on several sides, and what differs. @module */
import type { SimulationOptions } from "../backends/simulation-options.js";
import type { SimulationProfile } from "../backends/simulation-profile.js";
import type { Seed } from "../rng.js";
import { compareSides } from "./compare.js";
import { fitBoot, fitDrain, fitPlumbing, fitWork, profileOf } from "./fit-profile.js";
import type { Journal } from "./journal.js";
import { type FidelityResults, type FidelityRun, figuresOf } from "./results.js";
import { recordSide, type Side } from "./side.js";
import type { EpisodeRecord } from "./step-record.js";

/** Opens a side; it is closed when its episodes are recorded. */
export interface SideOpener {
  /** The real plane, or what stands for it. */
  reference(): Promise<Side>;
  /** A simulated one. @param name - `simulated`, `requests`, … */
  simulated(name: string, simulation: SimulationOptions): Promise<Side>;
}

/** A time on a clock. */
export interface Deadline {
  /** The time now: of any clock that does not go back. Unit: seconds. */
  now(): number;
  /** Unit: seconds of that clock. */
  readonly at: number;
}

/** What is run, and on what. */
export interface FidelityOptions {
  readonly opener: SideOpener;
  /** What was run before is not run again. */
  readonly journal: Journal;
  readonly policies: readonly string[];
  readonly seeds: readonly Seed[];
  readonly steps: number;
  /** Seeds that a profile is fitted on; none to leave it out. */
  readonly calibrationSeeds: readonly Seed[];
  /** Policies that it is fitted on: several that add replicas, and several that remove some. @defaultValue those that are judged */
  readonly calibrationPolicies?: readonly string[];
  readonly calibrationSteps: number;
  /** A profile from before, where none is fitted. */
  readonly profile?: SimulationProfile;
  /** What the results say of the run besides. */
  readonly about: Omit<FidelityRun, "policies" | "seeds" | "steps" | "components">;
  /** Work of a request by the definition, by service. Unit: seconds. */
  readonly serviceTimeSeconds: Readonly<Record<string, number>>;
  /** Called after each episode. */
  readonly onProgress?: (progress: FidelityProgress) => void;
  /** After which no further seed is begun on the reference. @defaultValue never */
  readonly deadline?: Deadline;
}

/** How far a run is. */
export interface FidelityProgress {
  readonly done: number;
  readonly total: number;
  readonly side: string;
  readonly policy: string;
  readonly seed: string;
}

/** Policies on some seeds. */
interface Course {
  readonly policies: readonly string[];
  readonly seeds: readonly Seed[];
  readonly steps: number;
}

/**
 * Runs all of it: the reference first, seed by seed, so that what there is can be compared whenever it ends; then, in no time, the simulated
 * sides with the profile that was fitted.
 *
 * @throws PolicyNotFoundError, MissingSignalError, and what the environments throw
 */
export async function runFidelity(options: FidelityOptions): Promise<FidelityResults> {
  const { opener, about, policies, calibrationSeeds, calibrationSteps, steps, seeds } = options;
  const calibration: Course = {
    policies: options.calibrationPolicies ?? policies,
    seeds: calibrationSeeds,
    steps: calibrationSteps,
  };
  const judged: Course = { policies, seeds, steps };
  const recorder = new Recorder(options);
  const reference = await recorder.record(() => opener.reference(), [calibration, judged], about.reference);
  const [fitted, real] = reference;
  const simulate = async (name: string, simulation: SimulationOptions, course: Course): Promise<EpisodeRecord[]> => {
    const [episodes] = await recorder.record(() => opener.simulated(name, simulation), [course], name, false);
    return episodes!;
  };
  const { timeScale } = about;
  const likewise: SimulationOptions = about.reference === "local" ? { timeScale } : {};
  const profile =
    fitted!.length === 0 ? options.profile : await fitAll(options, fitted!, (s) => simulate("fitted", s, calibration));
  const calibrated = { ...likewise, ...(profile === undefined ? {} : { profile }) };
  const others: [string, SimulationOptions][] = [["simulated", calibrated]];
  if (about.reference !== "requests") {
    others.push(["requests", { ...calibrated, model: "requests" }], ["uncalibrated", {}]);
  }
  const sides = [];
  for (const [name, simulation] of others) {
    sides.push(compareSides(policies, real!, await simulate(name, simulation, judged)));
  }
  return {
    schema: 1,
    ...about,
    policies,
    seeds: [...new Set(real!.map(({ seed }) => seed))],
    steps,
    components: real![0]!.components,
    figures: sides.flatMap(figuresOf),
    sides,
    ...(profile === undefined ? {} : { profile }),
    meanLateSeconds: meanOf(real!.flatMap((episode) => episode.steps.map(({ lateSeconds }) => lateSeconds))),
  };
}

async function fitAll(
  { about, serviceTimeSeconds }: FidelityOptions,
  real: readonly EpisodeRecord[],
  simulate: (simulation: SimulationOptions) => Promise<EpisodeRecord[]>,
): Promise<SimulationProfile> {
  const { env, workload, timeScale, stepSeconds, reference } = about;
  const likewise: SimulationOptions = reference === "local" ? { timeScale } : {};
  const measured = {
    backend: reference,
    timeScale,
    workload,
    seeds: [...new Set(real.map(({ seed }) => seed))],
    steps: real.reduce((sum, { steps }) => sum + steps.length, 0),
  };
  const none = { value: 0, halfWidth: 0 };
  const work = fitWork(real, serviceTimeSeconds);
  const first = profileOf(env, measured, work, none, none, none);
  const simulated = await simulate({ ...likewise, profile: first });
  return profileOf(
    env,
    measured,
    work,
    fitPlumbing(real, simulated),
    fitBoot(real, simulated, stepSeconds),
    fitDrain(real, simulated, stepSeconds),
  );
}

/** How often an episode is begun again on a new plane. */
const MOST_LOSSES = 2;

/** Records episodes, unless the journal has them. */
class Recorder {
  readonly #options: FidelityOptions;
  readonly #total: number;
  #done = 0;

  constructor(options: FidelityOptions) {
    const { policies, calibrationPolicies = policies, seeds, calibrationSeeds, about } = options;
    this.#options = options;
    const sides = about.reference === "requests" ? 2 : 4;
    this.#total = policies.length * sides * seeds.length + 2 * calibrationPolicies.length * calibrationSeeds.length;
  }

  /** Records courses on one side, which is opened when it is needed. A seed is begun with all policies or not at all. */
  async record(
    open: () => Promise<Side>,
    courses: readonly Course[],
    name: string,
    isKept = true,
  ): Promise<EpisodeRecord[][]> {
    const { journal, deadline, about } = this.#options;
    let side: Side | undefined;
    try {
      const recorded: EpisodeRecord[][] = [];
      for (const { policies, seeds, steps } of courses) {
        const episodes: EpisodeRecord[] = [];
        for (const seed of seeds) {
          if (isKept && name === about.reference && episodes.length > 0 && isOver(deadline)) break;
          for (const policy of policies) {
            const known = isKept ? journal.find({ side: name, policy, seed: String(seed) }) : undefined;
            let episode = known;
            for (let losses = 0; episode === undefined; ) {
              side ??= await open();
              try {
                episode = await recordSide(side, { policy, seed, steps });
              } catch (error) {
                // A real plane may be lost, to a busy machine as well; a mistake in a name comes before any episode.
                if (side.backend.clock === "virtual" || ++losses > MOST_LOSSES) throw error;
                await side.env.close().catch(() => undefined);
                side = undefined;
              }
            }
            if (known === undefined && isKept) journal.add(episode);
            episodes.push({ ...episode, side: name });
            this.#tell(name, policy, String(seed));
          }
        }
        recorded.push(episodes);
      }
      return recorded;
    } finally {
      await side?.env.close();
    }
  }

  #tell(side: string, policy: string, seed: string): void {
    this.#done++;
    this.#options.onProgress?.({ done: this.#done, total: Math.max(this.#total, this.#done), side, policy, seed });
  }
}

function isOver(deadline: FidelityOptions["deadline"]): boolean {
  return deadline !== undefined && deadline.now() > deadline.at;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
