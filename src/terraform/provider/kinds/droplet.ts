/** Droplets by the API. @module */
import { RequestFailedError } from "../../../errors.js";
import type { ApiClient, Json } from "../api/api-client.js";
import { retag } from "../api/tagging.js";
import { waitFor, waitForAction } from "../api/waiting.js";
import { attributesOf, bodyOf, differs, type KindApi } from "../kind-api.js";
import type { PlainValue, PlainValues } from "../plain-values.js";

/** `/v2/droplets` */
export const dropletApi: KindApi = {
  affects: {
    size: ["disk", "vcpus", "memory", "price_hourly", "price_monthly"],
    ipv6: ["ipv6_address"],
  },
  create: async (wanted, api) => dropletValues((await api.post("/v2/droplets", createBody(wanted))).droplet as Json),
  read: async ({ id, image }, api) => {
    const found = await api.find(`/v2/droplets/${id}`);
    return found && dropletValues(found.droplet as Json, image);
  },
  // One that is off was ready once.
  isReady: ({ status, ipv4_address }) => status !== "new" && typeof ipv4_address === "string",
  unfinished: ({ status }) => (status === "off" ? ["status"] : []),
  update: updateDroplet,
  remove: async ({ id, graceful_shutdown }, api) => {
    if (graceful_shutdown === true) await act(id!, { type: "shutdown" }, api);
    await api.delete(`/v2/droplets/${id}`);
  },
  removesSlowly: true,
  identity: {
    by: ["name", "region"],
    isLabelled: true,
    list: async (_, api) => (await api.list("/v2/droplets", "droplets")).map((droplet) => dropletValues(droplet)),
  },
};

function createBody(wanted: PlainValues): object {
  const { image, ssh_keys } = wanted;
  return {
    ...bodyOf(wanted, ["name", "region", "size", "backups", "ipv6", "monitoring", "tags", "user_data", "vpc_uuid"]),
    ...bodyOf(wanted, [["volume_ids", "volumes"], ["droplet_agent", "with_droplet_agent"], "private_networking"]),
    ...bodyOf(wanted, ["backup_policy"]),
    image: numeric(image!),
    ssh_keys: ((ssh_keys ?? []) as readonly string[]).map(numeric),
  };
}

/** Images and keys have an id, which is a number for the API, or a slug or fingerprint. */
function numeric(value: PlainValue): PlainValue {
  return typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
}

interface Address {
  readonly ip_address: string;
  readonly type: "public" | "private";
}

function dropletValues(droplet: Json, askedImage?: PlainValue): PlainValues {
  const { id, name, region, size, networks, features = [], image } = droplet as unknown as DropletJson;
  const address = (version: "v4" | "v6", type: string): string | undefined =>
    networks?.[version]?.find((network) => network.type === type)?.ip_address;
  const ipv4 = address("v4", "public");
  return {
    ...attributesOf(droplet, ["tags", "vpc_uuid", "status", "locked", "created_at", ["size", "size_slug"]]),
    ...attributesOf(droplet, ["disk", "vcpus", "memory", "volume_ids"]),
    id: String(id),
    urn: `do:droplet:${id}`,
    name,
    region: region.slug,
    // The image was asked for by slug or by id; both are shown.
    ...(image !== undefined && {
      image: askedImage === String(image.id) ? askedImage : (image.slug ?? String(image.id)),
    }),
    ...(size !== undefined && { price_hourly: size.price_hourly, price_monthly: size.price_monthly }),
    backups: features.includes("backups"),
    ipv6: features.includes("ipv6"),
    monitoring: features.includes("monitoring"),
    private_networking: features.includes("private_networking"),
    ipv6_address: address("v6", "public")?.toLowerCase() ?? "",
    ...(ipv4 !== undefined && { ipv4_address: ipv4 }),
    ipv4_address_private: address("v4", "private") ?? "",
  };
}

interface DropletJson {
  readonly id: number;
  readonly name: string;
  readonly region: { readonly slug: string };
  readonly size?: { readonly price_hourly: number; readonly price_monthly: number };
  readonly image?: { readonly id: number; readonly slug: string | null };
  readonly networks?: { readonly v4?: readonly Address[]; readonly v6?: readonly Address[] };
  readonly features?: readonly string[];
}

async function updateDroplet(prior: PlainValues, wanted: PlainValues, api: ApiClient): Promise<void> {
  const id = prior.id!;
  if (differs(prior, wanted, "size")) await resize(id, wanted, api);
  else if (prior.status === "off" && wanted.status === undefined) await turnOn(id, api);
  if (differs(prior, wanted, "name")) await act(id, { type: "rename", name: wanted.name }, api);
  if (differs(prior, wanted, "backups")) {
    const policy = wanted.backups === true && wanted.backup_policy !== undefined;
    const type = wanted.backups === true ? "enable_backups" : "disable_backups";
    await act(id, { type, ...(policy && { backup_policy: wanted.backup_policy }) }, api);
  } else if (wanted.backups === true && differs(prior, wanted, "backup_policy")) {
    await act(id, { type: "change_backup_policy", backup_policy: wanted.backup_policy ?? null }, api);
  }
  if (prior.ipv6 !== true && wanted.ipv6 === true) await act(id, { type: "enable_ipv6" }, api);
  if (differs(prior, wanted, "tags")) {
    await retag({ resource_id: String(id), resource_type: "droplet" }, prior, wanted, api);
  }
  if (wanted.volume_ids !== undefined && differs(prior, wanted, "volume_ids")) {
    await moveVolumes(id, prior, wanted, api);
  }
}

/** Only a droplet that is off can be resized. */
async function resize(id: PlainValue, { size, resize_disk, graceful_shutdown }: PlainValues, api: ApiClient) {
  // An earlier resize was interrupted when it was off.
  const off = { type: graceful_shutdown === true ? "shutdown" : "power_off" };
  await act(id, off, api).catch(unlessRefusedFor(/already powered off/i));
  try {
    await act(id, { type: "resize", size, disk: resize_disk === true }, api);
  } finally {
    await turnOn(id, api);
  }
}

function turnOn(id: PlainValue, api: ApiClient): Promise<void> {
  return act(id, { type: "power_on" }, api).catch(unlessRefusedFor(/already powered on/i));
}

function unlessRefusedFor(reason: RegExp): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof RequestFailedError && reason.test(error.reason))) throw error;
  };
}

async function moveVolumes(id: PlainValue, prior: PlainValues, wanted: PlainValues, api: ApiClient): Promise<void> {
  const before = (prior.volume_ids ?? []) as readonly string[];
  const after = wanted.volume_ids as readonly string[];
  const move = async (volume: string, type: "attach" | "detach"): Promise<void> => {
    const path = `/v2/volumes/${volume}/actions`;
    const body = { type, droplet_id: Number(id), region: wanted.region ?? prior.region };
    await waitForAction((await api.post(path, body)).action as Json, path, api);
  };
  for (const volume of before.filter((name) => !after.includes(name))) await move(volume, "detach");
  for (const volume of after.filter((name) => !before.includes(name))) await move(volume, "attach");
}

/** One action at a time: what an interrupted run has begun ends first. */
async function act(id: PlainValue, body: object, api: ApiClient): Promise<void> {
  const path = `/v2/droplets/${id}/actions`;
  const { action } = await waitFor(`An earlier action on droplet ${id}`, api.waitSeconds, async () => {
    try {
      return await api.post(path, body);
    } catch (error) {
      unlessRefusedFor(/pending event/i)(error);
      return undefined;
    }
  });
  await waitForAction(action as Json, path, api);
}
