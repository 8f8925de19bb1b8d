/** What a droplet is to be made of, checked: for a request that makes one, and for the template of an autoscale pool. @module */
import { unprocessable } from "../answer.js";
import { flagField, listField, optionalObject, optionalText, textField, textsField } from "../fields.js";
import type { JsonObject } from "../json.js";
import type { World } from "../world.js";
import { checkRegion, checkSize } from "./checks.js";
import type { DropletStart } from "./droplet-records.js";
import { findImage } from "./images.js";
import { sshKeysFor } from "./ssh-keys.js";
import { ensureTags } from "./tag-records.js";
import { vpcFor } from "./vpc-records.js";

/** Longest user data. Unit: bytes. */
const USER_DATA_BYTES = 65_536;

/** What a request says about a droplet, checked; also the template of an autoscale pool. @throws Refusal */
export function dropletStart(world: World, body: JsonObject): Omit<DropletStart, "name"> {
  const size = checkSize(world, textField(body, "size"));
  const imageKey = body.image;
  const image =
    typeof imageKey === "string" || typeof imageKey === "number" ? findImage(world, String(imageKey)) : undefined;
  if (image === undefined) throw unprocessable("You specified an invalid image for Droplet creation.");
  const region = checkRegion(world, optionalText(body, "region") ?? Object.keys(world.catalogue.regions)[0]!);
  const vpc = vpcFor(world, region, optionalText(body, "vpc_uuid"));
  const userData = optionalText(body, "user_data");
  if (userData !== undefined && Buffer.byteLength(userData) > USER_DATA_BYTES) {
    throw unprocessable(`user_data must not be longer than ${USER_DATA_BYTES} bytes.`);
  }
  const tags = textsField(body, "tags");
  ensureTags(world, tags);
  return {
    region,
    size,
    image: image.id,
    vpcId: vpc.id,
    tags: [...new Set(tags)],
    sshKeys: sshKeysFor(world, listField(body, "ssh_keys")),
    userData: userData === "" ? undefined : userData,
    monitoring: flagField(body, "monitoring"),
    agent: flagField(body, "with_droplet_agent", true),
    backups: flagField(body, "backups"),
    backupPolicy: optionalObject(body, "backup_policy"),
    ipv6: flagField(body, "ipv6"),
    isPublic: flagField(body, "public_networking", true),
    volumeIds: volumesFor(world, region, textsField(body, "volumes")),
  };
}

function volumesFor(world: World, region: string, ids: readonly string[]): string[] {
  for (const id of ids) {
    const volume = world.tables.volumes.get(id);
    if (volume === undefined) throw unprocessable(`volumes: volume ${id} could not be found.`);
    if (volume.region !== region)
      throw unprocessable(`volumes: volume ${id} is in ${volume.region}, not in ${region}.`);
    if (volume.dropletIds.length > 0) throw unprocessable(`volumes: volume ${id} is attached to another Droplet.`);
  }
  return [...ids];
}
