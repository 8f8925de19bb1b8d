/** Graphs to the account: written as Terraform configurations and applied in the background, the newest first. @module */
import type { InfraGraph } from "../../infra/infra-graph.js";
import { synth } from "../../infra/synth/synth.js";
import type { Failure, ProjectApplier } from "../../terraform/index.js";

/** How far it is; generations count from 0 with an episode. */
export interface GraphStatus {
  readonly desiredGeneration: number;
  readonly appliedGeneration: number;
  readonly failures: readonly Failure[];
}

/** Level-triggered: `set` says what is wanted and does not wait. */
export class GraphApplier {
  readonly #applier: ProjectApplier;
  readonly #tags: readonly string[];
  #next: InfraGraph | undefined;
  #work: Promise<void> | undefined;
  #desired = 0;
  #applied = 0;
  /** Generations here with those of the project's applier, oldest first. */
  #given: { readonly generation: number; readonly theirs: number }[] = [];
  #lost: unknown;

  /** @param tags - Put on all that takes tags. */
  constructor(applier: ProjectApplier, tags: readonly string[]) {
    this.#applier = applier;
    this.#tags = tags;
  }

  /** Sets what is wanted. */
  set(graph: InfraGraph): { readonly generation: number } {
    this.#desired++;
    this.#next = graph;
    this.#work ??= this.#write();
    return { generation: this.#desired };
  }

  /** How far it is. @throws What made it give up, where that was no failure of a change */
  status(): GraphStatus {
    if (this.#lost !== undefined) throw this.#lost;
    const { appliedGeneration, failures } = this.#applier.status();
    while (this.#given.length > 0 && this.#given[0]!.theirs <= appliedGeneration) {
      this.#applied = this.#given.shift()!.generation;
    }
    return { desiredGeneration: this.#desired, appliedGeneration: this.#applied, failures };
  }

  /** Resolves when the newest is reached, or has failed. */
  async settled(): Promise<GraphStatus> {
    while (this.#work !== undefined) await this.#work;
    await this.#applier.settled();
    return this.status();
  }

  /** Counts from 0 again; to be called when it is settled. */
  restart(): void {
    this.#desired = 0;
    this.#applied = 0;
    this.#given = [];
  }

  async #write(): Promise<void> {
    try {
      while (this.#next !== undefined) {
        const graph = this.#next;
        const generation = this.#desired;
        this.#next = undefined;
        const { layers } = await synth(graph, { tags: this.#tags });
        // One that came meanwhile replaces it.
        if (this.#next === undefined) {
          const { generation: theirs } = this.#applier.set(layers);
          this.#given.push({ generation, theirs });
        }
      }
    } catch (error) {
      this.#lost = error;
    }
    this.#work = undefined;
  }
}
