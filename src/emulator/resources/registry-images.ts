/** What is in a container registry: repositories, tags and manifests; and garbage collections. @module */
import { type Answer, conflict, created, done, notFound } from "../answer.js";
import type { Call, Handler, Transitions } from "../call.js";
import { flagField } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed, pageOf } from "../page.js";
import type { ChildRecord, PlainRecord } from "../records.js";
import type { World } from "../world.js";
import { registryParts } from "./registry-records.js";

/** What can be done within a registry. */
type RegistryOperation =
  | "listRepositories"
  | "listRepositoriesV2"
  | "deleteRepository"
  | "listTags"
  | "deleteTag"
  | "listManifests"
  | "deleteManifest"
  | "runCollection"
  | "getCollection"
  | "listCollections"
  | "updateCollection";

/** Operations within a registry: the same under both of the paths the API has for them. */
export const registryImageHandlers: Readonly<Record<RegistryOperation, Handler>> = {
  listRepositories: (call) => {
    const registry = registryOf(call);
    return listed(call, "repositories", repositoriesOf(call.world, registry), ({ name, images }) => ({
      registry_name: registry.id,
      name,
      latest_tag: tagView(images.at(-1)!),
      tag_count: images.length,
    }));
  },
  listRepositoriesV2: (call) => {
    const registry = registryOf(call);
    return listed(call, "repositories", repositoriesOf(call.world, registry), ({ name, images }) => ({
      registry_name: registry.id,
      name,
      latest_manifest: manifestView(images.at(-1)!),
      tag_count: images.length,
      manifest_count: new Set(images.map(({ digest }) => digest)).size,
    }));
  },
  deleteRepository: (call) => removeImages(call, () => true),
  listTags: (call) => listed(call, "tags", imagesOf(call), tagView),
  deleteTag: (call) => removeImages(call, ({ tag }) => tag === call.params.repository_tag),
  listManifests: (call) => listed(call, "manifests", imagesOf(call), manifestView),
  deleteManifest: (call) => removeImages(call, ({ digest }) => digest === call.params.manifest_digest),
  runCollection: (call) => {
    const { world } = call;
    const registry = registryOf(call);
    if (activeCollection(world, registry) !== undefined) throw conflict("registry has an active garbage collection");
    const collection = world.tables.registryParts.add({
      id: world.identity.uuid(),
      parent: String(registry.id),
      kind: "collection",
      status: "requested",
      created_at: world.timestamp,
      updated_at: world.timestamp,
    });
    world.after(world.drawSeconds({ min: 30, median: 60, max: 300 }), "registry.collected", collection.id);
    return created({ garbage_collection: collectionView(collection) });
  },
  getCollection: (call) => {
    const collection = activeCollection(call.world, registryOf(call));
    if (collection === undefined) throw notFound("registry has no active garbage collection");
    return done({ garbage_collection: collectionView(collection) });
  },
  listCollections: (call) => {
    const { entries } = pageOf(call, registryParts(call.world, registryOf(call), "collection").reverse());
    return done({ garbage_collections: entries.map(collectionView) });
  },
  updateCollection: (call) => {
    const { world, params } = call;
    const collections = registryParts(world, registryOf(call), "collection");
    const collection = collections.find(({ id }) => id === params.garbage_collection_uuid);
    if (collection === undefined) throw notFound();
    if (flagField(call.body, "cancel") && !isOver(collection)) {
      Object.assign(collection, { status: "cancelled", updated_at: world.timestamp });
    }
    return done({ garbage_collection: collectionView(collection) });
  },
};

/** Transitions of garbage collections. */
export const registryTransitions: Transitions = {
  "registry.collected": (world, id) => {
    const collection = world.tables.registryParts.peek(id);
    if (collection === undefined || isOver(collection)) return;
    Object.assign(collection, { status: "succeeded", updated_at: world.timestamp });
  },
};

/** The registry that a path names. @throws Refusal */
export function registryOf({ world, params }: Call): PlainRecord {
  const registry = world.tables.registries.get(params.registry_name!);
  if (registry === undefined) throw notFound("registry not found");
  return registry;
}

/** Puts a tagged image into a registry, as a push would: nothing in the API does. @returns Its digest. */
export function pushImage(world: World, registry: string, repository: string, tag: string, sizeBytes: number): string {
  const digest = `sha256:${world.identity.hex(64)}`;
  const updated_at = world.timestamp;
  const id = `${registry} ${repository} ${tag}`;
  world.tables.registryParts.add({
    id,
    parent: registry,
    kind: "image",
    repository,
    tag,
    digest,
    sizeBytes,
    updated_at,
  });
  return digest;
}

interface Repository {
  readonly name: string;
  readonly images: ChildRecord[];
}

function repositoriesOf(world: World, registry: PlainRecord): Repository[] {
  const byName = new Map<string, ChildRecord[]>();
  for (const image of registryParts(world, registry, "image")) {
    const name = String(image.repository);
    byName.set(name, [...(byName.get(name) ?? []), image]);
  }
  return [...byName].map(([name, images]) => ({ name, images }));
}

function imagesOf(call: Call): ChildRecord[] {
  const repository = repositoriesOf(call.world, registryOf(call)).find(
    ({ name }) => name === call.params.repository_name,
  );
  if (repository === undefined) throw notFound("repository not found");
  return repository.images;
}

function removeImages(call: Call, isChosen: (image: ChildRecord) => boolean): Answer {
  const chosen = imagesOf(call).filter(isChosen);
  if (chosen.length === 0) throw notFound();
  for (const { id } of chosen) call.world.tables.registryParts.delete(id);
  return done();
}

function tagView({ parent, repository, tag, digest, sizeBytes, updated_at }: ChildRecord): JsonObject {
  const sizes = { compressed_size_bytes: Math.round(Number(sizeBytes) / 2), size_bytes: sizeBytes };
  return { registry_name: parent, repository, tag, manifest_digest: digest, ...sizes, updated_at };
}

function manifestView({ parent, repository, tag, digest, sizeBytes, updated_at }: ChildRecord): JsonObject {
  const compressed_size_bytes = Math.round(Number(sizeBytes) / 2);
  const blobs = [{ digest, compressed_size_bytes }];
  return {
    registry_name: parent,
    repository,
    digest,
    compressed_size_bytes,
    size_bytes: sizeBytes,
    updated_at,
    tags: [tag],
    blobs,
  };
}

function activeCollection(world: World, registry: PlainRecord): ChildRecord | undefined {
  return registryParts(world, registry, "collection").find((collection) => !isOver(collection));
}

function isOver({ status }: ChildRecord): boolean {
  return status === "succeeded" || status === "cancelled" || status === "failed";
}

function collectionView({ id, parent, status, created_at, updated_at }: ChildRecord): JsonObject {
  return { uuid: id, registry_name: parent, status, created_at, updated_at, blobs_deleted: 0, freed_bytes: 0 };
}
