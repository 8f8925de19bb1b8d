/** haproxy's runtime API: commands over a socket, one connection at a time. @module */
import { createConnection } from "node:net";
import { LoadBalancerError } from "../../../errors.js";

/** How long an answer may take. Unit: milliseconds. */
const PATIENCE = 5000;

/** Sends commands one after another. */
export class HaproxySocket {
  readonly #path: string;
  readonly #title: string;
  #last: Promise<unknown> = Promise.resolve();

  /** @param title - Names haproxy in errors. */
  constructor(path: string, title: string) {
    this.#path = path;
    this.#title = title;
  }

  /**
   * Sends commands in one go.
   * @returns All that they answered.
   * @throws LoadBalancerError when haproxy does not answer
   */
  send(...commands: readonly string[]): Promise<string> {
    const answer = this.#last.then(() => this.#exchange(commands));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  #exchange(commands: readonly string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      const socket = createConnection(this.#path);
      const fail = (reason: string, cause?: Error): void => {
        socket.destroy();
        reject(new LoadBalancerError(this.#title, `does not answer on its socket: ${reason}`, { cause }));
      };
      socket.setTimeout(PATIENCE, () => fail(`nothing came for ${PATIENCE / 1000} s.`));
      socket.once("error", (cause) => fail(cause.message, cause));
      socket.on("data", (chunk) => chunks.push(chunk));
      socket.once("end", () => {
        socket.destroy();
        resolve(Buffer.concat(chunks).toString());
      });
      socket.write(`${commands.join(";")}\n`);
    });
  }
}

/** A table of comma-separated values whose first line names the columns after `# `. */
export function parseHaproxyTable(text: string): readonly ReadonlyMap<string, string>[] {
  const [head = "", ...lines] = text.trim().split("\n");
  const names = head.replace(/^# /, "").split(",");
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const cells = line.split(",");
      return new Map(names.map((name, i) => [name, cells[i] ?? ""]));
    });
}
