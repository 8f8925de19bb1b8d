/** A target that is scraped. @module */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A target whose counters stand at what the test sets, and which can be away. */
export class Target {
  value = 0;
  isAway = false;
  readonly #server: Server = createServer((_, response) => {
    if (this.isAway) response.destroy();
    else
      response.end(
        `# TYPE http_requests_total counter\nhttp_requests_total{service="web",code="200"} ${this.value}\n` +
          `# TYPE infra_gym_backlog_requests gauge\ninfra_gym_backlog_requests{service="web"} ${this.value / 10}\n` +
          '# TYPE node_memory_MemTotal_bytes gauge\nnode_memory_MemTotal_bytes{service="web"} 1024\n',
      );
  });
  port = 0;
  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    this.port = (this.#server.address() as AddressInfo).port;
  }
  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
