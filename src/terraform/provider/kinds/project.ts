/** Projects by the API. @module */
import type { ApiClient, Json } from "../api/api-client.js";
import { whileInTheWay } from "../api/waiting.js";
import { attributesOf, differs, type KindApi } from "../kind-api.js";
import type { PlainValues } from "../plain-values.js";

/** `/v2/projects` */
export const projectApi: KindApi = {
  affects: { resources: ["updated_at"] },
  create: async (wanted, api) => {
    const { project } = await api.post("/v2/projects", projectBody(wanted));
    const { id } = project as { readonly id: string };
    if (wanted.is_default === true) await api.patch(`/v2/projects/${id}`, { is_default: true });
    await assign(id, (wanted.resources ?? []) as readonly string[], api);
    return (await readProject({ ...wanted, id }, api))!;
  },
  read: readProject,
  update: async (prior, wanted, api) => {
    const { id, is_default } = prior;
    const isDefault = wanted.is_default ?? is_default ?? false;
    // PUT asks for an environment, which a project need not have; PATCH changes what it is given.
    await api.patch(`/v2/projects/${id}`, { ...projectBody(wanted), is_default: isDefault });
    if (wanted.resources === undefined || !differs(prior, wanted, "resources")) return;
    const [before, after] = [prior.resources ?? [], wanted.resources] as (readonly string[])[];
    await assign(
      "default",
      before!.filter((urn) => !after!.includes(urn)),
      api,
    );
    await assign(
      String(id),
      after!.filter((urn) => !before!.includes(urn)),
      api,
    );
  },
  // A project with something in it cannot go: what is left goes to the default project.
  remove: ({ id }, api) =>
    whileInTheWay(`Deleting the project ${id}`, [412], api, async () => {
      await assign("default", await resourcesOf(String(id), api), api);
      await api.delete(`/v2/projects/${id}`);
    }),
  identity: {
    by: ["name"],
    list: async (wanted, api) =>
      (await api.list("/v2/projects", "projects")).map((project) => projectValues(project, wanted)),
  },
};

function projectBody({ name, description = "", purpose = "Web Application", environment }: PlainValues): object {
  return { name, description, purpose, ...(environment !== undefined && { environment }) };
}

async function readProject(state: PlainValues, api: ApiClient): Promise<PlainValues | undefined> {
  const found = await api.find(`/v2/projects/${state.id}`);
  if (found === undefined) return undefined;
  return { ...projectValues(found.project as Json, state), resources: await resourcesOf(String(state.id), api) };
}

function projectValues(project: Json, asked: PlainValues): PlainValues {
  const fields = ["id", "name", "description", "environment", "is_default", "owner_uuid", "owner_id"];
  const purpose = String(project.purpose);
  return {
    ...attributesOf(project, [...fields, "created_at", "updated_at"]),
    // A purpose of one's own comes back marked as such.
    purpose: purpose === `Other: ${asked.purpose}` ? String(asked.purpose) : purpose,
  };
}

async function resourcesOf(id: string, api: ApiClient): Promise<readonly string[]> {
  return (await api.list(`/v2/projects/${id}/resources`, "resources")).map(({ urn }) => urn as string);
}

async function assign(project: string, resources: readonly string[], api: ApiClient): Promise<void> {
  if (resources.length > 0) await api.post(`/v2/projects/${project}/resources`, { resources });
}
