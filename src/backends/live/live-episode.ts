/** One episode of a local world: its load, its books, its queries. @module */
import { setTimeout as sleep } from "node:timers/promises";
import type { Place } from "../../emulator/data-plane/droplet-process.js";
import { LocalWorldError } from "../../errors.js";
import { profileOf } from "../../loadgen/runner/load-options.js";
import { LoadRunner } from "../../loadgen/runner/load-runner.js";
import { KNOT_SECONDS } from "../../loadgen/workload.js";
import type { LiveQueries } from "../../metrics/client/live-queries.js";
import { substituteVariables } from "../../metrics/promql/query-text.js";
import type { StepMeasurement } from "../../reward/reward-term.js";
import type { Episode, World } from "../backend.js";
import type { CheckedLocalOptions } from "../local/local-options.js";
import type { LocalWorld } from "../local/local-world.js";
import { type ClientCounts, LiveMeasurement, NO_COUNTS, readClientCounts } from "./client-counts.js";
import type { ModelClock } from "./model-clock.js";
import type { WorldBooks } from "./world-books.js";

/** Connections of the load. */
const CONNECTIONS = 1024;
/** The load goes on after the series' end, at its last rate. Unit: seconds. */
const AFTER_END = 3600;
/** How long the first scrape of an episode may take. Unit: seconds. */
const SCRAPE_PATIENCE = 15;
/** Between two looks at whether something was scraped. Unit: milliseconds. */
const LOOK_EVERY = 25;

/** What an episode is made from. */
export interface LiveEpisodeOptions {
  readonly world: World;
  readonly options: CheckedLocalOptions;
  readonly local: LocalWorld;
  readonly books: WorldBooks;
  readonly clock: ModelClock;
  readonly episode: Episode;
  /** Number of the episode in this world, from 0. */
  readonly number: number;
}

/** An episode from its first scrape on. */
export class LiveEpisode {
  readonly queries: LiveQueries;
  /** Where the load's metrics are. */
  readonly loadMetrics: string;
  /** How late the last step ended. Unit: seconds of model time. */
  lateSeconds = 0;
  readonly #options: LiveEpisodeOptions;
  readonly #load: LoadRunner;
  readonly #measurement = new LiveMeasurement();
  #deadline: number;
  #before: { readonly counts: ClientCounts; readonly usd: number; readonly at: number };
  #after: { readonly counts: ClientCounts; readonly usd: number; readonly at: number };

  /** Begins once everything is up: waits for a first scrape, then lets time pass and the load run. */
  static async begin(options: LiveEpisodeOptions, signal: AbortSignal): Promise<LiveEpisode> {
    const { world, options: local, episode, clock, local: parts, number } = options;
    clock.stop(episode.series.startSeconds);
    const startSeconds = clock.wall;
    const queries = world.queries.map((query) =>
      substituteVariables(query, {
        stepSeconds: world.stepSeconds,
        scrapeSeconds: parts.scrapeSeconds * local.timeScale,
      }),
    );
    const live = parts.source.episodeQueries(queries, { timeScale: local.timeScale, startSeconds });
    // The first observation is that of the start, before time passes and the load runs.
    parts.source.setPresent(placesOf(parts));
    await parts.source.waitForScrape(startSeconds, SCRAPE_PATIENCE);
    await live.read(clock.wall, { signal });
    const { rates } = episode.series;
    const place = parts.network.loadMetrics[number % 2]!;
    const load = await LoadRunner.start(
      {
        url: `${parts.balancer.url}/`,
        profile: profileOf(episode.series, local.timeScale),
        durationSeconds: (rates.length * KNOT_SECONDS + AFTER_END) / local.timeScale,
        seed: episode.seed,
        connections: CONNECTIONS,
        timeoutSeconds: world.simulation.clientTimeoutSeconds ?? 10,
        service: world.services[0]!.name,
        metricsPort: place.port,
      },
      { execArgv: local.execArgv },
    );
    if (load.pid !== undefined) parts.folder.note(load.pid);
    clock.start();
    return new LiveEpisode(options, live, load);
  }

  private constructor(options: LiveEpisodeOptions, queries: LiveQueries, load: LoadRunner) {
    this.#options = options;
    this.queries = queries;
    this.#load = load;
    this.loadMetrics = load.metricsUrl!;
    this.#deadline = options.episode.series.startSeconds;
    this.#before = { counts: NO_COUNTS, usd: 0, at: this.#deadline };
    this.#after = this.#before;
  }

  /** Model time of the last observation. Unit: seconds since 1970-01-01 UTC. */
  get timeSeconds(): number {
    return this.#after.at;
  }

  /** Billed until then. Unit: USD. */
  get totalCostUsd(): number {
    return this.#after.usd;
  }

  /** Lets one step pass, to an absolute deadline; a step that begins after its end has a whole one of its own. */
  async advance(signal: AbortSignal): Promise<void> {
    const { world, clock } = this.#options;
    const due = this.#deadline + world.stepSeconds;
    const isLost = clock.now >= due;
    this.#deadline = isLost ? clock.now + world.stepSeconds : due;
    await Promise.race([clock.until(this.#deadline, signal), this.#options.local.lost, this.#lostLoad()]);
    clock.checkWall();
    this.lateSeconds = Math.max(0, clock.now - due);
    await this.#look();
  }

  /** Reads the queries for now. */
  async observe(): Promise<void> {
    const { local, clock } = this.#options;
    local.source.setPresent(placesOf(local));
    // On a machine that is too busy a scrape fails; the next one may not.
    const patience = clock.wall + SCRAPE_PATIENCE;
    while (!(await this.#isScraped()) && clock.wall < patience) await sleep(LOOK_EVERY);
    await this.queries.read(clock.wall);
  }

  async #isScraped(): Promise<boolean> {
    const { data } = await this.#options.local.source.query("infra_gym_time_seconds");
    return data.resultType === "vector" && data.result.length > 0;
  }

  /** What happened in the last step. */
  measure(final: boolean): StepMeasurement {
    const { options } = this.#options;
    return this.#measurement.set({
      before: this.#before.counts,
      after: this.#after.counts,
      weight: options.timeScale,
      seconds: this.#after.at - this.#before.at,
      costUsd: this.#after.usd - this.#before.usd,
      final,
    });
  }

  /** Ends the load. */
  end(): Promise<void> {
    return this.#load.abort();
  }

  async #look(): Promise<void> {
    const { books, clock } = this.#options;
    const counts = await readClientCounts(this.loadMetrics);
    const at = clock.now;
    this.#before = this.#after;
    this.#after = { counts, usd: books.until(at), at };
  }

  async #lostLoad(): Promise<never> {
    await this.#load.ended;
    throw new LocalWorldError("load", "it ended before the episode.");
  }
}

/** The places of the droplets that listen. */
function placesOf({ plane }: LocalWorld): Place[] {
  return plane.replicas.filter(({ isPresent }) => isPresent).map(({ place }) => place);
}
