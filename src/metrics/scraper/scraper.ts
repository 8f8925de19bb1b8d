/** Scraping live targets into memory, so that queries need no Prometheus. @module */
import { type Clock, systemClock } from "../../clock.js";
import { InvalidOptionError, MetricsServerError } from "../../errors.js";
import { sendRequest } from "../client/http-request.js";
import type { ExpositionSample } from "../exposition/family.js";
import { type ExpositionLimits, limitsOf } from "../exposition/limits.js";
import { parseExposition } from "../exposition/parse-exposition.js";
import { type LabelSet, labelKey } from "../labels.js";
import { LiveSeries } from "./live-series.js";
import { type CheckedTarget, checkTarget, type ScrapeTarget, targetLabels } from "./scrape-target.js";

/** Options of {@link Scraper}. */
export interface ScraperOptions {
  readonly targets: readonly ScrapeTarget[];
  /** Time between two scrapes. Unit: seconds. @defaultValue 15 */
  readonly intervalSeconds?: number;
  /** How long a target may take; at most the interval. Unit: seconds. @defaultValue the interval, at most 10 */
  readonly timeoutSeconds?: number;
  /** Unit: bytes. @defaultValue 67,108,864 */
  readonly maxBodyBytes?: number;
  readonly limits?: ExpositionLimits;
  /** How long a sample is kept. Unit: seconds. @defaultValue 3600 */
  readonly retentionSeconds?: number;
  /** @defaultValue the clock of this machine */
  readonly clock?: Clock;
}

/** What a target accepts to send, best first. */
const ACCEPT = "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5";

/**
 * Scrapes targets as Prometheus does: `up`, `scrape_duration_seconds` and `scrape_samples_scraped` for each, a staleness
 * marker where a series is gone, and for all series of a target that does not answer.
 */
export class Scraper {
  readonly series: LiveSeries;
  readonly #targets: readonly CheckedTarget[];
  readonly #interval: number;
  readonly #timeout: number;
  readonly #maxBodyBytes: number;
  readonly #limits: ExpositionLimits;
  readonly #clock: Clock;
  /** By target: its series of the last scrape. */
  readonly #known = new Map<CheckedTarget, ReadonlyMap<string, LabelSet>>();
  readonly #failures = new Map<string, Error>();
  #stop: AbortController | undefined;
  #loop: Promise<void> = Promise.resolve();

  /** @throws InvalidOptionError */
  constructor(options: ScraperOptions) {
    const { targets, intervalSeconds = 15, maxBodyBytes = 67_108_864, limits = {}, clock = systemClock() } = options;
    const { timeoutSeconds = Math.min(10, intervalSeconds) } = options;
    if (!(intervalSeconds > 0)) throw new InvalidOptionError("intervalSeconds", "seconds above 0", intervalSeconds);
    if (!(timeoutSeconds > 0 && timeoutSeconds <= intervalSeconds)) {
      throw new InvalidOptionError(
        "timeoutSeconds",
        `above 0 and at most ${intervalSeconds} (intervalSeconds)`,
        timeoutSeconds,
      );
    }
    limitsOf(limits);
    this.series = new LiveSeries(options.retentionSeconds);
    this.#targets = targets.map(checkTarget);
    this.#interval = intervalSeconds;
    this.#timeout = timeoutSeconds;
    this.#maxBodyBytes = maxBodyBytes;
    this.#limits = limits;
    this.#clock = clock;
  }

  /** Why targets did not answer at their last scrape, by address. */
  get failures(): ReadonlyMap<string, Error> {
    return this.#failures;
  }

  /** Scrapes all targets once, side by side. A target that fails is down; nothing rejects. */
  async scrape(): Promise<void> {
    await Promise.all(this.#targets.map((target) => this.#scrapeOne(target)));
    this.series.forget(this.#clock.now() * 1000);
  }

  /** Scrapes now and then every interval, until {@link Scraper.stop}. A scrape that is missed is not made up for. */
  start(): void {
    if (this.#stop !== undefined) return;
    const stop = new AbortController();
    this.#stop = stop;
    this.#loop = this.#run(stop.signal);
  }

  /** Ends the scraping. All series end now, as they do for Prometheus when a target is taken away. */
  async stop(): Promise<void> {
    this.#stop?.abort();
    this.#stop = undefined;
    await this.#loop;
    const t = Math.round(this.#clock.now() * 1000);
    for (const target of this.#targets) this.#end(target, new Map(), t);
  }

  async #run(signal: AbortSignal): Promise<void> {
    let next = this.#clock.now();
    while (!signal.aborted) {
      await this.scrape();
      const now = this.#clock.now();
      while (next <= now) next += this.#interval;
      await this.#clock.sleep(next - now, signal).catch(() => undefined);
    }
  }

  async #scrapeOne(target: CheckedTarget): Promise<void> {
    const start = this.#clock.now();
    const t = Math.round(start * 1000);
    const outcome = await this.#fetch(target).catch((error: unknown) => error as Error);
    const samples = outcome instanceof Error ? [] : outcome;
    const seen = new Map<string, LabelSet>();
    for (const sample of samples) this.#take(sample, target, t, seen);
    this.#end(target, seen, t);
    if (outcome instanceof Error) this.#failures.set(target.url, outcome);
    else this.#failures.delete(target.url);
    this.#report(target, t, "up", outcome instanceof Error ? 0 : 1);
    this.#report(target, t, "scrape_duration_seconds", this.#clock.now() - start);
    this.#report(target, t, "scrape_samples_scraped", samples.length);
  }

  async #fetch(target: CheckedTarget): Promise<ExpositionSample[]> {
    const { url, headers } = target;
    const late = new MetricsServerError(url, "deadline", 0, `no answer within ${this.#timeout} s.`);
    const stop = new AbortController();
    const done = new AbortController();
    this.#clock.sleep(this.#timeout, done.signal).then(
      () => stop.abort(late),
      () => undefined,
    );
    try {
      const response = await sendRequest({
        url,
        method: "GET",
        headers: { Accept: ACCEPT, "User-Agent": "infra-gym", ...headers },
        maxResponseBytes: this.#maxBodyBytes,
        signal: stop.signal,
      });
      const { status, contentType, body } = response;
      if (status !== 200) throw new MetricsServerError(url, "status", status, `it answered ${status}, not metrics.`);
      const format = contentType.startsWith("application/openmetrics-text") ? "openmetrics" : "text";
      return parseExposition(body, { format, source: url, limits: this.#limits }).flatMap(({ samples }) => samples);
    } finally {
      done.abort();
    }
  }

  #take(sample: ExpositionSample, { labels: target }: CheckedTarget, t: number, seen: Map<string, LabelSet>): void {
    const labels = targetLabels(sample.name, sample.labels, target);
    const { timestampSeconds } = sample;
    if (timestampSeconds === undefined) seen.set(labelKey(labels), labels);
    const at = timestampSeconds === undefined ? t : Math.round(timestampSeconds * 1000);
    this.series.append(labels, { t: at, v: sample.value });
  }

  /** Marks the series that a target had and has no more. Those with times of their own say themselves when they are. */
  #end(target: CheckedTarget, seen: ReadonlyMap<string, LabelSet>, t: number): void {
    for (const [key, labels] of this.#known.get(target) ?? []) {
      if (!seen.has(key)) this.series.append(labels, { t, v: Number.NaN, stale: true });
    }
    this.#known.set(target, seen);
  }

  #report({ labels }: CheckedTarget, t: number, name: string, v: number): void {
    this.series.append(targetLabels(name, new Map(), labels), { t, v });
  }
}
