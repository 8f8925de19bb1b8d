/** A droplet that runs the reference service, in a process of its own. @module */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { DropletProcessError } from "../../errors.js";
import type { ServiceFault } from "../service/service-faults.js";
import type { ServiceNews, ServiceOrder } from "../service/service-messages.js";
import type { MachineSize, ModelTime, ReferenceServiceOptions } from "../service/service-options.js";
import type { DropletProcess, OnSpawn, Place } from "./droplet-process.js";
import { endOf, endProcess } from "./end-process.js";

/** What is to be started. */
export interface ServiceDropletOptions {
  /** Name of the droplet, for messages. */
  readonly name: string;
  readonly place: Place;
  /** What runs on it; size and place are added. */
  readonly service: Omit<ReferenceServiceOptions, "machine" | "host" | "port" | "onCrash">;
  /** Arguments of Node for it. @defaultValue none */
  readonly execArgv?: readonly string[];
  readonly onSpawn?: OnSpawn;
}

/** How long it may take to listen. Unit: seconds. */
const BOOT_SECONDS = 15;

/** The process of one droplet. */
export class ServiceDroplet implements DropletProcess {
  readonly ended: Promise<string>;
  readonly #options: ServiceDropletOptions;
  readonly #child: ChildProcess;

  /** Starts the process; it does not listen yet. @throws DropletProcessError */
  constructor(options: ServiceDropletOptions) {
    const { name, execArgv = [], onSpawn } = options;
    this.#options = options;
    // The sources run as they are under a loader; then the process's file is a source as well.
    const file = import.meta.url.endsWith(".ts") ? "../service/service-process.ts" : "../service/service-process.js";
    this.#child = fork(fileURLToPath(new URL(file, import.meta.url)), {
      execArgv: [...execArgv],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      serialization: "advanced",
    });
    this.ended = endOf(this.#child);
    if (this.#child.pid === undefined) throw new DropletProcessError(name, "could not be started");
    onSpawn?.(this.#child.pid);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  async boot(machine: MachineSize, modelTime: ModelTime): Promise<void> {
    const { name, place, service } = this.#options;
    const listening = new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => refuse(`did not listen within ${BOOT_SECONDS} s`), BOOT_SECONDS * 1000);
      const refuse = (reason: string): void => {
        clearTimeout(late);
        reject(new DropletProcessError(name, reason));
      };
      this.#child.on("message", (news: ServiceNews) => {
        if (news.kind === "failed") refuse(`could not listen on ${place.host}:${place.port}: ${news.reason}`);
        else {
          clearTimeout(late);
          resolve();
        }
      });
      void this.ended.then((how) => refuse(`ended while it booted (${how})`));
    });
    this.#tell({ kind: "start", options: { ...service, ...place, machine, modelTime } });
    await listening;
  }

  resize(machine: MachineSize): void {
    this.#tell({ kind: "resize", machine });
  }

  begin(seed: bigint, modelTime: ModelTime): void {
    this.#tell({ kind: "begin", seed, modelTime });
  }

  inject(fault: ServiceFault): void {
    this.#tell({ kind: "inject", fault });
  }

  stop(patienceSeconds: number): Promise<void> {
    return endProcess(this.ended, (signal) => void this.#child.kill(signal), patienceSeconds);
  }

  #tell(order: ServiceOrder): void {
    if (this.#child.connected) this.#child.send(order, () => undefined);
  }
}
