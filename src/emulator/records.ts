/** What the emulator remembers: one record type for each kind of thing. Times are timestamps as the API writes them. @module */
import type { JsonObject } from "./json.js";

/** A record that is kept as the API shows it. */
export interface PlainRecord {
  readonly id: string | number;
  [name: string]: JsonObject[string];
}

/** A droplet. */
export interface DropletRecord {
  readonly id: number;
  name: string;
  status: "new" | "active" | "off" | "archive";
  /** Its size's slug. */
  size: string;
  /** Its region's slug. */
  readonly region: string;
  image: number;
  readonly createdAt: string;
  tags: string[];
  readonly vpcId: string;
  readonly sshKeys: readonly number[];
  readonly userData: string | undefined;
  readonly monitoring: boolean;
  readonly agent: boolean;
  backups: boolean;
  backupPolicy: JsonObject | undefined;
  ipv6: boolean;
  readonly publicIp: string | undefined;
  readonly privateIp: string;
  /** Its disk, which may be larger than what a size it was made smaller to comes with. Unit: GB. */
  diskGb: number;
  volumeIds: string[];
  snapshotIds: number[];
  backupIds: number[];
  /** The action under way. */
  pendingAction: number | undefined;
  /** The autoscale pool it belongs to. */
  readonly poolId: string | undefined;
}

/** An action on a resource. */
export interface ActionRecord {
  readonly id: number;
  status: "in-progress" | "completed" | "errored";
  readonly type: string;
  readonly startedAt: string;
  completedAt: string | null;
  /** Id of the resource, as a text. */
  readonly resource: string;
  readonly resourceType: string;
  readonly region: string;
  /** What the resource becomes when it is done. */
  readonly change: JsonObject;
}

/** An image: a distribution, a snapshot, a backup or an upload. */
export interface ImageRecord {
  readonly id: number;
  name: string;
  readonly type: "base" | "snapshot" | "backup" | "custom" | "admin";
  distribution: string;
  readonly slug: string | null;
  readonly isPublic: boolean;
  regions: string[];
  readonly createdAt: string;
  readonly minDiskGb: number;
  readonly sizeGb: number;
  description: string;
  tags: string[];
  status: "NEW" | "available" | "pending" | "deleted" | "retired";
  /** The droplet it was taken of. */
  readonly dropletId: number | undefined;
}

/** A volume. */
export interface VolumeRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  sizeGb: number;
  readonly region: string;
  readonly createdAt: string;
  tags: string[];
  dropletIds: number[];
  readonly filesystemType: string;
  readonly filesystemLabel: string;
  pendingAction: number | undefined;
}

/** A snapshot of a volume. */
export interface VolumeSnapshotRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly region: string;
  readonly volumeId: string;
  readonly sizeGb: number;
  tags: string[];
}

/** A load balancer. */
export interface LoadBalancerRecord {
  readonly id: string;
  status: "new" | "active" | "errored";
  readonly createdAt: string;
  ip: string;
  readonly region: string;
  readonly vpcId: string;
  /** Droplets named one by one. */
  dropletIds: number[];
  /** Droplets named by a tag; empty for none. */
  tag: string;
  /** Everything else, as it was given, with the provider's defaults. */
  settings: JsonObject;
}

/** A firewall. */
export interface FirewallRecord {
  readonly id: string;
  name: string;
  status: "waiting" | "succeeded" | "failed";
  readonly createdAt: string;
  dropletIds: number[];
  tags: string[];
  inbound: JsonObject[];
  outbound: JsonObject[];
}

/** A virtual network. */
export interface VpcRecord {
  readonly id: string;
  name: string;
  description: string;
  readonly region: string;
  readonly ipRange: string;
  isDefault: boolean;
  readonly createdAt: string;
  /** Addresses given out. */
  addresses: number;
}

/** A reserved address. Its id is the address. */
export interface ReservedIpRecord {
  readonly id: string;
  readonly region: string;
  dropletId: number | undefined;
  projectId: string;
  readonly createdAt: string;
  pendingAction: number | undefined;
}

/** A project. */
export interface ProjectRecord {
  readonly id: string;
  name: string;
  description: string;
  purpose: string;
  environment: string;
  isDefault: boolean;
  readonly createdAt: string;
  updatedAt: string;
}

/** Which project a resource is in, where it is not the default one. Its id is the resource's URN. */
export interface AssignmentRecord {
  readonly id: string;
  projectId: string;
  assignedAt: string;
}

/** A domain record or another child of a named thing: `parent` is what it belongs to. */
export interface ChildRecord extends PlainRecord {
  readonly parent: string;
}

/** A pool of droplets that grows and shrinks. */
export interface PoolRecord {
  readonly id: string;
  name: string;
  config: JsonObject;
  template: JsonObject;
  status: "active" | "deleting" | "error";
  readonly createdAt: string;
  updatedAt: string;
  /** How many droplets it should have. */
  target: number;
  /** Before this time it is not scaled again. Unit: seconds since 1970-01-01 UTC. */
  cooldownUntil: number;
}

/** A step in the life of a pool. */
export interface PoolEventRecord {
  readonly id: string;
  readonly poolId: string;
  readonly current: number;
  readonly desired: number;
  readonly reason: "CONFIGURATION_CHANGE" | "SCALE_UP" | "SCALE_DOWN";
  status: "in_progress" | "success" | "error";
  readonly createdAt: string;
  updatedAt: string;
}

/** What a resource costs and cost. Its id is the resource's URN with the time at which the price began to hold. */
export interface BillRecord {
  readonly id: string;
  readonly urn: string;
  readonly name: string;
  readonly usdPerHour: number;
  /** Unit: seconds since 1970-01-01 UTC. */
  readonly from: number;
  /** undefined while it goes on. */
  until: number | undefined;
}

/** The tables of an account. */
export interface Records {
  readonly droplets: DropletRecord;
  readonly actions: ActionRecord;
  readonly images: ImageRecord;
  readonly volumes: VolumeRecord;
  readonly volumeSnapshots: VolumeSnapshotRecord;
  readonly loadBalancers: LoadBalancerRecord;
  readonly firewalls: FirewallRecord;
  readonly vpcs: VpcRecord;
  readonly peerings: PlainRecord;
  readonly reservedIps: ReservedIpRecord;
  readonly projects: ProjectRecord;
  readonly assignments: AssignmentRecord;
  readonly tags: PlainRecord;
  readonly sshKeys: PlainRecord;
  readonly domains: PlainRecord;
  readonly domainRecords: ChildRecord;
  readonly certificates: PlainRecord;
  readonly spacesKeys: PlainRecord;
  readonly pools: PoolRecord;
  readonly poolEvents: PoolEventRecord;
  readonly clusters: PlainRecord;
  readonly databases: PlainRecord;
  readonly databaseParts: ChildRecord;
  readonly registries: PlainRecord;
  readonly registryParts: ChildRecord;
  readonly alerts: PlainRecord;
  readonly sinks: PlainRecord;
  readonly settings: PlainRecord;
  readonly bills: BillRecord;
}

/** Names of the tables. */
export const TABLE_NAMES: readonly (keyof Records)[] = [
  "droplets",
  "actions",
  "images",
  "volumes",
  "volumeSnapshots",
  "loadBalancers",
  "firewalls",
  "vpcs",
  "peerings",
  "reservedIps",
  "projects",
  "assignments",
  "tags",
  "sshKeys",
  "domains",
  "domainRecords",
  "certificates",
  "spacesKeys",
  "pools",
  "poolEvents",
  "clusters",
  "databases",
  "databaseParts",
  "registries",
  "registryParts",
  "alerts",
  "sinks",
  "settings",
  "bills",
];
