/** The state of an emulated account, and what its operations work with. @module */
import type { Catalogue } from "../infra/catalogue/catalogue.js";
import type { Duration } from "../infra/resource-kind.js";
import type { Transitions } from "./call.js";
import type { DataPlaneEvent, DataPlaneListener } from "./data-plane-event.js";
import type { EmulatedTimes } from "./emulated-times.js";
import { type EmulatorTime, timestamp } from "./emulator-time.js";
import type { FaultInjector } from "./fault-injector.js";
import { Identity, type IdentityState } from "./identity.js";
import { type Records, TABLE_NAMES } from "./records.js";
import { Table, type Visibility } from "./table.js";
import { Timeline, type Transition } from "./timeline.js";

/** The tables of an account by name. */
export type Tables = { readonly [N in keyof Records]: Table<Records[N]> };

/** A sample of a metric. */
export interface MetricSample {
  /** Unit: seconds since 1970-01-01 UTC. */
  readonly atSeconds: number;
  readonly value: number;
}

/** What is asked of a {@link MetricSource}. */
export interface MetricQuery {
  /** As in the API's path: `droplet/cpu`, `load_balancer/frontend_http_requests_per_second`. */
  readonly metric: string;
  /** Id of the droplet, load balancer, pool or database. */
  readonly resource: string;
  /** Unit: seconds since 1970-01-01 UTC. */
  readonly start: number;
  readonly end: number;
}

/** Gives measured values for the monitoring operations; undefined where it knows none. */
export type MetricSource = (query: MetricQuery) => readonly MetricSample[] | undefined;

/** What a {@link World} is made of. */
export interface WorldParts {
  readonly catalogue: Catalogue;
  readonly time: EmulatorTime;
  readonly faults: FaultInjector;
  readonly transitions: Transitions;
  readonly seed: bigint;
  readonly dropletLimit: number;
  readonly times: EmulatedTimes;
  readonly metrics: MetricSource | undefined;
  readonly loopback: string | undefined;
}

/** A saved world. */
export interface WorldState {
  readonly tables: Readonly<Record<string, readonly unknown[]>>;
  readonly timeline: readonly Transition[];
  readonly identity: IdentityState;
  /** Unit: seconds since 1970-01-01 UTC. */
  readonly time: number;
}

/** The state of an account: its tables, its time, and what will happen. */
export class World {
  readonly tables: Tables;
  readonly catalogue: Catalogue;
  readonly time: EmulatorTime;
  readonly identity: Identity;
  readonly faults: FaultInjector;
  readonly dropletLimit: number;
  readonly times: EmulatedTimes;
  readonly metrics: MetricSource | undefined;
  /** Counts changes: what is saved is as new as its number. */
  version = 0;
  readonly visibility: Visibility;
  /** Called when something was put on the timeline that comes before everything else on it. */
  onSooner: (() => void) | undefined;
  readonly #timeline = new Timeline();
  readonly #transitions: Transitions;
  readonly #listeners = new Set<DataPlaneListener>();

  constructor({ catalogue, time, faults, transitions, seed, dropletLimit, times, metrics, loopback }: WorldParts) {
    this.catalogue = catalogue;
    this.time = time;
    this.faults = faults;
    this.dropletLimit = dropletLimit;
    this.times = times;
    this.metrics = metrics;
    this.identity = new Identity(seed, loopback);
    this.#transitions = transitions;
    this.visibility = { request: 0, delay: () => faults.staleRequests() };
    this.tables = Object.fromEntries(
      TABLE_NAMES.map((name) => [name, new Table(this.visibility)]),
    ) as unknown as Tables;
  }

  /** The time as the API writes it. */
  get timestamp(): string {
    return timestamp(this.time.now());
  }

  /** When the next transition is due. */
  get nextAt(): number | undefined {
    return this.#timeline.nextAt;
  }

  /** Draws how long something takes: 0 where nothing takes time. Half of all draws lie below the median. */
  drawSeconds({ min, median, max }: Duration): number {
    const u = this.identity.draw();
    if (this.time.isInstant) return 0;
    return u < 0.5 ? min + (median - min) * 2 * u : median + (max - median) * (2 * u - 1);
  }

  /** Notes what will happen. @param seconds - From now. */
  after(seconds: number, kind: string, subject: string | number): void {
    const at = this.time.now() + seconds;
    const before = this.#timeline.nextAt;
    this.#timeline.add(at, kind, String(subject));
    if (before === undefined || at < before) this.onSooner?.();
  }

  /** Lets everything happen that is due by now. */
  runDue(): void {
    for (;;) {
      const next = this.#timeline.takeDue(this.time.now());
      if (next === undefined) return;
      this.version++;
      this.#transitions[next.kind]?.(this, next.subject);
    }
  }

  /** Tells the data plane. */
  emit(event: DataPlaneEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  /** Whether anyone listens. */
  get hasListeners(): boolean {
    return this.#listeners.size > 0;
  }

  /** Adds a listener. @returns What removes it. */
  subscribe(listener: DataPlaneListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  toJSON(): WorldState {
    return {
      tables: Object.fromEntries(TABLE_NAMES.map((name) => [name, [...this.tables[name].all()]])),
      timeline: this.#timeline.toJSON(),
      identity: this.identity.toJSON(),
      time: this.time.now(),
    };
  }

  /** Takes over what was saved. */
  restore(state: WorldState): void {
    for (const name of TABLE_NAMES) {
      const table = this.tables[name] as Table<{ readonly id: string }>;
      for (const record of state.tables[name] ?? []) table.restore(record as { readonly id: string });
    }
    this.#timeline.restore(state.timeline);
    this.identity.restore(state.identity);
  }
}
