/** What became of the requests of a load: counts, codes and latencies. @module */
import { LATENCY_BUCKETS } from "../../metrics/latency-buckets.js";
import { FINE_COUNT, fineBucket, fineQuantile } from "./fine-latencies.js";

/** Latencies from the scheduled time to the answer. Unit: seconds; NaN before the first answer. */
export interface LatencyFigures {
  readonly mean: number;
  /** Quantiles are those of a histogram whose buckets are 0.5 % wide. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** What became of the requests so far. `asked` = `sent` + `unsent` + `waiting`; `sent` = `answered` + `lost` + `inFlight`. Plain JSON. */
export interface LoadReport {
  /** Time since the start. Unit: seconds. */
  readonly seconds: number;
  /** Requests that were due. */
  readonly asked: number;
  readonly sent: number;
  readonly answered: number;
  /** Sent, and not answered: the connection failed, or the time was up. */
  readonly lost: number;
  /** Of those lost, the ones whose time was up. */
  readonly timedOut: number;
  /** Given up before they were sent, as no connection came free in time. */
  readonly unsent: number;
  /** Due, and waiting for a connection. */
  readonly waiting: number;
  readonly inFlight: number;
  /** Sent more than 10 ms after they were due. */
  readonly late: number;
  /** Whether more than 1 % were late or not sent at all: then it was not the service that set the limit, but this side. */
  readonly isGeneratorLimited: boolean;
  /** Answers by status code. */
  readonly codes: Readonly<Record<string, number>>;
  readonly latencySeconds: LatencyFigures;
  /** Each request in the order it was sent, where that was asked for. */
  readonly requests?: readonly SentRequest[];
}

/** One request. Unit: seconds from the start of the load. */
export interface SentRequest {
  readonly due: number;
  readonly sent: number;
  /** NaN for one that was lost, or is not answered yet. */
  answered: number;
}

/** A request counts as late from here on. Unit: seconds. */
export const LATE = 0.01;
/** Share of late and unsent requests above which the generator was the limit. */
export const LIMIT_SHARE = 0.01;

/** Counts. */
export class LoadTally {
  asked = 0;
  sent = 0;
  answered = 0;
  lost = 0;
  timedOut = 0;
  unsent = 0;
  late = 0;
  /** Answers by status code. */
  readonly codes: Record<string, number> = {};
  /** Answers per bucket of {@link LATENCY_BUCKETS}, the last beyond them; not cumulative. */
  readonly buckets: number[] = new Array(LATENCY_BUCKETS.length + 1).fill(0);
  latencySum = 0;
  /** Answers per fine bucket. */
  readonly latencyCounts: Float64Array = new Float64Array(FINE_COUNT);
  #max = Number.NaN;
  readonly #requests: SentRequest[] | undefined;

  /** @param keepsRequests - Whether every request is kept, for {@link LoadReport.requests}. */
  constructor(keepsRequests: boolean) {
    this.#requests = keepsRequests ? [] : undefined;
  }

  /** Notes a request that was sent. */
  noteSent(request: SentRequest): void {
    this.sent++;
    if (request.sent - request.due > LATE) this.late++;
    this.#requests?.push(request);
  }

  /** Notes an answer. */
  noteAnswer(request: SentRequest, code: number, at: number): void {
    this.answered++;
    this.codes[code] = (this.codes[code] ?? 0) + 1;
    request.answered = at;
    const latency = at - request.due;
    this.latencySum += latency;
    if (!(latency <= this.#max)) this.#max = latency;
    const bucket = LATENCY_BUCKETS.findIndex((bound) => latency <= bound);
    this.buckets[bucket < 0 ? LATENCY_BUCKETS.length : bucket]!++;
    this.latencyCounts[fineBucket(latency)]!++;
  }

  /** Notes a request that will not be answered. */
  noteLost(isTimeout: boolean): void {
    this.lost++;
    if (isTimeout) this.timedOut++;
  }

  /** The counts so far. */
  report(seconds: number): LoadReport {
    const { asked, sent, answered, lost, timedOut, unsent, late } = this;
    return {
      seconds,
      ...{ asked, sent, answered, lost, timedOut, unsent, late },
      waiting: asked - sent - unsent,
      inFlight: sent - answered - lost,
      isGeneratorLimited: late + unsent > LIMIT_SHARE * asked,
      codes: { ...this.codes },
      latencySeconds: {
        mean: answered === 0 ? Number.NaN : this.latencySum / answered,
        p50: this.#quantile(0.5),
        p95: this.#quantile(0.95),
        p99: this.#quantile(0.99),
        max: this.#max,
      },
      ...(this.#requests === undefined ? {} : { requests: this.#requests }),
    };
  }

  #quantile(share: number): number {
    // Never above what was seen.
    return this.answered === 0 ? Number.NaN : Math.min(this.#max, fineQuantile(this.latencyCounts, share));
  }
}
