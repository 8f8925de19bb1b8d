/** Container registries: subscription, views, and the parts of a registry. @module */
import { containerRegistry } from "../../infra/resources/container-registry.js";
import { Refusal, unprocessable } from "../answer.js";
import { optionalWord } from "../fields.js";
import type { JsonObject } from "../json.js";
import type { ChildRecord, PlainRecord } from "../records.js";
import type { World } from "../world.js";
import { charge, stopCharging } from "./bills.js";

/** Regions with registries, by the API description. */
export const REGISTRY_REGIONS: readonly string[] = ["nyc3", "sfo3", "sfo2", "ams3", "sgp1", "fra1", "blr1", "syd1"];

/** What a registry's name may be. */
const NAME = /^[a-z0-9-]{1,63}$/;
/** Repositories a plan includes; 0 is any number. */
const REPOSITORIES: Readonly<Record<string, number>> = { starter: 1, basic: 5, professional: 0 };
/** Price of storage beyond the plan, for each GiB. Unit: US cents. @see https://www.digitalocean.com/pricing/container-registry (November 2026) */
const OVERAGE_CENTS = 2;

/** Adds a registry, and begins the subscription with the first one. @throws Refusal */
export function addRegistry(world: World, body: JsonObject, allowsMany: boolean): PlainRecord {
  const name = checkRegistryName(world, String(body.name ?? ""));
  const tier = optionalWord(body, "subscription_tier_slug", tiersOf(world));
  if (tier === undefined && !allowsMany) throw unprocessable("subscription_tier_slug is required.");
  const region = optionalWord(body, "region", REGISTRY_REGIONS) ?? "nyc3";
  if (!allowsMany && world.tables.registries.size > 0) throw new Refusal(409, "conflict", "registry already exists");
  if (tier !== undefined) subscribe(world, tier);
  return world.tables.registries.add({
    id: name,
    name,
    created_at: world.timestamp,
    region,
    storage_usage_bytes: 0,
    storage_usage_bytes_updated_at: world.timestamp,
  });
}

/** A name that is well formed and free. @throws Refusal */
export function checkRegistryName(world: World, name: string): string {
  if (!NAME.test(name)) throw unprocessable("name may hold lower-case letters, numbers and dashes only, at most 63.");
  if (world.tables.registries.get(name) !== undefined) {
    throw new Refusal(409, "conflict", "registry name is not available");
  }
  return name;
}

/** Deletes a registry with what it holds; with the last one, the subscription ends. */
export function deleteRegistry(world: World, registry: PlainRecord): void {
  for (const part of [...world.tables.registryParts.all()]) {
    if (part.parent === registry.id) world.tables.registryParts.delete(part.id);
  }
  world.tables.registries.delete(registry.id);
  if (world.tables.registries.size === 0) {
    world.tables.settings.delete(SUBSCRIPTION);
    stopCharging(world, "do:registry:subscription");
  }
}

const SUBSCRIPTION = "registry-subscription";

/** Changes the plan. */
export function subscribe(world: World, tier: string): void {
  const old = world.tables.settings.peek(SUBSCRIPTION);
  const created = old?.created_at ?? world.timestamp;
  world.tables.settings.restore({
    id: SUBSCRIPTION,

    tier,
    created_at: created,
    updated_at: world.timestamp,
  });
  const price = containerRegistry.priceUsdPerHour({ subscription_tier_slug: tier }, world.catalogue);
  charge(world, "do:registry:subscription", `registry, ${tier}`, price);
}

/** The subscription as the API shows it; the smallest plan where nothing was ordered yet. */
export function subscriptionView(world: World): JsonObject {
  const own: Partial<PlainRecord> = world.tables.settings.peek(SUBSCRIPTION) ?? {};
  const { tier = "starter", created_at = world.timestamp, updated_at = world.timestamp } = own;
  return { tier: tierView(world, String(tier)), created_at, updated_at };
}

/** Slugs of the plans. */
export function tiersOf({ catalogue }: World): string[] {
  return Object.keys(catalogue.registryTiers);
}

/** A plan as the API shows it. */
export function tierView({ catalogue }: World, slug: string): JsonObject {
  const { storageBytes, priceUsdPerMonth } = catalogue.registryTiers[slug]!;
  return {
    name: `${slug[0]!.toUpperCase()}${slug.slice(1)}`,
    slug,
    included_repositories: REPOSITORIES[slug] ?? 0,
    included_storage_bytes: storageBytes,
    allow_storage_overage: slug !== "starter",
    included_bandwidth_bytes: storageBytes,
    monthly_price_in_cents: priceUsdPerMonth * 100,
    storage_overage_price_in_cents: slug === "starter" ? 0 : OVERAGE_CENTS,
  };
}

/** A registry as the API shows it. */
export function registryView({ id: _, ...registry }: PlainRecord): JsonObject {
  return registry as JsonObject;
}

/** Parts of a registry: tagged images, and garbage collections. */
export function registryParts(world: World, registry: PlainRecord, kind: "image" | "collection"): ChildRecord[] {
  return world.tables.registryParts.list().filter((part) => part.parent === registry.id && part.kind === kind);
}
