/** What a stack gives: a graph, and what runs on it. @module */
import type { InfraGraph } from "../infra/infra-graph.js";
import type { Service } from "../infra/service.js";

/** A ready-made graph with the services that run on its machines. */
export interface Stack {
  readonly graph: InfraGraph;
  /** Callers before those they call. */
  readonly services: readonly Service[];
  /** Name of the service that receives the clients' requests. */
  readonly entryService: string;
  /** Address of the load balancer in front of it. */
  readonly loadBalancer: string;
}
