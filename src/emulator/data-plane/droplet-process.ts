/** What stands for a droplet: a process, of whatever kind. @module */
import type { ServiceFault } from "../service/service-faults.js";
import type { MachineSize, ModelTime } from "../service/service-options.js";

/** Where a droplet's process listens: a loopback address and a port that no other has. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** A droplet's process. It is there from the time the droplet appears, and answers from {@link DropletProcess.boot} on. */
export interface DropletProcess {
  readonly pid: number;
  /** Resolves when the process is gone: how it ended, such as `exit code 70` or `SIGKILL`. Never rejects. */
  readonly ended: Promise<string>;
  /** Begins to listen. @throws DropletProcessError */
  boot(machine: MachineSize, modelTime: ModelTime): Promise<void>;
  /** Another size while it runs. */
  resize(machine: MachineSize): void;
  /** An episode begins: nothing is in hand any more. */
  begin(seed: bigint, modelTime: ModelTime): void;
  /** Makes something go wrong. */
  inject(fault: ServiceFault): void;
  /** Ends it: by asking, and after a time by force. Idempotent. Unit: seconds. */
  stop(patienceSeconds: number): Promise<void>;
}

/** Is told of every process that is started, before anything else is done with it. */
export type OnSpawn = (pid: number) => void;
