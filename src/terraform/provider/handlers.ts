/** The procedures of the plugin protocol: what Terraform asks, answered from the declarations and the API. @module */
import type { Catalogue } from "../../infra/catalogue/catalogue.js";
import { kindOf, resourceKinds } from "../../infra/kinds.js";
import type { ResourceKind } from "../../infra/resource-kind.js";
import { Adoption } from "./adoption.js";
import { ApiClient } from "./api/api-client.js";
import type { SpacesAccess } from "./api/spaces-client.js";
import { complaints } from "./complaints.js";
import { errorOf } from "./diagnostics.js";
import { differenceOf } from "./difference.js";
import { durationSeconds } from "./duration-seconds.js";
import { kindApis } from "./kind-apis.js";
import { HalfMade, Lifecycle } from "./lifecycle.js";
import { appliedState, refreshedState } from "./merge-state.js";
import { type PlainValues, plainValues, stateOf } from "./plain-values.js";
import { planChange } from "./plan-change.js";
import { type DynamicValue, dynamicValue, stateFrom } from "./protocol/dynamic-value.js";
import type { ProcedureName } from "./protocol/messages.js";
import { isState, type State, type StateValue, UNKNOWN } from "./protocol/values.js";
import { kindSchema, providerSchema } from "./schema.js";

/** Options of {@link ProviderHandlers}. */
export interface ProviderHandlersOptions {
  /** Where the API is, unless the configuration says it. */
  readonly endpoint: string;
  /** Sent to the API, unless the configuration has one. */
  readonly token: string;
  /** The tag that all resources of a run have: with it, what an interrupted run has made is taken over. */
  readonly run?: string | undefined;
  /** How long something may take until it is done, unless the configuration's `timeouts` say it. @defaultValue 600 */
  readonly waitSeconds?: number | undefined;
  /** Where buckets are, unless the configuration says it. */
  readonly spaces?: SpacesAccess | undefined;
  /** Sizes and regions that there are. @defaultValue DigitalOcean's list */
  readonly catalogue?: Catalogue;
}

/** A request of any procedure. */
interface Request {
  readonly typeName?: string;
  readonly id?: string;
  readonly config?: DynamicValue;
  readonly priorState?: DynamicValue;
  readonly plannedState?: DynamicValue;
  readonly currentState?: DynamicValue;
  readonly rawState?: { readonly json?: Uint8Array };
  readonly private?: Uint8Array;
}

type Response = Readonly<Record<string, unknown>>;

/** Answers Terraform's requests for one environment. */
export class ProviderHandlers {
  readonly #options: ProviderHandlersOptions;
  readonly #adoption: Adoption;
  #api: ApiClient;

  /** @throws PublicEndpointError when the endpoint is not on this machine. */
  constructor(options: ProviderHandlersOptions) {
    this.#options = options;
    this.#adoption = new Adoption(options.run);
    this.#api = new ApiClient(options);
  }

  /** Answers a request; whatever goes wrong is a diagnostic in the answer. */
  async answer(procedure: ProcedureName, request: Request): Promise<Response> {
    try {
      return await this.#handlers[procedure](request);
    } catch (error) {
      return { diagnostics: [errorOf(error)] };
    }
  }

  /** Ends idle connections. */
  close(): void {
    this.#api.close();
  }

  readonly #handlers: Readonly<Record<ProcedureName, (request: Request) => Response | Promise<Response>>> = {
    GetSchema: () => schemas(),
    PrepareProviderConfig: ({ config }) => ({ preparedConfig: config }),
    ValidateResourceTypeConfig: (request) => this.#validate(request),
    UpgradeResourceState: (request) => this.#upgrade(request),
    Configure: (request) => this.#configure(request),
    ReadResource: (request) => this.#read(request),
    PlanResourceChange: (request) => this.#plan(request),
    ApplyResourceChange: (request) => this.#apply(request),
    ImportResourceState: (request) => this.#import(request),
    Stop: () => ({}),
  };

  #validate({ typeName, config }: Request): Response {
    const kind = kindOf(typeName!)!;
    return { diagnostics: complaints(kind, stateFrom(config)!, this.#options.catalogue) };
  }

  #configure({ config }: Request): Response {
    const given = stateFrom(config) ?? {};
    const endpoint = textOf(given.api_endpoint) ?? this.#options.endpoint;
    const token = textOf(given.token) ?? this.#options.token;
    const { waitSeconds, spaces } = this.#options;
    const client = new ApiClient({ endpoint, token, waitSeconds, spaces: spacesFrom(given) ?? spaces });
    this.#api.close();
    this.#api = client;
    this.#adoption.begin();
    return {};
  }

  #upgrade({ typeName, rawState }: Request): Response {
    const kind = kindOf(typeName!)!;
    const raw = JSON.parse(Buffer.from(rawState!.json!).toString("utf8")) as State;
    this.#adoption.claim(typeName!, raw.id);
    // States of every version so far have the same attributes; what is missing is null.
    const state = { ...stateOf(kind, {}), ...(kind.timeouts !== undefined && { timeouts: null }) };
    const known = Object.entries(raw).filter(([name, value]) => name in state && value !== null);
    return { upgradedState: dynamicValue({ ...state, ...Object.fromEntries(known) }) };
  }

  async #read({ typeName, currentState, private: notes }: Request): Promise<Response> {
    const kind = kindOf(typeName!)!;
    const state = stateFrom(currentState)!;
    this.#adoption.claim(typeName!, state.id);
    const life = this.#life(typeName!);
    const read = await life.read(plainValues(kind, state));
    if (read === undefined) {
      this.#adoption.release(typeName!, state.id);
      return { newState: dynamicValue(null) };
    }
    return { newState: dynamicValue(refreshedState(kind, state, read, life.kind.implied)), private: notes };
  }

  #plan({ typeName, config, priorState }: Request): Response {
    const kind = kindOf(typeName!)!;
    const wanted = stateFrom(config);
    if (wanted === null) return { plannedState: dynamicValue(null) };
    const diagnostics = complaints(kind, wanted, this.#options.catalogue);
    if (diagnostics.length > 0) return { diagnostics };
    const prior = stateFrom(priorState);
    const { affects, refusal, unfinished } = this.#life(typeName!).kind;
    const { state: changed, requiresReplace } = planChange(kind, prior, wanted, affects);
    // What a run that was killed has begun, the next one ends.
    const isOfRun = prior !== null && this.#adoption.run !== undefined;
    const open = isOfRun ? (unfinished?.(plainValues(kind, prior)) ?? []) : [];
    const state: State = { ...changed, ...Object.fromEntries(open.map((name) => [name, UNKNOWN])) };
    const refused =
      prior !== null && requiresReplace.length === 0
        ? refusal?.(plainValues(kind, prior), plainValues(kind, state))
        : undefined;
    if (refused !== undefined) return { diagnostics: [errorOf(refused)] };
    const paths = requiresReplace.map((path) => ({
      steps: path.map((step) => (typeof step === "string" ? { attributeName: step } : { elementKeyInt: step })),
    }));
    return { plannedState: dynamicValue(state), requiresReplace: paths, legacyTypeSystem: true };
  }

  async #apply({ typeName, priorState, plannedState }: Request): Promise<Response> {
    const kind = kindOf(typeName!)!;
    const prior = stateFrom(priorState);
    const planned = stateFrom(plannedState);
    const operation = planned === null ? "delete" : prior === null ? "create" : "update";
    const life = this.#life(typeName!, timeoutOf(planned ?? prior!, operation));
    if (planned === null) {
      try {
        await life.remove(plainValues(kind, prior!));
        return { newState: dynamicValue(null) };
      } catch (error) {
        return { newState: dynamicValue(prior), diagnostics: [errorOf(error)] };
      }
    }
    const wanted = plainValues(kind, planned);
    if (prior === null) {
      const made = await life.create(wanted, (found) => differenceOf(kind, planned, found));
      if (!(made instanceof HalfMade)) return applied(kind, planned, made);
      return { ...applied(kind, planned, made.values), diagnostics: [errorOf(made.cause)] };
    }
    try {
      return applied(kind, planned, await life.update(plainValues(kind, prior), wanted));
    } catch (error) {
      return { newState: dynamicValue(prior), diagnostics: [errorOf(error)], legacyTypeSystem: true };
    }
  }

  #import({ typeName, id }: Request): Response {
    const kind = kindOf(typeName!)!;
    const imported = this.#life(typeName!).kind.imported?.(id!) ?? { id: id! };
    const defaults = Object.entries(kind.attributes).filter(([, spec]) => spec.default !== undefined && !spec.meta);
    const filled = Object.fromEntries(defaults.map(([name, spec]) => [name, spec.default!]));
    // Some settings are the provider's own, so that the API cannot tell them.
    const plain = stateOf(kind, { ...filled, ...imported });
    const state = { ...plain, ...(kind.timeouts !== undefined && { timeouts: null }) };
    return { importedResources: [{ typeName, state: dynamicValue(state) }] };
  }

  #life(typeName: string, waitSeconds?: number): Lifecycle {
    const kind = kindApis[typeName as keyof typeof kindApis]!;
    return new Lifecycle(typeName, kind, this.#api, this.#adoption, waitSeconds);
  }
}

function schemas(): Response {
  const resourceSchemas = Object.values<ResourceKind>(resourceKinds as never).map((kind) => ({
    key: kind.type,
    value: kindSchema(kind),
  }));
  return {
    provider: providerSchema(),
    resourceSchemas,
    serverCapabilities: { getProviderSchemaOptional: true },
  };
}

function applied(kind: ResourceKind, planned: State, read: PlainValues): Response {
  return { newState: dynamicValue(appliedState(kind, planned, read)), legacyTypeSystem: true };
}

/** How long an operation may take, where the configuration says it. Unit: seconds. */
function timeoutOf({ timeouts }: State, operation: string): number | undefined {
  const text = timeouts !== undefined && isState(timeouts) ? timeouts[operation] : undefined;
  return typeof text === "string" ? durationSeconds(text) : undefined;
}

/** Where the configuration of the provider says that buckets are. */
function spacesFrom({ spaces_endpoint, spaces_access_id, spaces_secret_key }: State): SpacesAccess | undefined {
  const [endpoint, accessKeyId, secretAccessKey] = [spaces_endpoint, spaces_access_id, spaces_secret_key].map(textOf);
  if (endpoint === undefined || accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { endpoint, accessKeyId, secretAccessKey };
}

function textOf(value: StateValue | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
