/** Creating, reading, changing and deleting one resource of any kind. @module */
import { RequestFailedError } from "../../errors.js";
import type { Adoption } from "./adoption.js";
import { type ApiClient, isInDoubt, pause } from "./api/api-client.js";
import { waitFor } from "./api/waiting.js";
import type { KindApi } from "./kind-api.js";
import type { PlainValues } from "./plain-values.js";

/** A resource that was made, but is not as it should be: Terraform marks it for replacement. */
export class HalfMade {
  constructor(
    readonly values: PlainValues,
    readonly cause: unknown,
  ) {}
}

/** How often a creation without an answer is tried. */
const CREATE_ATTEMPTS = 8;

/** How often one looks for what was made without an answer. */
const LOOKS = 5;

/** The life of resources of one kind. */
export class Lifecycle {
  constructor(
    readonly type: string,
    readonly kind: KindApi,
    private readonly api: ApiClient,
    private readonly adoption: Adoption,
    /** How long it may take until a resource can be used, or is gone. Unit: seconds. */
    private readonly waitSeconds: number = api.waitSeconds,
  ) {}

  /**
   * Creates a resource and waits until it can be used, or takes over one that an interrupted run has made.
   *
   * @throws RequestFailedError when nothing was made.
   */
  async create(wanted: PlainValues, differences: (found: PlainValues) => Difference): Promise<PlainValues | HalfMade> {
    const made = await this.#make(wanted, differences);
    try {
      const usable = await this.#settle(made, wanted);
      if (this.kind.finish === undefined) return usable;
      await this.kind.finish(usable, wanted, this.api);
      return await this.#settle((await this.kind.read({ ...wanted, ...usable }, this.api)) ?? usable, wanted);
    } catch (error) {
      return new HalfMade(made, error);
    }
  }

  async #make(wanted: PlainValues, differences: (found: PlainValues) => Difference): Promise<PlainValues> {
    const lost = this.adoption.run === undefined ? undefined : await this.#takeOver(wanted, differences);
    if (lost !== undefined) return lost;
    let wasInDoubt = false;
    for (let attempt = 1; ; attempt++) {
      try {
        const made = await this.kind.create(wanted, this.api);
        this.adoption.reserve(this.type, made.id);
        return made;
      } catch (error) {
        if (!(error instanceof RequestFailedError) || attempt >= CREATE_ATTEMPTS) throw error;
        // A refusal may be due to what an earlier request has made after all.
        if (!isInDoubt(error.status) && !wasInDoubt) throw error;
        wasInDoubt = true;
        const found = await this.#lookAgain(wanted, differences);
        if (found !== undefined) return found;
      }
    }
  }

  /** Looks for what a request without an answer may have made. It may take a while to show. */
  async #lookAgain(
    wanted: PlainValues,
    differences: (found: PlainValues) => Difference,
  ): Promise<PlainValues | undefined> {
    for (let look = 0; look < LOOKS; look++) {
      await pause(20 * 2 ** look);
      this.adoption.forgetLists();
      const found = await this.#takeOver(wanted, differences);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #takeOver(
    wanted: PlainValues,
    differences: (found: PlainValues) => Difference,
  ): Promise<PlainValues | undefined> {
    const found = await this.adoption.find(this.type, this.kind, wanted, this.api);
    if (found === undefined) return undefined;
    try {
      return await this.#adapt(found, wanted, differences);
    } catch (error) {
      this.adoption.release(this.type, found.id);
      throw error;
    }
  }

  /** Makes what was found into what is wanted; undefined where that takes a new one. */
  async #adapt(
    found: PlainValues,
    wanted: PlainValues,
    differences: (found: PlainValues) => Difference,
  ): Promise<PlainValues | undefined> {
    const usable = await this.#settle(found, wanted);
    const difference = differences(usable);
    if (difference === "none") return usable;
    if (difference === "replace" || this.kind.update === undefined) {
      await this.remove(usable);
      return undefined;
    }
    await this.kind.update(usable, { ...wanted, id: usable.id! }, this.api);
    return usable;
  }

  /** Waits until it can be used. */
  async #settle(made: PlainValues, wanted: PlainValues): Promise<PlainValues> {
    const { isReady } = this.kind;
    if (isReady === undefined || isReady(made)) return made;
    return waitFor(`${this.type} ${made.id}`, this.waitSeconds, async () => {
      const values = await this.kind.read({ ...wanted, ...made }, this.api);
      // Just made, it may not show everywhere yet.
      return values !== undefined && isReady(values) ? values : undefined;
    });
  }

  /** What the API says of it; undefined where it is gone. */
  read(state: PlainValues): Promise<PlainValues | undefined> {
    return this.kind.read(state, this.api);
  }

  /** Changes it in place. */
  async update(prior: PlainValues, wanted: PlainValues): Promise<PlainValues> {
    await this.kind.update?.(prior, wanted, this.api);
    const { isReady } = this.kind;
    return waitFor(`${this.type} ${prior.id}`, this.waitSeconds, async () => {
      const values = await this.kind.read({ ...wanted, id: prior.id! }, this.api);
      if (values === undefined) throw new RequestFailedError(`${this.type} ${prior.id}`, 404, "It is gone.");
      return isReady === undefined || isReady(values) ? values : undefined;
    });
  }

  /** Deletes it and waits until it is gone. */
  async remove(state: PlainValues): Promise<void> {
    await this.kind.remove(state, this.api);
    this.adoption.release(this.type, state.id);
    if (!this.kind.removesSlowly) return;
    await waitFor(`Deleting ${this.type} ${state.id}`, this.waitSeconds, async () =>
      (await this.kind.read(state, this.api)) === undefined ? true : undefined,
    );
  }
}

/** How far a resource that was found is from the one wanted. */
export type Difference = "none" | "update" | "replace";
