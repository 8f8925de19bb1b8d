/** Several vector environments as one: how one agent learns in a mix of workloads. @module */
import type { EnvSnapshot } from "../../env.js";
import { InvalidOptionError } from "../../errors.js";
import type { EnvSpec } from "../../registration.js";
import { checkSeed, type Seed } from "../../rng.js";
import { batchSpace, type Space } from "../../spaces/index.js";
import type { AutoresetMode, VectorEnv, VectorResetOptions, VectorStepResult } from "../../vector/index.js";

type AnyVectorEnv = VectorEnv<unknown, unknown, object>;
type Numbers = Float32Array | Float64Array | Int32Array | Uint8Array;

/**
 * Environments of equal spaces one after the other; `infos` hold what all of them give.
 *
 * Observations and actions must be flat arrays, as those of the library's own environments are. It owns its parts: `close` closes them.
 */
export class JoinedVectorEnv implements VectorEnv<unknown, unknown, object> {
  readonly spec: EnvSpec | null;
  readonly numEnvs: number;
  readonly autoresetMode: AutoresetMode;
  readonly singleObservationSpace: Space<unknown>;
  readonly singleActionSpace: Space<unknown>;
  readonly observationSpace: Space<unknown>;
  readonly actionSpace: Space<unknown>;
  /** What it is made of. */
  readonly parts: readonly VectorEnv<unknown, unknown, object>[];

  /** @throws InvalidOptionError unless there is at least one part, and all have the same spaces and mode */
  constructor(parts: readonly VectorEnv<unknown, unknown, object>[]) {
    const [first] = parts;
    if (first === undefined) throw new InvalidOptionError("parts", "at least one vector environment", parts);
    for (const [index, part] of parts.entries()) {
      for (const name of ["singleObservationSpace", "singleActionSpace"] as const) {
        if (part[name].equals(first[name])) continue;
        throw new InvalidOptionError(`parts[${index}].${name}`, `${first[name]}, as that of parts[0]`, part[name]);
      }
      if (part.autoresetMode !== first.autoresetMode) {
        throw new InvalidOptionError(`parts[${index}].autoresetMode`, first.autoresetMode, part.autoresetMode);
      }
    }
    this.parts = parts;
    this.spec = first.spec;
    this.autoresetMode = first.autoresetMode;
    this.numEnvs = parts.reduce((sum, { numEnvs }) => sum + numEnvs, 0);
    this.singleObservationSpace = first.singleObservationSpace;
    this.singleActionSpace = first.singleActionSpace;
    this.observationSpace = batchSpace(first.singleObservationSpace, this.numEnvs);
    this.actionSpace = batchSpace(first.singleActionSpace, this.numEnvs);
  }

  async reset({ seed, ...request }: VectorResetOptions = {}): Promise<[observations: unknown, infos: object]> {
    const seeds = seed === undefined ? null : seedsOf(seed, this.numEnvs);
    const results: [unknown, object][] = [];
    let start = 0;
    for (const part of this.parts) {
      const own = seeds === null ? {} : { seed: seeds.slice(start, start + part.numEnvs) };
      results.push(await part.reset({ ...request, ...own }));
      start += part.numEnvs;
    }
    return [
      joinArrays(results.map(([observations]) => observations)),
      this.#joinInfos(results.map(([, infos]) => infos)),
    ];
  }

  async step(actions: unknown): Promise<VectorStepResult<unknown, object>> {
    const all = actions as Numbers;
    const width = all.length / this.numEnvs;
    const results: VectorStepResult<unknown, object>[] = [];
    let start = 0;
    for (const part of this.parts) {
      results.push(await part.step(all.slice(start * width, (start + part.numEnvs) * width)));
      start += part.numEnvs;
    }
    return [
      joinArrays(results.map(([observations]) => observations)),
      joinArrays(results.map(([, rewards]) => rewards)) as Float64Array,
      joinArrays(results.map(([, , terminations]) => terminations)) as Uint8Array,
      joinArrays(results.map(([, , , truncations]) => truncations)) as Uint8Array,
      this.#joinInfos(results.map(([, , , , infos]) => infos)),
    ];
  }

  async close(): Promise<void> {
    for (const part of this.parts) await part.close();
  }

  /** The same as `close`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  snapshot(index: number): EnvSnapshot | Promise<EnvSnapshot> {
    const [part, own] = this.#find(index);
    return part.snapshot(own);
  }

  restore(index: number, snapshot: EnvSnapshot): void | Promise<void> {
    const [part, own] = this.#find(index);
    return part.restore(own, snapshot);
  }

  #find(index: number): [AnyVectorEnv, number] {
    let own = index;
    for (const part of this.parts) {
      if (own >= 0 && own < part.numEnvs) return [part, own];
      own -= part.numEnvs;
    }
    throw new InvalidOptionError("index", `an integer from 0 to ${this.numEnvs - 1}`, index);
  }

  #joinInfos(infos: readonly object[]): object {
    return joinInfos(
      infos,
      this.parts.map(({ numEnvs }) => numEnvs),
    );
  }
}

function seedsOf(seed: Seed | readonly (Seed | null)[], count: number): readonly (Seed | null)[] {
  if (Array.isArray(seed)) return seed as readonly (Seed | null)[];
  const first = checkSeed(seed as Seed);
  return Array.from({ length: count }, (_, index) => first + BigInt(index));
}

/** Infos under every key that a part has; what a part lacks is 0, or null in a list. */
function joinInfos(infos: readonly object[], counts: readonly number[]): object {
  const keys = new Set(infos.flatMap((one) => Object.keys(one)));
  const joined: Record<string, unknown> = {};
  for (const key of keys) {
    const values = infos.map((one) => (one as Readonly<Record<string, unknown>>)[key]);
    const example = values.find((value) => value !== undefined);
    const filled = values.map((value, part) => value ?? emptyLike(example, values, counts, part));
    if (ArrayBuffer.isView(example)) joined[key] = joinArrays(filled);
    else if (Array.isArray(example)) joined[key] = filled.flat(1);
    else joined[key] = joinInfos(filled as object[], counts);
  }
  return joined;
}

function emptyLike(example: unknown, values: readonly unknown[], counts: readonly number[], part: number): unknown {
  const count = counts[part]!;
  if (Array.isArray(example)) return new Array<null>(count).fill(null);
  if (!ArrayBuffer.isView(example)) return {};
  const width = (example as Numbers).length / counts[values.indexOf(example)]!;
  return new (example.constructor as Float64ArrayConstructor)(count * width);
}

function joinArrays(arrays: readonly unknown[]): Numbers {
  const parts = arrays as readonly Float64Array[];
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const joined = new (parts[0]!.constructor as Float64ArrayConstructor)(length);
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
