/** One episode of a live world: its load, its books, its queries. @module */
import { setTimeout as sleep } from "node:timers/promises";
import type { Place } from "../../emulator/data-plane/droplet-process.js";
import type { GeneratorLimitError } from "../../errors.js";
import type { LiveQueries } from "../../metrics/client/live-queries.js";
import { substituteVariables } from "../../metrics/promql/query-text.js";
import type { StepMeasurement } from "../../reward/reward-term.js";
import type { Episode, World } from "../backend.js";
import { type ClientCounts, LiveMeasurement, limitBetween, NO_COUNTS } from "./client-counts.js";
import type { LiveLoad, LiveOptions, LivePlane } from "./live-plane.js";
import type { ModelClock } from "./model-clock.js";
import type { WorldBooks } from "./world-books.js";

/** How long the first scrape of an episode may take. Unit: seconds. */
const SCRAPE_PATIENCE = 15;
/** Between two looks at whether something was scraped. Unit: milliseconds. */
const LOOK_EVERY = 25;

/** What an episode is made from. */
export interface LiveEpisodeOptions {
  readonly world: World;
  readonly options: LiveOptions;
  readonly plane: LivePlane;
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
  readonly #load: LiveLoad;
  readonly #measurement = new LiveMeasurement();
  #deadline: number;
  #before: { readonly counts: ClientCounts; readonly usd: number; readonly at: number };
  #after: { readonly counts: ClientCounts; readonly usd: number; readonly at: number };

  /** Begins once everything is up: waits for a first scrape, then lets time pass and the load run. */
  static async begin(options: LiveEpisodeOptions, signal: AbortSignal): Promise<LiveEpisode> {
    const { world, episode, clock, plane, number } = options;
    const { timeScale } = options.options;
    clock.stop(episode.series.startSeconds);
    let startSeconds = clock.wall;
    const queries = world.queries.map((query) =>
      substituteVariables(query, {
        stepSeconds: world.stepSeconds,
        scrapeSeconds: plane.scrapeSeconds * timeScale,
      }),
    );
    const live = plane.source.episodeQueries(queries, { timeScale, startSeconds: () => startSeconds });
    const prepared = await plane.prepareLoad?.(episode, number);
    // The first observation is that of the start, before time passes and the load runs.
    plane.source.setPresent(placesOf(plane));
    await plane.source.waitForScrape(startSeconds, SCRAPE_PATIENCE);
    await live.read(clock.wall, { signal });
    const load = prepared?.() ?? (await plane.startLoad(episode, number));
    clock.start();
    // Ranges begin where time does: a rate over the wait before would be too low.
    startSeconds = clock.wall;
    return new LiveEpisode(options, live, load);
  }

  private constructor(options: LiveEpisodeOptions, queries: LiveQueries, load: LiveLoad) {
    this.#options = options;
    this.queries = queries;
    this.#load = load;
    this.loadMetrics = load.metricsUrl;
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

  /** Whether the load could keep up in the last step: what is wrong where it could not. */
  get limit(): GeneratorLimitError | undefined {
    return limitBetween(this.#before.counts, this.#after.counts);
  }

  /** Lets one step pass, to an absolute deadline; a step that begins after its end has a whole one of its own. */
  async advance(signal: AbortSignal): Promise<void> {
    const { world, clock } = this.#options;
    const due = this.#deadline + world.stepSeconds;
    const isLost = clock.now >= due;
    this.#deadline = isLost ? clock.now + world.stepSeconds : due;
    await Promise.race([clock.until(this.#deadline, signal), this.#options.plane.lost, this.#lostLoad()]);
    clock.checkWall(this.#options.options.lostError);
    this.lateSeconds = Math.max(0, clock.now - due);
    await this.#look();
  }

  /** Reads the queries for now. */
  async observe(): Promise<void> {
    const { plane, clock } = this.#options;
    plane.source.setPresent(placesOf(plane));
    // On a machine that is too busy a scrape fails; the next one may not.
    const patience = clock.wall + SCRAPE_PATIENCE;
    while (!(await this.#isScraped()) && clock.wall < patience) await sleep(LOOK_EVERY);
    await this.queries.read(clock.wall);
  }

  async #isScraped(): Promise<boolean> {
    const { data } = await this.#options.plane.source.query("infra_gym_time_seconds");
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
    return this.#load.end();
  }

  async #look(): Promise<void> {
    const { books, clock } = this.#options;
    const counts = await this.#load.counts();
    const at = clock.now;
    this.#before = this.#after;
    this.#after = { counts, usd: books.until(at), at };
  }

  async #lostLoad(): Promise<never> {
    await this.#load.ended;
    throw this.#options.options.lostError("load", "it ended before the episode.");
  }
}

/** The places of the droplets that listen. */
function placesOf({ replicas }: LivePlane): Place[] {
  return replicas.filter(({ isPresent }) => isPresent).map(({ place }) => place);
}
