/** Virtual networks and their peerings. @module */
import { type Answer, accepted, created, done, notFound, Refusal, unprocessable } from "../answer.js";
import type { Call, Handlers, Transitions } from "../call.js";
import { flagField, optionalText, textField } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { PlainRecord, VpcRecord } from "../records.js";
import type { World } from "../world.js";
import { checkRegion } from "./checks.js";
import { freeRange, overlap, rangeOf } from "./vpc-records.js";

const NAME = /^[a-zA-Z0-9.-]+$/;
const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** Operations on virtual networks. */
export const vpcHandlers: Handlers = {
  vpcs_list: (call) => listed(call, "vpcs", call.world.tables.vpcs.list(), view),
  vpcs_create: create,
  vpcs_get: (call) => done({ vpc: view(vpcOf(call)) }),
  vpcs_update: (call) => update(call, vpcOf(call), textField(call.body, "name")),
  vpcs_patch: (call) => update(call, vpcOf(call), optionalText(call.body, "name")),
  vpcs_delete: (call) => {
    const vpc = vpcOf(call);
    if (vpc.isDefault) throw new Refusal(403, "forbidden", "Can not delete default VPCs");
    if (membersOf(call.world, vpc).length > 0) throw new Refusal(403, "forbidden", "Can not delete VPC with members");
    call.world.tables.vpcs.delete(vpc.id);
    return done();
  },
  vpcs_list_members: (call) => {
    const type = call.query.get("resource_type");
    const members = membersOf(call.world, vpcOf(call));
    const chosen = type === null ? members : members.filter(({ urn }) => String(urn).startsWith(`do:${type}:`));
    return listed(call, "members", chosen, (member) => member);
  },
  vpcs_list_peerings: (call) => {
    const { id } = vpcOf(call);
    const peerings = call.world.tables.peerings.list().filter((peering) => (peering.vpc_ids as string[]).includes(id));
    return listed(call, "peerings", peerings, (peering) => peering as JsonObject);
  },
  vpcs_create_peerings: createPeering,
  vpcs_patch_peerings: (call) => {
    const vpc = vpcOf(call);
    const peering = call.world.tables.peerings.get(call.params.vpc_peering_id!);
    if (peering === undefined || !(peering.vpc_ids as string[]).includes(vpc.id)) throw notFound();
    peering.name = textField(call.body, "name");
    return done({ peering: peering as JsonObject });
  },
};

/** Transitions of virtual networks. */
export const vpcTransitions: Transitions = {
  "peering.active": (world, id) => {
    const peering = world.tables.peerings.peek(id);
    if (peering !== undefined) peering.status = "ACTIVE";
  },
};

function create(call: Call): Answer {
  const { world, body } = call;
  const name = checkName(world, textField(body, "name"));
  const region = checkRegion(world, textField(body, "region"));
  const range = optionalText(body, "ip_range") || freeRange(world);
  checkRange(world, range);
  const vpc = world.tables.vpcs.add({
    id: world.identity.uuid(),
    name,
    description: optionalText(body, "description") ?? "",
    region,
    ipRange: range,
    // At the provider the first network of a region is its default one and stays; here it can be deleted.
    isDefault: false,
    createdAt: world.timestamp,
    addresses: 0,
  });
  return created({ vpc: view(vpc) });
}

function update({ world, body }: Call, vpc: VpcRecord, name: string | undefined): Answer {
  if (name !== undefined && name !== vpc.name) vpc.name = checkName(world, name);
  vpc.description = optionalText(body, "description") ?? vpc.description;
  if (flagField(body, "default", vpc.isDefault) && !vpc.isDefault) {
    for (const other of world.tables.vpcs.all()) if (other.region === vpc.region) other.isDefault = false;
    vpc.isDefault = true;
  }
  return done({ vpc: view(vpc) });
}

function checkName(world: World, name: string): string {
  if (!NAME.test(name)) throw unprocessable("name may hold letters, numbers, dashes and periods only.");
  for (const other of world.tables.vpcs.all()) {
    if (other.name === name) throw unprocessable("A VPC with this name already exists.");
  }
  return name;
}

function checkRange(world: World, range: string): void {
  const parsed = rangeOf(range);
  const isPrivate = parsed !== undefined && PRIVATE_RANGES.some((wide) => overlap(wide, range));
  if (parsed === undefined || !isPrivate || parsed[1] < 16 || parsed[1] > 28) {
    throw unprocessable("ip_range must be a private range in CIDR notation, from /16 to /28.");
  }
  for (const { ipRange } of world.tables.vpcs.all()) {
    if (overlap(ipRange, range))
      throw unprocessable("This range/size overlaps with another VPC network in your account.");
  }
}

function createPeering(call: Call): Answer {
  const { world, body } = call;
  const vpc = vpcOf(call);
  const name = textField(body, "name");
  const other = world.tables.vpcs.get(textField(body, "vpc_id"));
  if (other === undefined || other === vpc) throw unprocessable("vpc_id must name another VPC.");
  const peering: PlainRecord = world.tables.peerings.add({
    id: world.identity.uuid(),
    name,
    vpc_ids: [vpc.id, other.id],
    created_at: world.timestamp,
    status: "PROVISIONING",
  });
  world.after(world.drawSeconds({ min: 5, median: 15, max: 60 }), "peering.active", peering.id);
  return accepted({ peering: peering as JsonObject });
}

function membersOf({ tables }: World, { id }: VpcRecord): JsonObject[] {
  return [
    ...tables.droplets
      .list()
      .filter(({ vpcId }) => vpcId === id)
      .map((droplet) => ({ urn: `do:droplet:${droplet.id}`, name: droplet.name, created_at: droplet.createdAt })),
    ...tables.loadBalancers
      .list()
      .filter(({ vpcId }) => vpcId === id)
      .map((balancer) => ({
        urn: `do:loadbalancer:${balancer.id}`,
        name: balancer.settings.name,
        created_at: balancer.createdAt,
      })),
    ...tables.clusters
      .list()
      .filter(({ vpc_uuid }) => vpc_uuid === id)
      .map((cluster) => ({ urn: `do:kubernetes:${cluster.id}`, name: cluster.name, created_at: cluster.created_at })),
    ...tables.databases
      .list()
      .filter(({ private_network_uuid }) => private_network_uuid === id)
      .map((database) => ({ urn: `do:dbaas:${database.id}`, name: database.name, created_at: database.created_at })),
  ];
}

function view(vpc: VpcRecord): JsonObject {
  return {
    id: vpc.id,
    urn: `do:vpc:${vpc.id}`,
    name: vpc.name,
    description: vpc.description,
    region: vpc.region,
    ip_range: vpc.ipRange,
    default: vpc.isDefault,
    created_at: vpc.createdAt,
  };
}

function vpcOf({ world, params }: Call): VpcRecord {
  const vpc = world.tables.vpcs.get(params.vpc_id!);
  if (vpc === undefined) throw notFound();
  return vpc;
}
