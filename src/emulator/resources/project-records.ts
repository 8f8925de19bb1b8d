/** Projects and what is in them. @module */
import type { ProjectRecord } from "../records.js";
import type { World } from "../world.js";

/** The account's default project, made when it is first needed. */
export function defaultProject(world: World): ProjectRecord {
  for (const project of world.tables.projects.all()) if (project.isDefault) return project;
  const project: ProjectRecord = {
    id: world.identity.uuid(),
    name: "first-project",
    description: "",
    purpose: "Just trying out DigitalOcean",
    environment: "Development",
    isDefault: true,
    createdAt: world.timestamp,
    updatedAt: world.timestamp,
  };
  world.tables.projects.restore(project);
  return project;
}

/** A resource that can be in a project: its URN and when it was made. */
export interface OwnedResource {
  readonly urn: string;
  readonly createdAt: string;
  /** Path of the operation that shows it. */
  readonly path: string;
}

/** Everything on the account that can be in a project. */
export function ownedResources(world: World): OwnedResource[] {
  const { tables } = world;
  const owned = (kind: string, path: string, id: string | number, createdAt: unknown): OwnedResource => ({
    urn: `do:${kind}:${id}`,
    createdAt: String(createdAt),
    path: `/v2/${path}/${id}`,
  });
  return [
    ...tables.droplets.list().map(({ id, createdAt }) => owned("droplet", "droplets", id, createdAt)),
    ...tables.loadBalancers.list().map(({ id, createdAt }) => owned("loadbalancer", "load_balancers", id, createdAt)),
    ...tables.volumes.list().map(({ id, createdAt }) => owned("volume", "volumes", id, createdAt)),
    ...tables.reservedIps.list().map(({ id, createdAt }) => owned("floatingip", "reserved_ips", id, createdAt)),
    ...tables.domains.list().map(({ id, created_at }) => owned("domain", "domains", id, created_at)),
    ...tables.clusters.list().map(({ id, created_at }) => owned("kubernetes", "kubernetes/clusters", id, created_at)),
    ...tables.databases.list().map(({ id, created_at }) => owned("dbaas", "databases", id, created_at)),
  ];
}

/** The project a resource is in. */
export function projectOfUrn(world: World, urn: string): string {
  return world.tables.assignments.peek(urn)?.projectId ?? defaultProject(world).id;
}
