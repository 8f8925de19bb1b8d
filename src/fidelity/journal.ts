/** The journal of a fidelity run: an episode a line, so that a run that was interrupted goes on where it was. @module */
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InvalidProfileError } from "../errors.js";
import { type EpisodeRecord, episodeKey } from "./step-record.js";

/** What a journal is of: a run with other choices does not go on with it. JSON. */
export type JournalHead = Readonly<Record<string, unknown>>;

/** Episodes by side, policy and seed, in a file or in memory alone. */
export class Journal {
  readonly #path: string | undefined;
  readonly #episodes = new Map<string, EpisodeRecord>();

  /**
   * Opens a journal. @param path - Without one, nothing is written.
   * @param head - What the run is; equal heads have equal JSON.
   * @throws InvalidProfileError when the file is of another run, or cannot be read
   */
  constructor(path: string | undefined, head: JournalHead) {
    this.#path = path;
    const first = JSON.stringify(head);
    if (path === undefined) return;
    if (!existsSync(path)) {
      mkdirSync(dirname(resolve(path)), { recursive: true });
      writeFileSync(path, `${first}\n`);
      return;
    }
    const text = readFileSync(path, "utf8");
    const [found, ...lines] = text.split("\n");
    if (found !== first) {
      throw new InvalidProfileError(path, "it is the journal of another run. Remove it, or name another file.");
    }
    for (const line of lines) this.#read(line);
    // What was cut off stays a line of its own.
    if (!text.endsWith("\n")) appendFileSync(path, "\n");
  }

  /** Reads a line; the last one is cut off where the run was interrupted while it wrote, and that episode is run again. */
  #read(line: string): void {
    try {
      const episode = JSON.parse(line) as EpisodeRecord;
      this.#episodes.set(keyOf(episode), episode);
    } catch {}
  }

  /** An episode that was recorded before. */
  find(wanted: Pick<EpisodeRecord, "side" | "policy" | "seed">): EpisodeRecord | undefined {
    return this.#episodes.get(keyOf(wanted));
  }

  /** Adds an episode, and writes it at once. */
  add(episode: EpisodeRecord): void {
    this.#episodes.set(keyOf(episode), episode);
    if (this.#path !== undefined) appendFileSync(this.#path, `${JSON.stringify(episode)}\n`);
  }
}

function keyOf(episode: Pick<EpisodeRecord, "side" | "policy" | "seed">): string {
  return `${episode.side} ${episodeKey(episode)}`;
}
