/** Container registries, under both of the paths the API has for them: `/v2/registry` for one, `/v2/registries` for many. @module */
import { type Answer, created, done, notFound, preconditionFailed, Refusal, unprocessable } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import { optionalWord, textField } from "../fields.js";
import type { JsonObject } from "../json.js";
import type { PlainRecord } from "../records.js";
import type { World } from "../world.js";
import { registryImageHandlers as images, registryOf } from "./registry-images.js";
import {
  addRegistry,
  checkRegistryName,
  deleteRegistry,
  REGISTRY_REGIONS,
  registryView,
  subscribe,
  subscriptionView,
  tiersOf,
  tierView,
} from "./registry-records.js";

/** Operations on container registries. */
export const registryHandlers: Handlers = {
  registry_get: (call) => done({ registry: withSubscription(call.world, theRegistry(call.world)) }),
  registry_create: (call) => {
    const registry = addRegistry(call.world, call.body, false);
    return created({ registry: withSubscription(call.world, registry) });
  },
  registry_delete: (call) => {
    deleteRegistry(call.world, theRegistry(call.world));
    return done();
  },
  registry_get_subscription: showSubscription,
  registry_update_subscription: changeSubscription,
  registry_get_dockerCredentials: (call) => {
    theRegistry(call.world);
    return credentials(call);
  },
  registry_validate_name: validateName,
  registry_get_options: showOptions,
  registry_list_repositories: images.listRepositories,
  registry_list_repositoriesV2: images.listRepositoriesV2,
  registry_list_repositoryTags: images.listTags,
  registry_delete_repositoryTag: images.deleteTag,
  registry_list_repositoryManifests: images.listManifests,
  registry_delete_repositoryManifest: images.deleteManifest,
  registry_run_garbageCollection: images.runCollection,
  registry_get_garbageCollection: images.getCollection,
  registry_list_garbageCollections: images.listCollections,
  registry_update_garbageCollection: images.updateCollection,
  registries_list: ({ world }) =>
    done({ registries: world.tables.registries.list().map((registry) => withSubscription(world, registry)) }),
  registries_create: (call) => created({ registry: registryView(addRegistry(call.world, call.body, true)) }),
  registries_get: (call) => done({ registry: registryView(registryOf(call)) }),
  registries_delete: (call) => {
    deleteRegistry(call.world, registryOf(call));
    return done();
  },
  registries_get_dockerCredentials: (call) => {
    registryOf(call);
    return credentials(call);
  },
  registries_get_subscription: showSubscription,
  registries_update_subscription: changeSubscription,
  registries_get_options: showOptions,
  registries_get_garbageCollection: images.getCollection,
  registries_run_garbageCollection: images.runCollection,
  registries_list_garbageCollections: images.listCollections,
  registries_update_garbageCollection: images.updateCollection,
  registries_list_repositoriesV2: images.listRepositoriesV2,
  registries_delete_repository: images.deleteRepository,
  registries_list_repositoryTags: images.listTags,
  registries_delete_repositoryTag: images.deleteTag,
  registries_list_repositoryManifests: images.listManifests,
  registries_delete_repositoryManifest: images.deleteManifest,
  registries_validate_name: validateName,
};

/** The only registry of the account. @throws Refusal where there is none, or more than one. */
function theRegistry(world: World): PlainRecord {
  const [registry, ...others] = world.tables.registries.list();
  if (registry === undefined) throw notFound("registry does not exist");
  if (others.length > 0) throw preconditionFailed("there is more than one registry; use /v2/registries");
  return registry;
}

function withSubscription(world: World, registry: PlainRecord): JsonObject {
  return { ...registryView(registry), subscription: subscriptionView(world) };
}

function showSubscription({ world }: Call): Answer {
  return done({ subscription: subscriptionView(world) });
}

function changeSubscription({ world, body }: Call): Answer {
  const tier = optionalWord(body, "tier_slug", tiersOf(world));
  if (tier === undefined) throw unprocessable("tier_slug is required.");
  if (tier === "starter" && world.tables.registries.size > 1) {
    throw new Refusal(412, "precondition_failed", "the plan does not allow as many registries");
  }
  subscribe(world, tier);
  return showSubscription({ world } as Call);
}

function credentials({ world }: Call): Answer {
  const token = `emulated-${world.identity.hex(32)}`;
  return done({
    auths: { "registry.digitalocean.com": { auth: Buffer.from(`${token}:${token}`).toString("base64") } },
  });
}

function validateName({ world, body }: Call): Answer {
  checkRegistryName(world, textField(body, "name"));
  return done();
}

function showOptions({ world }: Call): Answer {
  const tiers = tiersOf(world).map((slug) => ({ ...tierView(world, slug), eligible: true, eligibility_reasons: [] }));
  return done({ options: { available_regions: REGISTRY_REGIONS, subscription_tiers: tiers } });
}
