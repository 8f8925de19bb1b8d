/** Images: the provider's own, and those made from droplets or uploaded. @module */
import { type Answer, accepted, created, done, notFound, Refusal, unprocessable } from "../answer.js";
import type { Call, Handlers, Transitions } from "../call.js";
import { integerField, optionalText, optionalWord, textField, textsField } from "../fields.js";
import type { JsonObject } from "../json.js";
import { listed } from "../page.js";
import type { ImageRecord } from "../records.js";
import type { World } from "../world.js";
import { actionOf, actionsOf, actionView, startAction } from "./action-records.js";
import { checkRegion } from "./checks.js";
import { ensureTags } from "./tag-records.js";

/** Regions the API description does not name for images. */
const REGIONS_WITHOUT_IMAGES = ["atl1", "ric1", "syd1"];

/** The provider's images: slug, name, distribution, smallest disk in GB. */
const BASE_IMAGES: readonly (readonly [string, string, string, number])[] = [
  ["ubuntu-24-04-x64", "24.04 (LTS) x64", "Ubuntu", 7],
  ["ubuntu-22-04-x64", "22.04 (LTS) x64", "Ubuntu", 7],
  ["ubuntu-20-04-x64", "20.04 (LTS) x64", "Ubuntu", 7],
  ["ubuntu-25-04-x64", "25.04 x64", "Ubuntu", 7],
  ["debian-13-x64", "13 x64", "Debian", 7],
  ["debian-12-x64", "12 x64", "Debian", 7],
  ["debian-11-x64", "11 x64", "Debian", 7],
  ["fedora-42-x64", "42 x64", "Fedora", 10],
  ["fedora-41-x64", "41 x64", "Fedora", 10],
  ["centos-stream-10-x64", "10 Stream x64", "CentOS", 10],
  ["centos-stream-9-x64", "9 Stream x64", "CentOS", 10],
  ["rockylinux-10-x64", "10 x64", "Rocky Linux", 10],
  ["rockylinux-9-x64", "9 x64", "Rocky Linux", 10],
  ["rockylinux-8-x64", "8 x64", "Rocky Linux", 10],
  ["almalinux-9-x64", "AlmaLinux 9", "Unknown", 10],
  ["docker-20-04", "Docker on Ubuntu 22.04", "Ubuntu", 25],
  ["nodejs-20-04", "NodeJS on Ubuntu 22.04", "Ubuntu", 25],
];

/** Distributions the API knows. */
const DISTRIBUTIONS = [
  "Arch Linux",
  "CentOS",
  "CoreOS",
  "Debian",
  "Fedora",
  "Fedora Atomic",
  "FreeBSD",
  "Gentoo",
  "openSUSE",
  "RancherOS",
  "Rocky Linux",
  "Ubuntu",
  "Unknown",
];

/** Puts the provider's images into a new account. */
export function addBaseImages(world: World): void {
  const regions = Object.keys(world.catalogue.regions).filter((slug) => !REGIONS_WITHOUT_IMAGES.includes(slug));
  for (const [index, [slug, name, distribution, minDiskGb]] of BASE_IMAGES.entries()) {
    world.tables.images.restore({
      id: 155_133_600 + index,
      name,
      type: "base",
      distribution,
      slug,
      isPublic: true,
      regions,
      createdAt: "2025-01-15T12:00:00Z",
      minDiskGb,
      sizeGb: 2.5,
      description: `${distribution} ${name}`,
      tags: [],
      status: "available",
      dropletId: undefined,
    });
  }
}

/** An image by its id or slug. */
export function findImage(world: World, key: string): ImageRecord | undefined {
  const image = world.tables.images.get(key);
  if (image !== undefined) return image;
  for (const candidate of world.tables.images.all()) if (candidate.slug === key) return candidate;
  return undefined;
}

/** An image as the API shows it. */
export function imageView(image: ImageRecord): JsonObject {
  return {
    id: image.id,
    name: image.name,
    distribution: image.distribution,
    slug: image.slug,
    public: image.isPublic,
    regions: image.regions,
    created_at: image.createdAt,
    min_disk_size: image.minDiskGb,
    type: image.type,
    size_gigabytes: image.sizeGb,
    description: image.description,
    tags: image.tags,
    status: image.status,
    error_message: "",
  };
}

/** Operations on images. */
export const imageHandlers: Handlers = {
  images_list: listImages,
  images_create_custom: createImage,
  images_get: (call) => done({ image: imageView(imageOf(call)) }),
  images_update: (call) => {
    const image = ownImageOf(call);
    image.name = optionalText(call.body, "name") ?? image.name;
    image.description = optionalText(call.body, "description") ?? image.description;
    image.distribution = optionalWord(call.body, "distribution", DISTRIBUTIONS) ?? image.distribution;
    return done({ image: imageView(image) });
  },
  images_delete: (call) => {
    call.world.tables.images.delete(ownImageOf(call).id);
    return done();
  },
  imageActions_list: (call) =>
    listed(call, "actions", actionsOf(call.world, "image", imageOf(call).id), (action) =>
      actionView(call.world, action),
    ),
  imageActions_post: postAction,
  imageActions_get: (call) => done(actionView(call.world, actionOf(call, "image", imageOf(call).id))),
  images_post_account_transfer_create: (call) => {
    const image = ownImageOf(call);
    if (optionalText(call.body, "recipient_email") === undefined) textField(call.body, "recipient_uuid");
    return created({ transfer_id: image.id });
  },
  images_post_account_transfer_accept: (call) => {
    checkTransfer(call);
    return { status: 201 };
  },
  images_post_account_transfer_cancel: (call) => {
    checkTransfer(call);
    return done();
  },
  images_post_account_transfer_decline: (call) => {
    checkTransfer(call);
    return done();
  },
};

/** Transitions of images. */
export const imageTransitions: Transitions = {
  "image.available": (world, id) => {
    const image = world.tables.images.peek(id);
    if (image !== undefined) image.status = "available";
  },
};

function listImages(call: Call): Answer {
  const type = call.query.get("type");
  const isPrivate = call.query.get("private") === "true";
  const tag = call.query.get("tag_name");
  const images = call.world.tables.images.list().filter((image) => {
    if (isPrivate && image.isPublic) return false;
    if (type === "distribution" && (image.type !== "base" || image.slug?.includes("-x64") !== true)) return false;
    if (type === "application" && (image.type !== "base" || image.slug?.includes("-x64") === true)) return false;
    return tag === null || image.tags.includes(tag);
  });
  return listed(call, "images", images, imageView);
}

function createImage(call: Call): Answer {
  const { world, body } = call;
  const name = textField(body, "name");
  textField(body, "url");
  const region = checkRegion(world, textField(body, "region"));
  const tags = textsField(body, "tags");
  ensureTags(world, tags);
  const image = world.tables.images.add({
    id: world.identity.integer(),
    name,
    type: "custom",
    distribution: optionalWord(body, "distribution", DISTRIBUTIONS) ?? "Unknown",
    slug: null,
    isPublic: false,
    regions: [region],
    createdAt: world.timestamp,
    minDiskGb: 1,
    sizeGb: 1,
    description: optionalText(body, "description") ?? "",
    tags,
    status: "NEW",
    dropletId: undefined,
  });
  world.after(world.drawSeconds({ min: 60, median: 120, max: 300 }), "image.available", image.id);
  return accepted({ image: imageView(image) });
}

function postAction(call: Call): Answer {
  const { world, body } = call;
  const image = ownImageOf(call);
  const type = optionalWord(body, "type", ["convert", "transfer"]);
  if (type === undefined) throw unprocessable("type is required.");
  const region = type === "transfer" ? checkRegion(world, textField(body, "region")) : image.regions[0]!;
  if (type === "transfer" && !image.regions.includes(region)) image.regions = [...image.regions, region];
  const action = startAction(world, {
    type,
    resourceType: "image",
    resource: String(image.id),
    region,
    seconds: { min: 10, median: 30, max: 60 },
  });
  return created(actionView(world, action));
}

function imageOf({ world, params }: Call): ImageRecord {
  const image = findImage(world, params.image_id!);
  if (image === undefined) throw notFound();
  return image;
}

function ownImageOf(call: Call): ImageRecord {
  const image = imageOf(call);
  if (image.isPublic) throw new Refusal(403, "forbidden", "You do not have access for the attempted action.");
  return image;
}

function checkTransfer(call: Call): void {
  const image = imageOf(call);
  if (integerField(call.body, "transfer_id") !== image.id) throw notFound();
}
