/** What a world in an account has before its parts are started: a run that has been let in. @module */
import type { CloudRun } from "../../digitalocean/cloud-run.js";
import type { Credentials } from "../../digitalocean/credentials.js";
import type { DigitalOceanClient } from "../../digitalocean/digitalocean-client.js";
import type { InfraGraph } from "../../infra/infra-graph.js";
import type { SimulatorModel } from "../../simulator/model.js";
import type { TerraformBinary } from "../../terraform/find-terraform.js";
import type { World } from "../backend.js";
import type { WorldFolder } from "../live/world-folder.js";
import type { CheckedDigitalOceanOptions } from "./digitalocean-options.js";

/** A run in an account with what belongs to it. */
export interface AccountSide {
  readonly world: World;
  readonly model: SimulatorModel;
  readonly options: CheckedDigitalOceanOptions;
  readonly credentials: Credentials;
  readonly client: DigitalOceanClient;
  readonly run: CloudRun;
  readonly folder: WorldFolder;
  readonly terraform: TerraformBinary;
  /** A graph of the environment as it is for the account. */
  readonly served: (graph: InfraGraph) => InfraGraph;
  /** The same with the run's id in its names. */
  readonly named: (graph: InfraGraph) => InfraGraph;
}
