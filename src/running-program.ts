/** A program that runs beside this process: found, started, watched, ended. @module */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { accessSync, closeSync, constants, mkdirSync, openSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, isAbsolute, join, resolve } from "node:path";

/** How a program is started. */
export interface ProgramStart {
  /** Its file. */
  readonly path: string;
  readonly args: readonly string[];
  /** Where it runs, and where its output goes, as `<name>.log` (0600). */
  readonly directory: string;
  readonly name: string;
  /** Variables of its environment besides PATH. @defaultValue none: tokens are not passed on */
  readonly environment?: Readonly<Record<string, string>>;
}

/** How a program ended. */
export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether {@link RunningProgram.stop} was called before. */
  readonly wasStopped: boolean;
}

/** Of what it wrote, the last that a message shows. Unit: characters. */
const SHOWN_LOG = 2000;

/** A program in a process and a group of its own, so that a terminal's interrupt leaves it to whoever started it. */
export class RunningProgram {
  readonly pid: number;
  readonly ended: Promise<ProgramEnd>;
  readonly #child: ChildProcess;
  readonly #log: string;
  #wasStopped = false;

  private constructor(child: ChildProcess, log: string) {
    this.#child = child;
    this.#log = log;
    this.pid = child.pid!;
    this.ended = new Promise((resolve) => {
      child.once("exit", (code, signal) => resolve({ code, signal, wasStopped: this.#wasStopped }));
    });
  }

  /** Starts a program. Rejects when the system cannot. */
  static async start({ path, args, directory, name, environment = {} }: ProgramStart): Promise<RunningProgram> {
    const log = join(directory, `${name}.log`);
    const output = openSync(log, "w", 0o600);
    try {
      const child = spawn(path, [...args], {
        cwd: directory,
        env: { PATH: process.env.PATH ?? "", ...environment },
        stdio: ["ignore", output, output],
        detached: true,
      });
      const program = child.pid === undefined ? undefined : new RunningProgram(child, log);
      await new Promise<void>((onStart, onError) => {
        child.once("spawn", onStart);
        child.once("error", onError);
      });
      // What holds this process up is the work, not the program.
      child.unref();
      return program!;
    } finally {
      closeSync(output);
    }
  }

  /** Whether it has not ended yet. */
  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** The last of what it wrote. */
  log(): string {
    const text = readFileSync(this.#log, "utf8").trim();
    return text.length > SHOWN_LOG ? `…${text.slice(-SHOWN_LOG)}` : text;
  }

  /** Sends SIGTERM, and SIGKILL after the grace. Idempotent. @param graceSeconds - @defaultValue 5 */
  async stop(graceSeconds = 5): Promise<void> {
    this.#wasStopped = true;
    if (this.isRunning) {
      this.#child.ref();
      this.#child.kill("SIGTERM");
      const timer = setTimeout(() => this.#child.kill("SIGKILL"), graceSeconds * 1000);
      await this.ended;
      clearTimeout(timer);
    }
  }
}

/** The file of a program: that path, or the first of that name on PATH, or in one of the further folders. undefined where there is none. */
export function findProgram(nameOrPath: string, furtherFolders: readonly string[] = []): string | undefined {
  if (nameOrPath.includes("/") || isAbsolute(nameOrPath)) {
    const path = resolve(nameOrPath);
    return isExecutable(path) ? path : undefined;
  }
  const folders = [...(process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== ""), ...furtherFolders];
  return folders.map((folder) => join(folder, nameOrPath)).find(isExecutable);
}

/** What a program writes when it is asked for its version, both streams together; empty where it cannot run. */
export function versionText(path: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(path, [...args], { timeout: 10_000, env: { PATH: process.env.PATH ?? "" } }, (_, out, err) =>
      resolve(`${out}${err}`.trim()),
    );
  });
}

/** A port of an address on which nothing listens now. */
export function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, host, () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Whether something listens there, or nothing may. */
export function isPortTaken(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(true));
    server.listen(port, host, () => server.close(() => resolve(false)));
  });
}

/** A folder that only this user can read, made where there is none. */
export function privateFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
