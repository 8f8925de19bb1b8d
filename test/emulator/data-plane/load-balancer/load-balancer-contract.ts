/** What every load balancer of the data plane does, seen from outside. @module */
import { Agent, get, type IncomingHttpHeaders } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type {
  LoadBalancerOptions,
  PlaneLoadBalancer,
} from "../../../../src/emulator/data-plane/load-balancer/index.js";
import { LoadBalancerError } from "../../../../src/errors.js";
import { LoadRunner } from "../../../../src/loadgen/index.js";
import { parseExposition } from "../../../../src/metrics/index.js";
import { type InProcessServer, type ServerProcess, startProcess, startServer } from "./plane-servers.js";

/** Opens a load balancer with these options, in a folder of its own. */
export type Open = (options?: Partial<LoadBalancerOptions>) => Promise<PlaneLoadBalancer>;

interface Got {
  readonly code: number;
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
  readonly isCut: boolean;
}

/** Asks once, on a connection of its own unless an agent is given. Code 0 where there was no answer. */
function ask(url: string, headers: Record<string, string> = {}, agent: Agent | false = false): Promise<Got> {
  return new Promise((resolve) => {
    const none = { code: 0, body: "", headers: {}, isCut: true };
    const request = get(url, { agent, headers }, (response) => {
      let body = "";
      const got = (isCut: boolean): void =>
        resolve({ code: response.statusCode!, body, headers: response.headers, isCut });
      response.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.on("end", () => got(false));
      response.on("error", () => got(true));
    });
    request.on("error", () => resolve(none));
  });
}

/** Runs the suite on one kind. @param execArgv - Of the process that sends load. */
export function loadBalancerContract(open: Open, execArgv: readonly string[]): void {
  let balancer: PlaneLoadBalancer;
  let a: InProcessServer;
  let b: InProcessServer;
  const processes: ServerProcess[] = [];
  const added: string[] = [];
  const add = async (name: string, { host, port }: { host: string; port: number }): Promise<void> => {
    await balancer.addServer({ name, host, port });
    added.push(name);
    await balancer.waitForServer(name, 5);
  };
  beforeAll(async () => {
    [balancer, a, b] = await Promise.all([open(), startServer("a"), startServer("b")]);
  });
  afterEach(async () => {
    for (const { name } of await balancer.servers()) await balancer.removeServer(name);
    for (const { child } of processes.splice(0)) child.kill("SIGKILL");
    for (const one of [a, b]) {
      one.healthCode = 200;
      one.behaviour = (_, response) => response.end(one === a ? "a" : "b");
      one.seen.length = 0;
    }
  });
  afterAll(async () => {
    await Promise.all([balancer.close(), a.close(), b.close()]);
  });

  it("answers 503 when no server is there, and lists none", async () => {
    expect((await ask(balancer.url)).code).toBe(503);
    expect(await balancer.servers()).toEqual([]);
  });

  it("sends nothing to a server before it has passed its checks", async () => {
    b.healthCode = 503;
    await add("a", a);
    await balancer.addServer({ name: "b", host: b.host, port: b.port });
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(balancer.url)));
    expect(answers.map(({ code, body }) => `${code} ${body}`)).toEqual(new Array(20).fill("200 a"));
    expect((await balancer.servers()).map(({ name, status }) => `${name} ${status}`)).toEqual(["a up", "b starting"]);
    await expect(balancer.waitForServer("b", 0.05)).rejects.toThrow(/did not find the server b up within 0.05 s\.$/);
  });

  it("passes on path, method, headers and body, and the answer's", async () => {
    a.behaviour = (request, response) => {
      const { method, url, headers } = request;
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        response.writeHead(418, { "x-own": "1", "set-cookie": ["p=1", "q=2"] });
        response.end(JSON.stringify({ method, url, ask: headers["x-ask"], body: Buffer.concat(chunks).toString() }));
      });
    };
    await add("a", a);
    for (const body of ["small", "x".repeat(200_000)]) {
      const answer = await fetch(`${balancer.url}/p/q?r=1`, { method: "POST", headers: { "x-ask": "2" }, body });
      expect(answer.status).toBe(418);
      expect(answer.headers.get("x-own")).toBe("1");
      expect(answer.headers.getSetCookie()).toEqual(["p=1", "q=2"]);
      expect(await answer.json()).toEqual({ method: "POST", url: "/p/q?r=1", ask: "2", body });
    }
  });

  it("gives a request to the server with the fewest in flight", async () => {
    const held: (() => void)[] = [];
    a.behaviour = (_, response) => void held.push(() => response.end("a"));
    await add("a", a);
    const slow = ask(balancer.url);
    while (held.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    await add("b", b);
    const answers = [];
    for (let i = 0; i < 6; i++) answers.push((await ask(balancer.url)).body);
    expect(answers).toEqual(new Array(6).fill("b"));
    expect((await balancer.servers()).map(({ inFlight }) => inFlight)).toEqual([1, 0]);
    held[0]!();
    expect((await slow).body).toBe("a");
  });

  it("drains: nothing new, what is in flight is answered; a time that is up is said", async () => {
    const held: (() => void)[] = [];
    a.behaviour = (_, response) => void held.push(() => response.end("a"));
    await add("a", a);
    const slow = ask(balancer.url);
    while (held.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
    await add("b", b);
    expect(await balancer.drainServer("a", { timeoutSeconds: 0.05 })).toBe(false);
    expect((await balancer.servers()).map(({ status }) => status)).toEqual(["draining", "up"]);
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(balancer.url)));
    expect(answers.map(({ body }) => body)).toEqual(new Array(8).fill("b"));
    const drained = balancer.drainServer("a", { timeoutSeconds: 5 });
    held[0]!();
    expect([await drained, (await slow).body]).toEqual([true, "a"]);
    await balancer.removeServer("a");
    expect((await balancer.servers()).map(({ name }) => name)).toEqual(["b"]);
  });

  it("takes a server that fails its checks out of turn, cuts what it holds, and takes it back", async () => {
    const agent = new Agent({ keepAlive: true });
    a.behaviour = () => undefined;
    await add("a", a);
    const hanging = ask(balancer.url, {}, agent);
    await add("b", b);
    a.healthCode = 503;
    expect((await hanging).code).toBe(502);
    expect((await balancer.servers()).map(({ status }) => status)).toEqual(["down", "up"]);
    expect((await ask(balancer.url, {}, agent)).body).toBe("b");
    a.healthCode = 200;
    await balancer.waitForServer("a", 5);
    agent.destroy();
  });

  it("hands on an answer of 503, and cuts one that breaks off", async () => {
    await add("a", a);
    a.behaviour = (_, response) => response.writeHead(503).end("full");
    expect(await ask(balancer.url)).toMatchObject({ code: 503, body: "full", isCut: false });
    a.behaviour = (_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half", () => response.destroy());
    };
    expect(await ask(balancer.url)).toMatchObject({ code: 200, body: "half", isCut: true });
    a.behaviour = (_, response) => response.destroy();
    expect((await ask(balancer.url)).code).toBe(502);
    a.behaviour = (_, response) => response.end("a");
    expect(await ask(balancer.url)).toMatchObject({ code: 200, body: "a" });
  });

  it("tells its state to Prometheus", async () => {
    await add("a", a);
    await ask(balancer.url);
    await ask(balancer.url);
    const text = await (await fetch(balancer.metricsUrl)).text();
    const samples = parseExposition(text, { format: "text" }).flatMap((family) => family.samples);
    const value = (name: string, labels: Record<string, string>): number | undefined =>
      samples.find(
        (one) =>
          one.name === name && Object.entries({ proxy: "web", ...labels }).every(([k, v]) => one.labels.get(k) === v),
      )?.value;
    expect(value("haproxy_server_http_responses_total", { server: "a", code: "2xx" })).toBe(2);
    expect(value("haproxy_server_status", { server: "a", state: "UP" })).toBe(1);
    expect(value("haproxy_server_current_sessions", { server: "a" })).toBe(0);
    expect(value("haproxy_backend_active_servers", {})).toBe(1);
    expect((await fetch(balancer.metricsUrl, { headers: { origin: "http://evil.example" } })).status).toBe(403);
  });

  it("loses nothing while servers come and go under load", async () => {
    processes.push(...(await Promise.all([startProcess(), startProcess()])));
    await add("p0", processes[0]!);
    const runner = await LoadRunner.start(
      { url: balancer.url, profile: { atSeconds: [0], rates: [300] }, durationSeconds: 60, connections: 64 },
      { execArgv: [...execArgv] },
    );
    const answered = async (count: number): Promise<void> => {
      const from = runner.progress?.report.answered ?? 0;
      while ((runner.progress?.report.answered ?? 0) < from + count) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    await answered(30);
    await add("p1", processes[1]!);
    await answered(30);
    await balancer.drainServer("p0", { timeoutSeconds: 5 });
    await balancer.removeServer("p0");
    await answered(30);
    const { lost, codes } = await runner.stop();
    expect({ lost, codes: Object.keys(codes) }).toEqual({ lost: 0, codes: ["200"] });
  });

  it("loses what a killed server holds, and nothing else", async () => {
    const agent = new Agent({ keepAlive: true });
    processes.push(await startProcess());
    await add("p", processes[0]!);
    const held = [ask(`${balancer.url}/hold`, {}, agent), ask(`${balancer.url}/hold`)];
    while ((await balancer.servers())[0]!.inFlight < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    await ask(balancer.url, {}, agent);
    await add("b", b);
    const { child } = processes[0]!;
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("exit", resolve));
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask(balancer.url, {}, agent)));
    expect(answers.map(({ body }) => body)).toEqual(new Array(30).fill("b"));
    expect((await Promise.all(held)).map(({ code }) => code)).not.toContain(200);
    agent.destroy();
  });

  it("names a server that is there twice, and one that is not there", async () => {
    await add("a", a);
    await expect(balancer.addServer({ name: "a", host: a.host, port: a.port })).rejects.toThrow(
      'Expected name to be one that no server has yet, got "a" (string).',
    );
    for (const call of [
      balancer.removeServer("z"),
      balancer.drainServer("z", { timeoutSeconds: 0 }),
      balancer.waitForServer("z", 0),
    ]) {
      await expect(call).rejects.toThrow(LoadBalancerError);
      await expect(call).rejects.toThrow(/has no server "z"\.$/);
    }
  });

  describe("with round robin and sticky sessions", () => {
    let other: PlaneLoadBalancer;
    beforeAll(async () => {
      other = await open({
        algorithm: "round_robin",
        stickySessions: { cookieName: "SERVER" },
        serverTimeoutSeconds: 1,
      });
      for (const [name, { host, port }] of Object.entries({ a, b })) await other.addServer({ name, host, port });
      for (const name of ["a", "b"]) await other.waitForServer(name, 5);
    });
    afterAll(() => other.close());

    it("takes servers in turn, and a client back to the same one", async () => {
      const answers = [];
      for (let i = 0; i < 8; i++) answers.push(await ask(other.url));
      const bodies = answers.map(({ body }) => body).join("");
      expect(["abababab", "babababa"]).toContain(bodies);
      const cookie = answers[0]!.headers["set-cookie"]![0]!.split(";")[0]!;
      expect(cookie).toMatch(/^SERVER=[0-9a-f]{16}$/);
      for (let i = 0; i < 4; i++) {
        const again = await ask(other.url, { cookie: `x=1; ${cookie}` });
        expect([again.body, again.headers["set-cookie"]]).toEqual([answers[0]!.body, undefined]);
      }
      const last = (answers[0]!.body === "a" ? a : b).seen.at(-1)!;
      expect(last.headers.cookie).toBe("x=1");
    });

    it("answers 504 when a server takes too long", async () => {
      a.behaviour = () => undefined;
      b.behaviour = () => undefined;
      expect((await ask(other.url)).code).toBe(504);
    });

    it("lets a client that sticks to a draining server go to another", async () => {
      const first = await ask(other.url);
      const cookie = first.headers["set-cookie"]![0]!.split(";")[0]!;
      expect(await other.drainServer(first.body, { timeoutSeconds: 1 })).toBe(true);
      expect((await ask(other.url, { cookie })).body).toBe(first.body === "a" ? "b" : "a");
      await other.removeServer(first.body);
      const next = await ask(other.url, { cookie });
      expect(next.body).toBe(first.body === "a" ? "b" : "a");
      expect(next.headers["set-cookie"]).toHaveLength(1);
    });
  });
}
