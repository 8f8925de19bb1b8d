/** Ids, addresses and secrets of an emulated account: from its seed and a counter, so that a run repeats. @module */
import { streamKey, uniform53At, wordAt } from "../simulator/stream.js";

/** Where the counters stand, for saving. */
export interface IdentityState {
  readonly integers: number;
  readonly words: number;
  readonly draws: number;
  readonly addresses: number;
}

/** Makes ids, addresses and secrets. Two accounts of one seed make the same ones in the same order. */
export class Identity {
  readonly #ids: readonly [number, number];
  readonly #drawn: readonly [number, number];
  readonly #loopback: string | undefined;
  #integers = 0;
  #words = 0;
  #draws = 0;
  #addresses = 0;

  /** @param loopback - First two bytes of the addresses, such as `127.81`. @defaultValue addresses that lead nowhere */
  constructor(seed: bigint, loopback?: string) {
    this.#loopback = loopback;
    this.#ids = streamKey(seed, "ids");
    this.#drawn = streamKey(seed, "durations");
  }

  /** The next id of those that are integers. */
  integer(): number {
    return 310_000_000 + ++this.#integers;
  }

  /** The next random UUID. @see RFC 9562, section 5.4 */
  uuid(): string {
    const hex = this.hex(32);
    const variant = "89ab"[Number.parseInt(hex[16]!, 16) & 3]!;
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  /** Random hexadecimal digits: a fingerprint, a password, a key. */
  hex(length: number): string {
    let text = "";
    while (text.length < length) {
      const word = wordAt(this.#ids[0], this.#ids[1], this.#words++) >>> 0;
      text += word.toString(16).padStart(8, "0");
    }
    return text.slice(0, length);
  }

  /** Whether addresses are of this machine's loopback. */
  get isLoopback(): boolean {
    return this.#loopback !== undefined;
  }

  /** The next public address, of the block set aside for benchmarks: it leads nowhere. @see RFC 2544, appendix C.2.2 */
  address(): string {
    const n = ++this.#addresses;
    if (this.#loopback !== undefined) return `${this.#loopback}.${(n >> 8) & 255}.${n & 255}`;
    return `198.${18 + ((n >> 16) & 1)}.${(n >> 8) & 255}.${n & 255}`;
  }

  /** The next draw of what takes time, uniform on (0, 1). */
  draw(): number {
    return uniform53At(this.#drawn[0], this.#drawn[1], this.#draws++);
  }

  toJSON(): IdentityState {
    return { integers: this.#integers, words: this.#words, draws: this.#draws, addresses: this.#addresses };
  }

  /** Goes on where another one stood. */
  restore({ integers, words, draws, addresses }: IdentityState): void {
    this.#integers = integers;
    this.#words = words;
    this.#draws = draws;
    this.#addresses = addresses;
  }
}
