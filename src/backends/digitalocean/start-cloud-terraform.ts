/** Terraform for a world in an account: with DigitalOcean's own provider, or the built-in one where an emulator stands for the account. @module */
import { join } from "node:path";
import { ProjectApplier } from "../../terraform/project-applier.js";
import { BuiltInProvider } from "../../terraform/provider/built-in-provider.js";
import { GraphApplier } from "../live/graph-applier.js";
import type { AccountSide } from "./account-side.js";

/** How many droplets are made at a time. */
const PARALLELISM = 16;

/** What applies a world's graphs. */
export interface CloudTerraform {
  readonly applier: GraphApplier;
  /** Destroys everything that Terraform knows of, and ends it. What it cannot destroy is left to the run, which says if it cannot either. */
  end(): Promise<void>;
}

/** Starts it; nothing is applied yet. @throws FolderInUseError */
export async function startCloudTerraform(side: AccountSide): Promise<CloudTerraform> {
  const { world, client, credentials, run, folder, terraform } = side;
  const { endpoint, token } = credentials;
  const { catalogue } = world.graph;
  const { tag } = run.mark;
  const provider = client.isLoopback
    ? await BuiltInProvider.start({ endpoint, token, catalogue, run: tag })
    : undefined;
  const env = {
    DIGITALOCEAN_TOKEN: token,
    DIGITALOCEAN_API_URL: endpoint,
    ...(provider === undefined ? {} : { TF_REATTACH_PROVIDERS: provider.reattach }),
  };
  const project = new ProjectApplier({
    binary: terraform,
    folder: join(folder.path, "terraform"),
    env: () => env,
    parallelism: PARALLELISM,
    needsInit: provider === undefined,
  });
  return {
    applier: new GraphApplier(project, [tag]),
    end: async () => {
      await project.destroy().catch(() => undefined);
      await project.close();
      await provider?.close();
    },
  };
}
