/** Terraform at work in one folder: init, plan, apply, destroy, output, state, import; one run at a time. @module */
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { ClosedError, type Remains, TerraformCancelledError, TerraformCrashedError } from "../errors.js";
import { redactorFor } from "../secrets.js";
import type { TerraformEvent } from "./events.js";
import { complaintsIn, crashText, errorsOf, textOf } from "./failure.js";
import type { TerraformBinary } from "./find-terraform.js";
import { countsIn, type PlannedChange, planIn, type TerraformPlan, type TerraformResult } from "./run-outcome.js";
import { protectStateFiles } from "./state-files.js";
import { resourcesIn, type StateResource } from "./state-resources.js";
import { type TerraformEnd, TerraformProcess } from "./terraform-process.js";

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Options of {@link TerraformRunner}. */
export interface TerraformRunnerOptions {
  readonly binary: TerraformBinary;
  /** Folder of the configuration; the state lies in it unless the configuration names a backend. */
  readonly folder: string;
  /** Variables added to this process's, asked for before every run: such as TF_REATTACH_PROVIDERS; undefined takes one away. */
  readonly env?: () => Variables;
  /** How many calls Terraform makes at once. @defaultValue 20 */
  readonly parallelism?: number;
  /** How long to wait for a state that another process is writing. Unit: seconds. @defaultValue 0 */
  readonly lockTimeoutSeconds?: number;
  /** How long calls in flight may take after `close`. Unit: seconds. @defaultValue 600 */
  readonly stopDeadlineSeconds?: number;
  /** The command that destroys what is there, for messages. @defaultValue terraform's own */
  readonly cleanUp?: string;
  /** Called for every event. */
  readonly onEvent?: (event: TerraformEvent) => void;
}

/** Options of {@link TerraformRunner.apply}. */
export interface ApplyOptions {
  /** Whether to look at the world first. @defaultValue true */
  readonly refresh?: boolean;
  /** Addresses of what is to be made anew although it could be changed. @defaultValue none */
  readonly replace?: readonly string[];
}

/** An output value. */
export interface OutputValue {
  readonly value: unknown;
  readonly sensitive: boolean;
}

/** Largest answer of `output` and `show`. Unit: bytes. */
const LARGEST_ANSWER = 1 << 28;

/** Terraform in one folder. Runs wait for each other; a failed one rejects with one of the errors of docs/errors.md. */
export class TerraformRunner {
  readonly folder: string;
  readonly #options: TerraformRunnerOptions;
  #running: TerraformProcess | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #isClosed = false;
  #outputs: Readonly<Record<string, string>> = {};

  constructor(options: TerraformRunnerOptions) {
    this.#options = options;
    this.folder = resolve(options.folder);
  }

  /** Installs providers and prepares the backend. @param upgrade - Whether to take newer providers than before. */
  async init({ upgrade = false }: { readonly upgrade?: boolean } = {}): Promise<void> {
    await this.#run("init", ["-input=false", "-json", ...(upgrade ? ["-upgrade"] : [])]);
  }

  /** What an apply would do. @param destroy - Plans the destruction of everything. */
  plan({ destroy = false }: { readonly destroy?: boolean } = {}): Promise<TerraformPlan> {
    return this.#plan(destroy ? ["-destroy"] : []);
  }

  /** What was changed or deleted by something else, as far as an apply would mend it. */
  async drift(): Promise<readonly PlannedChange[]> {
    return (await this.#plan([])).drift;
  }

  /** Makes the world what the configuration says. */
  apply({ refresh = true, replace = [] }: ApplyOptions = {}): Promise<TerraformResult> {
    const replaced = replace.map((address) => `-replace=${address}`);
    return this.#change("apply", refresh ? replaced : ["-refresh=false", ...replaced]);
  }

  /** Destroys all that is in the state. */
  destroy(): Promise<TerraformResult> {
    return this.#change("destroy", []);
  }

  /** The outputs in the state; those that are sensitive hold their value too: redact them before they are shown. */
  async output(): Promise<Readonly<Record<string, OutputValue>>> {
    const text = await this.#ask("output", ["-json"]);
    const outputs = JSON.parse(text) as Record<string, OutputValue>;
    return Object.fromEntries(
      Object.entries(outputs).map(([name, { value, sensitive }]) => [name, { value, sensitive }]),
    );
  }

  /** Addresses of all resources in the state; data sources are none. */
  async state(): Promise<readonly string[]> {
    return this.#addresses(await this.#ask("state", ["list"]));
  }

  /** All resources in the state with their attributes; data sources are none. */
  async resources(): Promise<readonly StateResource[]> {
    return resourcesIn(await this.#ask("show", ["-json"]));
  }

  /** Takes something that exists into the state. @param id - The provider's id of it. */
  async import(address: string, id: string): Promise<void> {
    await this.#run("import", ["-input=false", "-no-color", ...this.#lock(), address, id]);
  }

  /** Takes something out of the state and leaves it alone in the world. */
  async forget(address: string): Promise<void> {
    await this.#run("state", ["rm", ...this.#lock(), address]);
  }

  /** Stops what is running, once, waits for it, and refuses more. Nothing is destroyed. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#running?.stop(this.#options.stopDeadlineSeconds ?? 600);
    await this.#queue;
  }

  async #plan(more: readonly string[]): Promise<TerraformPlan> {
    const args = ["-input=false", "-json", "-detailed-exitcode", ...this.#lock(), ...this.#parallelism(), ...more];
    const { events, exitCode } = await this.#run("plan", args);
    return planIn(events, exitCode === 0);
  }

  async #change(verb: "apply" | "destroy", more: readonly string[]): Promise<TerraformResult> {
    const args = ["-input=false", "-json", "-auto-approve", ...this.#lock(), ...this.#parallelism(), ...more];
    const start = performance.now();
    const { events } = await this.#run(verb, args);
    const changedOutputs = this.#changedOutputs(events);
    return { counts: countsIn(events), changedOutputs, seconds: (performance.now() - start) / 1000 };
  }

  /** This process's variables without those that make Terraform write secrets or ask questions. */
  #env(): Variables {
    const { TF_LOG: _, TF_LOG_CORE: __, TF_LOG_PROVIDER: ___, TF_LOG_PATH: ____, ...env } = process.env;
    const always = { TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1", TF_INPUT: "0", NO_COLOR: "1" };
    return { ...env, ...always, ...this.#options.env?.() };
  }

  #lock(): string[] {
    const seconds = this.#options.lockTimeoutSeconds ?? 0;
    return seconds > 0 ? [`-lock-timeout=${seconds}s`] : [];
  }

  #parallelism(): string[] {
    return [`-parallelism=${this.#options.parallelism ?? 20}`];
  }

  /**
   * A plan takes an output for changed that it cannot know beforehand. So where its value is shown, and was shown the last
   * time, the values count.
   */
  #changedOutputs(events: readonly TerraformEvent[]): string[] {
    const told = events.flatMap((event) => (event.type === "outputs" ? [event] : []));
    const [planned, values] = [told[0]?.changed ?? [], told.at(-1)?.values ?? {}];
    const before = this.#outputs;
    this.#outputs = values;
    return planned.filter((name) => before[name] === undefined || before[name] !== values[name]);
  }

  /** Waits for its turn. */
  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(() => {
      if (this.#isClosed) throw new ClosedError(`Terraform in ${this.folder}`);
      return act();
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  #run(verb: string, args: readonly string[]): Promise<{ events: TerraformEvent[]; exitCode: number }> {
    return this.#inTurn(async () => {
      const events: TerraformEvent[] = [];
      const onEvent = (event: TerraformEvent): void => {
        events.push(event);
        this.#options.onEvent?.(event);
      };
      const { binary } = this.#options;
      const env = this.#env();
      this.#running = new TerraformProcess({
        program: binary.path,
        args: [verb, ...args],
        folder: this.folder,
        env,
        redact: redactorFor(env),
        onEvent,
      });
      try {
        const end = await this.#running.finished;
        protectStateFiles(this.folder);
        if (end.exitCode === 0 || (verb === "plan" && end.exitCode === 2)) return { events, exitCode: end.exitCode };
        throw await this.#failure(events, end);
      } finally {
        this.#running = undefined;
      }
    });
  }

  /** The error of a run that did not end well. */
  async #failure(events: readonly TerraformEvent[], end: TerraformEnd): Promise<Error> {
    const remains = await this.remains();
    if (end.wasStopped) return new TerraformCancelledError(this.folder, remains);
    const told = events.flatMap((event) => (event.type === "diagnostic" ? [event.diagnostic] : []));
    const diagnostics = told.length > 0 ? told : complaintsIn(textOf(events));
    const [first, ...others] = errorsOf(diagnostics, {
      folder: this.folder,
      remains,
      hasToken: hasToken(this.#env()),
      hasStarted: events.some((event) => event.type === "started" && event.action !== "read"),
    });
    if (first !== undefined) {
      if (others.length > 0) first.cause = new AggregateError(others, "More of the same run.");
      return first;
    }
    return new TerraformCrashedError(this.folder, crashText(events, end), remains);
  }

  /** What is in the state, and the command that destroys it: for messages. */
  async remains(): Promise<Remains> {
    const cleanUp = this.#options.cleanUp ?? `terraform -chdir=${this.folder} destroy`;
    try {
      return { addresses: this.#addresses(await this.#askNow("state", ["list"])), cleanUp };
    } catch (error) {
      const isMissing = error instanceof TerraformCrashedError && /no state file was found/i.test(error.message);
      return { addresses: isMissing ? [] : null, cleanUp };
    }
  }

  #addresses(text: string): string[] {
    return text.split("\n").filter((line) => line !== "" && !/^(module\.[^.]+\.)*data\./.test(line));
  }

  #ask(verb: string, args: readonly string[]): Promise<string> {
    return this.#inTurn(() => this.#askNow(verb, args));
  }

  /** Runs what only reads, and gives what it prints. */
  #askNow(verb: string, args: readonly string[]): Promise<string> {
    const env = this.#env();
    const options = { cwd: this.folder, env, maxBuffer: LARGEST_ANSWER };
    return new Promise((done, fail) => {
      execFile(this.#options.binary.path, [verb, ...args], options, (error, stdout, stderr) => {
        if (error === null) return done(stdout);
        const text = redactorFor(env)(stderr).replace(/\s+/g, " ").trim();
        if (verb === "state" && /no state file was found/i.test(text)) return done("");
        fail(new TerraformCrashedError(this.folder, `${verb} failed: ${text}`, unknownRemains(this.#options)));
      });
    });
  }
}

function unknownRemains({ cleanUp, folder }: TerraformRunnerOptions): Remains {
  return { addresses: null, cleanUp: cleanUp ?? `terraform -chdir=${resolve(folder)} destroy` };
}

function hasToken({ DIGITALOCEAN_TOKEN, DIGITALOCEAN_ACCESS_TOKEN }: Variables): boolean {
  return (DIGITALOCEAN_TOKEN ?? DIGITALOCEAN_ACCESS_TOKEN ?? "") !== "";
}
