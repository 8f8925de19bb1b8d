/** Ways to droplets: ports of this machine's loopback that lead to theirs, through SSH or by plain TCP. @module */
import { connect, createServer, type Server, type Socket } from "node:net";
import { type Clock, systemClock } from "../../clock.js";
import { PortInUseError } from "../../errors.js";
import { RunningProgram } from "../../running-program.js";

/** A way that is kept open until it is closed, as far as the other side lets it. */
export interface Way {
  /** Closes it. Idempotent. */
  close(): Promise<void>;
}

/** What an {@link SshWay} is made of. */
export interface SshWayOptions {
  /** Path or name of the `ssh` to run. */
  readonly ssh: string;
  readonly args: readonly string[];
  /** Where it runs, and where it logs. */
  readonly directory: string;
  /** Name of its log. */
  readonly name: string;
  readonly onSpawn: (pid: number) => void;
  /** @defaultValue that of this machine */
  readonly clock?: Clock;
}

/** Before it is tried again: a droplet that boots does not let anybody in yet. Unit: seconds. */
const AGAIN_AFTER = 3;

/** One `ssh`, started again whenever it ends. */
export class SshWay implements Way {
  readonly #options: SshWayOptions;
  readonly #ending = new AbortController();
  readonly #work: Promise<void>;
  #program: RunningProgram | undefined;

  constructor(options: SshWayOptions) {
    this.#options = options;
    this.#work = this.#keep();
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#program?.stop(2);
    await this.#work;
  }

  async #keep(): Promise<void> {
    const { ssh: path, args, directory, name, onSpawn, clock = systemClock() } = this.#options;
    const agent = process.env.SSH_AUTH_SOCK;
    const environment = agent === undefined ? {} : { SSH_AUTH_SOCK: agent };
    while (!this.#ending.signal.aborted) {
      const program = await RunningProgram.start({ path, args, directory, name, environment }).catch(() => undefined);
      this.#program = program;
      if (program !== undefined) {
        onSpawn(program.pid);
        // It may have been closed while it began.
        if (this.#ending.signal.aborted) await program.stop(2);
        await program.ended;
      }
      await clock.sleep(AGAIN_AFTER, this.#ending.signal).catch(() => undefined);
    }
  }
}

/** One port of loopback, handed on to an address. */
export class DirectWay implements Way {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  /** @throws PortInUseError */
  static async open(port: number, to: { readonly host: string; readonly port: number }): Promise<DirectWay> {
    const way = new DirectWay(to);
    await new Promise<void>((resolve, reject) => {
      way.#server.once("error", () => reject(new PortInUseError("the way to a droplet", "127.0.0.1", port)));
      way.#server.listen(port, "127.0.0.1", resolve);
    });
    way.#server.unref();
    return way;
  }

  private constructor(to: { readonly host: string; readonly port: number }) {
    this.#server = createServer((near) => {
      const far = connect(to);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one);
        one.pipe(other);
        one.on("error", () => other.destroy());
        one.on("close", () => {
          this.#sockets.delete(one);
          other.destroy();
        });
      }
    });
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
