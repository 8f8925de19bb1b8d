/** Which calls of a vector environment may come now: one of all environments at a time, and none once it is closed. @module */
import { CallOrderError, ClosedError } from "../errors.js";

/** Lets one call through at a time. */
export class CallGuard {
  readonly #name: string;
  readonly #countUnderWay: () => number;
  #call: string | null = null;
  #isClosed = false;

  /** @param countUnderWay - How many environments were sent and not received. */
  constructor(name: string, countUnderWay: () => number) {
    this.#name = name;
    this.#countUnderWay = countUnderWay;
  }

  /** Runs a call of all environments. @throws ClosedError, CallOrderError */
  async run<T>(call: string, body: () => Promise<T>): Promise<T> {
    this.checkFree(call);
    const count = this.#countUnderWay();
    if (count > 0) throw new CallOrderError(call, `${count} environments are under way. Call receive() first.`);
    this.#call = call;
    try {
      return await body();
    } finally {
      this.#call = null;
    }
  }

  /** @throws ClosedError; CallOrderError when a call of all environments is under way */
  checkFree(call: string): void {
    this.checkOpen();
    if (this.#call !== null) throw new CallOrderError(call, `${this.#call} is under way. Await it first.`);
  }

  /** @throws ClosedError */
  checkOpen(): void {
    if (this.#isClosed) throw new ClosedError(this.#name);
  }

  /** Ends all use. @returns Whether it was open until now. */
  close(): boolean {
    const wasOpen = !this.#isClosed;
    this.#isClosed = true;
    return wasOpen;
  }
}
