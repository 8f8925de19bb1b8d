/** Projects. @module */
import { type Answer, conflict, created, done, notFound, preconditionFailed, unprocessable } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import { optionalText, optionalWord, requireFields, textField, textsField } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { ProjectRecord } from "../records.js";
import type { World } from "../world.js";
import { ACCOUNT_UUID } from "./account.js";
import { defaultProject, type OwnedResource, ownedResources, projectOfUrn } from "./project-records.js";

const ENVIRONMENTS = ["Development", "Staging", "Production"] as const;

const URN = /^do:(dbaas|domain|droplet|floatingip|loadbalancer|space|volume|kubernetes|vpc):./;

type Finder = (call: Call) => ProjectRecord;

const named: Finder = ({ world, params }) => {
  const project = world.tables.projects.get(params.project_id!);
  if (project === undefined) throw notFound();
  return project;
};
const ofDefault: Finder = ({ world }) => defaultProject(world);

/** Operations on projects. */
export const projectHandlers: Handlers = {
  projects_list: (call) => {
    defaultProject(call.world);
    return listed(call, "projects", call.world.tables.projects.list(), view);
  },
  projects_create: create,
  projects_get: (call) => done({ project: view(named(call)) }),
  projects_get_default: (call) => done({ project: view(ofDefault(call)) }),
  projects_update: (call) => replace(call, named(call)),
  projects_update_default: (call) => replace(call, ofDefault(call)),
  projects_patch: (call) => update(call, named(call)),
  projects_patch_default: (call) => update(call, ofDefault(call)),
  projects_delete: (call) => {
    const project = named(call);
    if (project.isDefault) throw preconditionFailed("The default project cannot be deleted.");
    if (resourcesOf(call.world, project).length > 0) throw preconditionFailed("cannot delete a project with resources");
    call.world.tables.projects.delete(project.id);
    return done();
  },
  projects_list_resources: (call) => listResources(call, named(call)),
  projects_list_resources_default: (call) => listResources(call, ofDefault(call)),
  projects_assign_resources: (call) => assign(call, named(call)),
  projects_assign_resources_default: (call) => assign(call, ofDefault(call)),
};

function create(call: Call): Answer {
  const { world, body } = call;
  const name = textField(body, "name");
  const purpose = textField(body, "purpose");
  checkName(world, name);
  const project = world.tables.projects.add({
    id: world.identity.uuid(),
    name,
    description: optionalText(body, "description") ?? "",
    purpose,
    environment: optionalWord(body, "environment", ENVIRONMENTS) ?? "",
    isDefault: false,
    createdAt: world.timestamp,
    updatedAt: world.timestamp,
  });
  return created({ project: view(project) });
}

/** PUT says everything, PATCH what changes. */
function replace(call: Call, project: ProjectRecord): Answer {
  requireFields(call.body, "name", "description", "purpose", "environment", "is_default");
  return update(call, project);
}

function update({ world, body }: Call, project: ProjectRecord): Answer {
  const name = optionalText(body, "name") ?? project.name;
  if (name === "") throw unprocessable("name is required.");
  if (name !== project.name) checkName(world, name);
  project.name = name;
  project.description = optionalText(body, "description") ?? project.description;
  project.purpose = optionalText(body, "purpose") ?? project.purpose;
  project.environment = optionalWord(body, "environment", ENVIRONMENTS) ?? project.environment;
  project.updatedAt = world.timestamp;
  if (body.is_default === true && !project.isDefault) {
    defaultProject(world).isDefault = false;
    project.isDefault = true;
  }
  return done({ project: view(project) });
}

function checkName(world: World, name: string): void {
  for (const other of world.tables.projects.all()) {
    if (other.name === name) throw conflict("name is already in use");
  }
}

function resourcesOf(world: World, project: ProjectRecord): OwnedResource[] {
  return ownedResources(world).filter(({ urn }) => projectOfUrn(world, urn) === project.id);
}

function listResources(call: Call, project: ProjectRecord): Answer {
  return listed(call, "resources", resourcesOf(call.world, project), (resource) => resourceView(call, resource, "ok"));
}

function assign(call: Call, project: ProjectRecord): Answer {
  const { world, body } = call;
  const owned = new Map(ownedResources(world).map((resource) => [resource.urn, resource]));
  const resources = textsField(body, "resources").map((urn) => {
    if (!URN.test(urn)) throw unprocessable(`resources: ${JSON.stringify(urn)} is no URN.`);
    const resource = owned.get(urn);
    if (resource === undefined)
      return { urn, assigned_at: world.timestamp, links: { self: call.origin }, status: "not_found" };
    const isAlready = projectOfUrn(world, urn) === project.id;
    if (!isAlready) world.tables.assignments.restore({ id: urn, projectId: project.id, assignedAt: world.timestamp });
    return resourceView(call, resource, isAlready ? "already_assigned" : "assigned");
  });
  return done({ resources });
}

function resourceView(call: Call, { urn, createdAt, path }: OwnedResource, status: string): JsonObject {
  const assignment = call.world.tables.assignments.peek(urn);
  return {
    urn,
    assigned_at: assignment?.assignedAt ?? createdAt,
    links: { self: `${call.origin}${path}` },
    status,
  };
}

function view(project: ProjectRecord): JsonObject {
  return {
    id: project.id,
    owner_uuid: ACCOUNT_UUID,
    owner_id: 1,
    name: project.name,
    description: project.description,
    purpose: project.purpose,
    environment: project.environment === "" ? "Development" : project.environment,
    is_default: project.isDefault,
    created_at: project.createdAt,
    updated_at: project.updatedAt,
  };
}
