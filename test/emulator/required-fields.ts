/** Fields that clients read and the API description does not require: half of its schemas would accept `{}`. @module */
import { requiredRows } from "./required-platform-fields.js";

const DROPLET =
  "id name memory vcpus disk locked status created_at features backup_ids snapshot_ids volume_ids image.id size.slug size.price_hourly size_slug networks.v4 networks.v6 region.slug tags vpc_uuid";
const ACTION = "id status type started_at completed_at resource_id resource_type region_slug";
const IMAGE = "id name type distribution slug public regions created_at min_disk_size size_gigabytes status tags";
const SNAPSHOT = "id name created_at regions min_disk_size size_gigabytes";
const VOLUME =
  "id name region.slug size_gigabytes droplet_ids created_at tags description filesystem_type filesystem_label";
const BALANCER =
  "id name ip status algorithm size_unit created_at forwarding_rules health_check.port sticky_sessions.type droplet_ids tag redirect_http_to_https enable_proxy_protocol enable_backend_keepalive vpc_uuid project_id";
const FIREWALL = "id name status created_at droplet_ids tags inbound_rules outbound_rules pending_changes";
const VPC = "id urn name description region ip_range default created_at";
const PEERING = "id name status vpc_ids created_at";
const PROJECT = "id owner_uuid owner_id name description purpose environment is_default created_at updated_at";
const RESOURCE = "urn assigned_at links.self status";
const TAG = "name resources.count resources.droplets.count resources.volumes.count resources.databases.count";
const KEY = "id fingerprint public_key name";
const DOMAIN = "name ttl zone_file";
const RECORD = "id type name data priority port ttl weight flags tag";

/** By operation: the envelope's name, `[]` behind it for a list, and the fields of what is in it. */
export const requiredFields: Readonly<Record<string, readonly (readonly [envelope: string, fields: string])[]>> = {
  account_get: [
    ["account", "droplet_limit floating_ip_limit email uuid email_verified status status_message team.uuid"],
  ],
  regions_list: [["regions[]", "slug name features available sizes"]],
  sizes_list: [["sizes[]", "slug memory vcpus disk price_monthly price_hourly regions available"]],
  images_list: [["images[]", IMAGE]],
  images_create_custom: [["image", IMAGE]],
  images_get: [["image", IMAGE]],
  images_update: [["image", IMAGE]],
  imageActions_list: [["actions[]", ACTION]],
  imageActions_post: [["", ACTION]],
  imageActions_get: [["", ACTION]],
  sshKeys_list: [["ssh_keys[]", KEY]],
  sshKeys_create: [["ssh_key", KEY]],
  sshKeys_get: [["ssh_key", KEY]],
  sshKeys_update: [["ssh_key", KEY]],
  droplets_list: [["droplets[]", DROPLET]],
  droplets_get: [["droplet", DROPLET]],
  droplets_list_snapshots: [["snapshots[]", SNAPSHOT]],
  droplets_list_backups: [["backups[]", SNAPSHOT]],
  droplets_list_firewalls: [["firewalls[]", FIREWALL]],
  dropletActions_list: [["actions[]", ACTION]],
  dropletActions_post: [["action", ACTION]],
  dropletActions_post_byTag: [["actions[]", ACTION]],
  dropletActions_get: [["action", ACTION]],
  loadBalancers_create: [["load_balancer", BALANCER]],
  loadBalancers_list: [["load_balancers[]", BALANCER]],
  loadBalancers_get: [["load_balancer", BALANCER]],
  loadBalancers_update: [["load_balancer", BALANCER]],
  firewalls_list: [["firewalls[]", FIREWALL]],
  firewalls_create: [["firewall", FIREWALL]],
  firewalls_get: [["firewall", FIREWALL]],
  firewalls_update: [["firewall", FIREWALL]],
  vpcs_list: [["vpcs[]", VPC]],
  vpcs_create: [["vpc", VPC]],
  vpcs_get: [["vpc", VPC]],
  vpcs_update: [["vpc", VPC]],
  vpcs_patch: [["vpc", VPC]],
  vpcs_list_members: [["members[]", "urn name created_at"]],
  vpcs_list_peerings: [["peerings[]", PEERING]],
  vpcs_create_peerings: [["peering", PEERING]],
  vpcs_patch_peerings: [["peering", PEERING]],
  projects_list: [["projects[]", PROJECT]],
  projects_create: [["project", PROJECT]],
  projects_get: [["project", PROJECT]],
  projects_get_default: [["project", PROJECT]],
  projects_update: [["project", PROJECT]],
  projects_update_default: [["project", PROJECT]],
  projects_patch: [["project", PROJECT]],
  projects_patch_default: [["project", PROJECT]],
  projects_list_resources: [["resources[]", RESOURCE]],
  projects_list_resources_default: [["resources[]", RESOURCE]],
  projects_assign_resources: [["resources[]", RESOURCE]],
  projects_assign_resources_default: [["resources[]", RESOURCE]],
  tags_list: [["tags[]", TAG]],
  tags_create: [["tag", TAG]],
  tags_get: [["tag", TAG]],
  volumes_list: [["volumes[]", VOLUME]],
  volumes_create: [["volume", VOLUME]],
  volumes_get: [["volume", VOLUME]],
  volumeActions_post: [["action", ACTION]],
  volumeActions_post_byId: [["action", ACTION]],
  volumeActions_list: [["actions[]", ACTION]],
  volumeActions_get: [["action", ACTION]],
  domains_list: [["domains[]", DOMAIN]],
  domains_create: [["domain", DOMAIN]],
  domains_get: [["domain", DOMAIN]],
  domains_list_records: [["domain_records[]", RECORD]],
  domains_create_record: [["domain_record", RECORD]],
  domains_get_record: [["domain_record", RECORD]],
  domains_patch_record: [["domain_record", RECORD]],
  domains_update_record: [["domain_record", RECORD]],
  actions_list: [["actions[]", ACTION]],
  actions_get: [["action", ACTION]],
};

/** All rows by operation. */
export const requiredByOperation: ReadonlyMap<string, readonly (readonly [envelope: string, fields: string])[]> =
  byOperation();

/** Metrics of all kinds are one form. */
const METRIC = [["data", "result resultType"]] as const;

/** The required fields an answer lacks, as paths. */
export function missingFields(operation: string, body: unknown): string[] {
  const missing: string[] = [];
  for (const [envelope, fields] of requiredByOperation.get(operation) ?? METRIC) {
    const isList = envelope.endsWith("[]");
    const path = isList ? envelope.slice(0, -2) : envelope;
    const held = path === "" ? body : at(body, path.split("."));
    if (held === undefined) missing.push(path);
    const entries = isList ? ((held as unknown[] | undefined) ?? []) : held === undefined ? [] : [held];
    for (const entry of entries) {
      for (const field of fields.split(" ")) {
        if (at(entry, field.split(".")) === undefined) missing.push(`${envelope}.${field}`);
      }
    }
  }
  return [...new Set(missing)];
}

function byOperation(): Map<string, (readonly [string, string])[]> {
  const all = new Map(Object.entries(requiredFields).map(([id, rows]) => [id, [...rows]]));
  for (const [envelope, fields, ids] of requiredRows) {
    for (const id of ids.split(" ")) all.set(id, [...(all.get(id) ?? []), [envelope, fields] as const]);
  }
  return all;
}

function at(value: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return value;
  if (typeof value !== "object" || value === null) return undefined;
  return at((value as Record<string, unknown>)[name], rest);
}
