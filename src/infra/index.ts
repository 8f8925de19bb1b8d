/** Infrastructure as a value: graphs, kinds, edits, plans, guard, catalogue. `infra-gym/infra`. @module */
export type { AttributeChange } from "./attribute-diff.js";
export {
  BILLED_HOURS_PER_MONTH,
  BILLED_SECONDS_PER_MONTH,
  billedUsd,
  hourlyPrice,
  MINIMUM_BILLED_SECONDS,
  MINIMUM_CHARGE_USD,
} from "./catalogue/billing.js";
export { type Catalogue, listCatalogue } from "./catalogue/catalogue.js";
export type { CatalogueJson } from "./catalogue/catalogue-json.js";
export { type DatabaseSize, databaseSizes } from "./catalogue/database-sizes.js";
export { type DropletSize, dropletSizes } from "./catalogue/droplet-sizes.js";
export { type Region, regions } from "./catalogue/regions.js";
export {
  LOAD_BALANCER_NODE_REQUESTS_PER_SECOND,
  type RegistryTier,
  registryTiers,
  type ServicePrices,
  servicePrices,
} from "./catalogue/service-prices.js";
export { addResource, composeEdits, type GraphEdit, removeResource, setAttribute } from "./edits.js";
export type { Link } from "./graph-links.js";
export { createGuard, type Guard, type GuardLimits, type GuardVerdict } from "./guard.js";
export {
  DEFAULT_LAYERS,
  type GraphResource,
  InfraGraph,
  type InfraGraphJson,
  type InfraGraphOptions,
} from "./infra-graph.js";
export { type AttributesFor, type KindName, kindOf, type ResourceKinds, resourceKinds } from "./kinds.js";
export { applyPlan, type Plan, type PlanEntry, plan, type ResourceChange } from "./plan.js";
export { isReference, type Reference, ref, referenceText } from "./reference.js";
export { type Resource, type ResourceOptions, resource } from "./resource.js";
export type {
  AttributeMode,
  AttributeSpec,
  AttributesOf,
  AttributeType,
  AttributeValue,
  AttributeValues,
  BlockSpec,
  CatalogueTable,
  Duration,
  ObjectType,
  ResourceKind,
  ScalarType,
  ValueOf,
} from "./resource-kind.js";
export type { DailySwing, Service, ServiceCall, ServiceTimeDistribution } from "./service.js";
export type { LayerProject } from "./synth/layer-project.js";
export type { LocalState, S3State, StateLocation } from "./synth/state-location.js";
export { type SynthOptions, synth, type TerraformProject } from "./synth/synth.js";
export { LAYER_FILE, writeProject } from "./synth/write-project.js";
