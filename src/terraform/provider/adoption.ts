/** Finding what an interrupted run has made, so that the next one does not make it again. @module */
import type { ApiClient } from "./api/api-client.js";
import type { Identity, KindApi } from "./kind-api.js";
import type { PlainValues } from "./plain-values.js";

/**
 * Remembers which resources are taken: those in some state, and those made since the provider was configured.
 *
 * A resource of the run that is in no state was made by a run that died before it could write it down.
 */
export class Adoption {
  readonly #inState = new Set<string>();
  readonly #made = new Set<string>();
  readonly #lists = new Map<string, Promise<readonly PlainValues[]>>();

  /** @param run - The tag that all resources of the run have; undefined: nothing is adopted unless its making was interrupted. */
  constructor(readonly run: string | undefined) {}

  /** A new run of Terraform begins: what the one before has made is in a state, or was lost. */
  begin(): void {
    this.#made.clear();
    this.#lists.clear();
  }

  /** The resource is in a state. */
  claim(type: string, id: unknown): void {
    this.#inState.add(`${type} ${id}`);
  }

  /** The resource was made, or taken over, just now. */
  reserve(type: string, id: unknown): void {
    this.#made.add(`${type} ${id}`);
  }

  /** The resource is gone, or seems to be: what is found under its id from now on is nobody's. */
  release(type: string, id: unknown): void {
    this.#inState.delete(`${type} ${id}`);
    this.#made.delete(`${type} ${id}`);
  }

  /** Lists of what there is are taken again, as something was made without an answer. */
  forgetLists(): void {
    this.#lists.clear();
  }

  /** A resource that would be the one wanted and that nobody has; it is reserved then. */
  async find(type: string, kind: KindApi, wanted: PlainValues, api: ApiClient): Promise<PlainValues | undefined> {
    const { identity } = kind;
    if (identity === undefined) return undefined;
    const found = (await this.#list(type, identity, wanted, api)).find((candidate) => {
      const { id, tags } = candidate;
      const key = `${type} ${id}`;
      if (identity.by.some((name) => wanted[name] !== undefined && wanted[name] !== candidate[name])) return false;
      const labels = identity.isLabelled ? ((tags ?? []) as readonly string[]) : undefined;
      const isOfRun = this.run === undefined || labels === undefined || labels.includes(this.run);
      return isOfRun && !this.#inState.has(key) && !this.#made.has(key);
    });
    if (found !== undefined) this.reserve(type, found.id);
    return found;
  }

  #list(
    type: string,
    { within, list }: Identity,
    wanted: PlainValues,
    api: ApiClient,
  ): Promise<readonly PlainValues[]> {
    const key = within === undefined ? type : `${type} ${wanted[within]}`;
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    const listed = list(wanted, api);
    // A list that could not be had is asked for again.
    listed.catch(() => this.#lists.delete(key));
    this.#lists.set(key, listed);
    return listed;
  }
}
