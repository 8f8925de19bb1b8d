/** NumPy's `SeedSequence`: turns a seed of any size into well-mixed words, and spawns independent children. @module */
import { InvalidOptionError } from "../errors.js";
import { checkSeed, type Seed } from "./seed.js";

const POOL_SIZE = 4;
const INIT_A = 0x43b0d7e5;
const MULT_A = 0x931e8875;
const INIT_B = 0x8b51f9dd;
const MULT_B = 0x58f38ded;
const MIX_LEFT = 0xca01f9dd;
const MIX_RIGHT = 0x4973f715;

/** Options of {@link SeedSequence}. */
export interface SeedSequenceOptions {
  /** The path from the root of a family of sequences to this one; each entry a seed. @defaultValue [] */
  readonly spawnKey?: readonly Seed[];
  /** How many children have been spawned before. @defaultValue 0 */
  readonly childrenSpawned?: number;
}

/**
 * A source of seeds for generators, bit-identical with `numpy.random.SeedSequence`.
 *
 * @see M. E. O'Neill, "Developing a seed_seq Alternative" (2015), https://www.pcg-random.org/posts/developing-a-seed_seq-alternative.html
 * @example
 * new SeedSequence(42).generateState(2); // Uint32Array [3444837047, 2669555309]
 */
export class SeedSequence {
  /** The seed, or the list of seeds, this family of sequences was made from. */
  readonly entropy: bigint | readonly bigint[];
  /** The path from the root of the family to this sequence. */
  readonly spawnKey: readonly bigint[];
  #childrenSpawned: number;
  readonly #pool: Uint32Array;

  /**
   * @param entropy - A seed or a list of them; without one, 128 bits from the operating system.
   * @param options - See {@link SeedSequenceOptions}.
   * @throws {@link InvalidSeedError} when a seed is not a non-negative integer.
   */
  constructor(entropy?: Seed | readonly Seed[], { spawnKey = [], childrenSpawned = 0 }: SeedSequenceOptions = {}) {
    if (entropy === undefined) this.entropy = freshEntropy();
    else this.entropy = Array.isArray(entropy) ? (entropy as readonly Seed[]).map(checkSeed) : checkSeed(entropy);
    this.spawnKey = spawnKey.map(checkSeed);
    this.#childrenSpawned = childrenSpawned;
    this.#pool = mixPool(assembleEntropy(this.entropy, this.spawnKey));
  }

  /** How many children have been spawned. */
  get childrenSpawned(): number {
    return this.#childrenSpawned;
  }

  /**
   * The next `count` children; further calls give further ones.
   * @throws {@link InvalidOptionError} when `count` is not a non-negative integer.
   */
  spawn(count: number): SeedSequence[] {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new InvalidOptionError("count", "a non-negative integer", count);
    }
    const first = this.#childrenSpawned;
    this.#childrenSpawned += count;
    return Array.from(
      { length: count },
      (_, i) => new SeedSequence(this.entropy, { spawnKey: [...this.spawnKey, BigInt(first + i)] }),
    );
  }

  /** `words` mixed 32-bit words. The same call gives the same words. */
  generateState(words: number, dtype?: "uint32"): Uint32Array;
  /** `words` mixed 64-bit words. */
  generateState(words: number, dtype: "uint64"): BigUint64Array;
  generateState(words: number, dtype: "uint32" | "uint64" = "uint32"): Uint32Array | BigUint64Array {
    if (dtype === "uint32") return this.#words(words);
    const halves = this.#words(2 * words);
    return BigUint64Array.from(
      { length: words },
      (_, i) => (BigInt(halves[2 * i + 1]!) << 32n) | BigInt(halves[2 * i]!),
    );
  }

  #words(count: number): Uint32Array {
    if (!Number.isSafeInteger(count) || count < 0) {
      throw new InvalidOptionError("words", "a non-negative integer", count);
    }
    let constant = INIT_B;
    return Uint32Array.from({ length: count }, (_, i) => {
      let word = this.#pool[i % POOL_SIZE]! ^ constant;
      constant = Math.imul(constant, MULT_B);
      word = Math.imul(word, constant);
      return word ^ (word >>> 16);
    });
  }
}

function freshEntropy(): bigint {
  const words = crypto.getRandomValues(new Uint32Array(4));
  return words.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
}

/** The 32-bit words of a seed, lowest first; 0 is one word. */
function wordsOf(seed: bigint): number[] {
  const words: number[] = [];
  let rest = seed;
  do {
    words.push(Number(rest & 0xffff_ffffn));
    rest >>= 32n;
  } while (rest > 0n);
  return words;
}

/** A spawn key begins after the pool, so that a child is never equal to a root with a longer seed. */
function assembleEntropy(entropy: bigint | readonly bigint[], spawnKey: readonly bigint[]): number[] {
  const words = typeof entropy === "bigint" ? wordsOf(entropy) : entropy.flatMap(wordsOf);
  while (spawnKey.length > 0 && words.length < POOL_SIZE) words.push(0);
  return words.concat(spawnKey.flatMap(wordsOf));
}

function mixPool(entropy: readonly number[]): Uint32Array {
  let constant = INIT_A;
  const hash = (input: number): number => {
    let word = input ^ constant;
    constant = Math.imul(constant, MULT_A);
    word = Math.imul(word, constant);
    return word ^ (word >>> 16);
  };
  const pool = Uint32Array.from({ length: POOL_SIZE }, (_, i) => hash(entropy[i] ?? 0));
  const mixInto = (target: number, input: number): void => {
    const word = Math.imul(MIX_LEFT, pool[target]!) - Math.imul(MIX_RIGHT, hash(input));
    pool[target] = word ^ (word >>> 16);
  };
  for (let source = 0; source < POOL_SIZE; source++) {
    for (let target = 0; target < POOL_SIZE; target++) if (source !== target) mixInto(target, pool[source]!);
  }
  for (let source = POOL_SIZE; source < entropy.length; source++) {
    for (let target = 0; target < POOL_SIZE; target++) mixInto(target, entropy[source]!);
  }
  return pool;
}
