/** The account on disk: read when the emulator starts, written when it has changed. @module */
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { EmulatorStateError } from "../errors.js";
import type { World, WorldState } from "./world.js";

/** Version of the file's form. */
const VERSION = 1;
/** Changes are written together after this time. Unit: milliseconds. */
const DELAY_MS = 50;

/** Keeps an account in a file that only its owner reads. */
export class StateFile {
  readonly #path: string;
  #savedVersion = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** What is there, or undefined where there is no file. @throws {@link EmulatorStateError} */
  read(): WorldState | undefined {
    let text: string;
    try {
      text = readFileSync(this.#path, "utf8");
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw new EmulatorStateError(this.#path, "cannot be read", { cause });
    }
    let saved: { readonly version?: unknown; readonly world?: WorldState };
    try {
      saved = JSON.parse(text);
    } catch (cause) {
      throw new EmulatorStateError(this.#path, "is not JSON", { cause });
    }
    if (saved?.version !== VERSION || saved.world === undefined) {
      throw new EmulatorStateError(this.#path, `is not an emulator's state of version ${VERSION}`);
    }
    return saved.world;
  }

  /** Writes a little later, together with what changes until then. */
  saveSoon(world: World): void {
    if (world.version === this.#savedVersion || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      try {
        this.#save(world);
      } catch (error) {
        // Tried again after the next change, and when it is closed, which then says so.
        this.#savedVersion = -1;
        process.emitWarning(error as Error);
      }
    }, DELAY_MS);
  }

  /** Writes at once, for the last time. @throws {@link EmulatorStateError} */
  close(world: World): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#save(world);
  }

  #save(world: World): void {
    this.#savedVersion = world.version;
    const temporary = `${this.#path}.new`;
    try {
      writeFileSync(temporary, JSON.stringify({ version: VERSION, world }), { mode: 0o600 });
      renameSync(temporary, this.#path);
    } catch (cause) {
      throw new EmulatorStateError(this.#path, "cannot be written", { cause });
    }
  }
}
