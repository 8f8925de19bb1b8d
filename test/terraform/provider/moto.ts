/** An S3 store on this machine: the server of moto, a Python package. @module */
import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";

/** Whether moto's server is there; tests that need it are skipped where it is not. */
export const hasMoto: boolean =
  spawnSync("python3", ["-c", "import moto.server, flask_cors"], { stdio: "ignore" }).status === 0;

/** A running store. */
export interface S3Store {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a store and waits until it answers. */
export async function startS3Store(): Promise<S3Store> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => server.on("close", () => resolve()));
  for (let attempt = 0; attempt < 200; attempt++) {
    const isUp = await fetch(`${url}/moto-api/data.json`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url,
    close: async () => {
      server.kill("SIGKILL");
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
