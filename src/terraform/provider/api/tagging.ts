/** Putting tags on resources and taking them off. @module */
import type { PlainValues } from "../plain-values.js";
import type { ApiClient } from "./api-client.js";

/** A resource as the API's tagging names it. */
export interface TaggedResource {
  readonly resource_id: string;
  readonly resource_type: "droplet" | "volume" | "database";
}

/** Brings the tags of a resource from what they were to what they shall be; tags that are not there yet are made. */
export async function retag(
  resource: TaggedResource,
  prior: PlainValues,
  wanted: PlainValues,
  api: ApiClient,
): Promise<void> {
  const before = (prior.tags ?? []) as readonly string[];
  const after = (wanted.tags ?? []) as readonly string[];
  const body = { resources: [resource] };
  for (const tag of after.filter((name) => !before.includes(name))) {
    await api.post("/v2/tags", { name: tag });
    await api.post(`/v2/tags/${encodeURIComponent(tag)}/resources`, body);
  }
  for (const tag of before.filter((name) => !after.includes(name))) {
    await api.delete(`/v2/tags/${encodeURIComponent(tag)}/resources`, { body });
  }
}
