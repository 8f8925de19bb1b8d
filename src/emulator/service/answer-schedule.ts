/** Answers that are due at known times, with one timer for all of them. @module */

/** Something to do at a time of the schedule's clock. */
export interface DueAnswer {
  /** Unit: seconds. */
  dueSeconds: number;
  /** Does it. */
  readonly answer: () => void;
}

/** The longest a timer is set for; Node takes no more than 2^31 ms. Unit: seconds. */
const LONGEST_TIMER = 3600;

/** Answers in order of time. */
export class AnswerSchedule {
  readonly #now: () => number;
  /** Latest first, so that the next one is taken off the end. */
  #due: DueAnswer[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param now - A clock that does not go back. Unit: seconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** How many wait. */
  get size(): number {
    return this.#due.length;
  }

  /** Adds one. Equal times are answered in the order they were added. */
  add(dueSeconds: number, answer: () => void): void {
    const due = this.#due;
    let at = due.length;
    while (at > 0 && due[at - 1]!.dueSeconds <= dueSeconds) at--;
    due.splice(at, 0, { dueSeconds, answer });
    if (at === due.length - 1) this.#arm();
  }

  /** Moves all of them. @param move - From the time one was due to the time it is due from now on; keeps their order. */
  reschedule(move: (dueSeconds: number) => number): void {
    for (const due of this.#due) due.dueSeconds = move(due.dueSeconds);
    this.#arm();
  }

  /** Forgets all of them. */
  clear(): void {
    this.#due = [];
    clearTimeout(this.#timer);
  }

  /** Does what is due. */
  readonly #run = (): void => {
    const now = this.#now();
    while (this.#due.length > 0 && this.#due.at(-1)!.dueSeconds <= now) this.#due.pop()!.answer();
    this.#arm();
  };

  #arm(): void {
    clearTimeout(this.#timer);
    const next = this.#due.at(-1);
    if (next === undefined) return;
    const seconds = Math.min(LONGEST_TIMER, Math.max(0, next.dueSeconds - this.#now()));
    this.#timer = setTimeout(this.#run, Math.ceil(seconds * 1000));
  }
}
