/** The open loop: sends each request when it is due, whatever became of those before. @module */
import { Arrivals, type ArrivalsOptions } from "./arrivals.js";
import { type LoadReport, LoadTally, type SentRequest } from "./load-tally.js";
import { ParkedClients } from "./parked-clients.js";

/** What a load is. */
export interface PacedLoadOptions extends ArrivalsOptions {
  readonly url: string;
  /** Unit: seconds, above 0. */
  readonly durationSeconds: number;
  /** Connections at most, and so requests in flight. */
  readonly connections: number;
  /** How long an answer may take from when the request was due. Unit: seconds. */
  readonly timeoutSeconds: number;
  readonly keepsRequests: boolean;
  /** Whether time stands before {@link PacedLoad.begin}. @defaultValue false */
  readonly isHeld?: boolean;
}

/** Between looks at what is over time, and at most between two looks at the schedule. Unit: seconds. */
const LOOK_EVERY = 0.05;
/** Connections that are opened beforehand. */
const WARM = 8;
/** For connections to be there before the first request is due, and where they are there already. Unit: seconds. */
const LEAD = 0.2;
const SHORT_LEAD = 0.01;
/** What a timer may be late by. Unit: milliseconds. */
const COARSE = 1;
/** How long answers may wait for the next look at them. Unit: milliseconds. */
const SLICE = 0.2;
/** A wait ends late by about so much, as Linux rounds wake-ups: the rest of the time to a request is spent looking at the clock. Unit: seconds. */
const SLACK = 0.00007;
/** Requests that may be waited for like this in a row, before answers are looked at again. */
const MOST_IN_A_ROW = 4;

/** One load, in this process. */
export class PacedLoad {
  readonly tally: LoadTally;
  /** Resolves when the last request has been answered or given up. */
  readonly ended: Promise<void>;
  readonly #options: PacedLoadOptions;
  readonly #arrivals: Arrivals;
  readonly #waiting: number[] = [];
  /** When the first request could be due; before that is known, time stands. */
  #origin: number | undefined;
  #clients!: ParkedClients<SentRequest>;
  readonly #neverWoken = new Int32Array(new SharedArrayBuffer(4));
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #lookedAt = 0;
  #stopsAt: number;
  #end!: () => void;

  /** Starts a load. */
  static async start(options: PacedLoadOptions): Promise<PacedLoad> {
    const { url, connections } = options;
    // Loaded before the clock starts.
    await import("autocannon");
    const load = new PacedLoad(options);
    load.#clients = await ParkedClients.make<SentRequest>(
      { url, connections },
      {
        answered: (request, code) => load.tally.noteAnswer(request, code, load.seconds),
        lost: (request) => load.tally.noteLost(load.seconds >= request.due + options.timeoutSeconds),
        idle: () => load.#flush(),
      },
    );
    load.#clients.warm(Math.min(WARM, connections));
    if (options.isHeld !== true) load.#start(LEAD);
    return load;
  }

  private constructor(options: PacedLoadOptions) {
    this.#options = options;
    this.#arrivals = new Arrivals(options);
    this.#stopsAt = options.durationSeconds;
    this.tally = new LoadTally(options.keepsRequests);
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Time since the first request could be due. Unit: seconds; below 0 before. */
  get seconds(): number {
    return this.#origin === undefined ? 0 : performance.now() / 1000 - this.#origin;
  }

  /** Lets time pass that was held. */
  begin(): void {
    if (this.#origin === undefined) this.#start(SHORT_LEAD);
  }

  #start(leadSeconds: number): void {
    this.#origin = performance.now() / 1000 + leadSeconds;
    this.#tick();
  }

  /** The rate that is asked for now. Unit: requests per second. */
  get rate(): number {
    return this.#origin !== undefined && this.seconds < this.#stopsAt ? this.#arrivals.rateAt(this.seconds) : 0;
  }

  /** Another rate from now on, instead of the profile. */
  setRate(rate: number): void {
    if (this.#origin !== undefined) this.#tick();
    this.#arrivals.setRate(Math.max(0, this.seconds), rate);
    if (this.#origin !== undefined) this.#tick();
  }

  /** Asks for no more; what is in flight may still be answered. */
  stop(): void {
    this.begin();
    this.#stopsAt = Math.min(this.#stopsAt, Math.max(0, this.seconds));
    this.#tick();
  }

  /** What became of the requests so far. */
  report(): LoadReport {
    return this.tally.report(Math.max(0, Math.min(this.seconds, this.#stopsAt)));
  }

  readonly #tick = (): void => {
    const now = this.seconds;
    this.#take(now);
    for (let k = 0; k < MOST_IN_A_ROW && this.#arrivals.next - this.seconds < SLACK; k++) {
      while (this.seconds < this.#arrivals.next) {}
      this.#take(this.seconds);
    }
    if (now - this.#lookedAt >= LOOK_EVERY) this.#look(now);
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
    if (now >= this.#stopsAt && this.tally.report(now).inFlight === 0 && this.#waiting.length === 0) {
      this.#clients.close();
      this.#end();
      return;
    }
    this.#sleep(Math.min(LOOK_EVERY, this.#arrivals.next - this.seconds) * 1000);
  };

  /** Takes up what is due, and sends it as far as connections are free. */
  #take(now: number): void {
    while (this.#arrivals.next <= now && this.#arrivals.next < this.#stopsAt) {
      this.tally.asked++;
      this.#waiting.push(this.#arrivals.next);
      this.#arrivals.advance();
    }
    this.#flush();
  }

  /** Until shortly before a time by a timer, and the rest in slices: timers are a millisecond coarse, gaps at 1,000 requests/s as long. */
  #sleep(milliseconds: number): void {
    if (milliseconds >= 2 * COARSE) {
      this.#timer = setTimeout(this.#tick, Math.floor(milliseconds - COARSE));
    } else {
      const idle = milliseconds - 1000 * SLACK;
      if (idle > 0) Atomics.wait(this.#neverWoken, 0, 0, Math.min(idle, SLICE));
      this.#immediate = setImmediate(this.#tick);
    }
  }

  /** Sends what is due, as far as connections are free. */
  #flush(): void {
    const waiting = this.#waiting;
    while (waiting.length > 0 && this.#clients.idle > 0) {
      const request: SentRequest = { due: waiting.shift()!, sent: this.seconds, answered: Number.NaN };
      this.tally.noteSent(request);
      this.#clients.send(request);
    }
    // One free connection more than is needed, so that the next request need not wait for it.
    this.#clients.warm(waiting.length + 1);
  }

  /** Gives up what took too long. */
  #look(now: number): void {
    this.#lookedAt = now;
    const oldest = now - this.#options.timeoutSeconds;
    while (this.#waiting.length > 0 && this.#waiting[0]! <= oldest) {
      this.#waiting.shift();
      this.tally.unsent++;
    }
    this.#clients.giveUp(({ due }) => due <= oldest);
  }
}
