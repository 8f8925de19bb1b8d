/** The messages of Terraform's plugin protocol 5 that a provider of resources needs. @module */
import type { Field, MessageType } from "./protobuf.js";

// Field numbers as in the published protocol, https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol.

const text = (number: number): Field => ({ number, type: "string" });
const bytes = (number: number): Field => ({ number, type: "bytes" });
const bool = (number: number): Field => ({ number, type: "bool" });
const int = (number: number): Field => ({ number, type: "int" });
const one = (number: number, type: MessageType): Field => ({ number, type });
const many = (number: number, type: MessageType): Field => ({ number, type, repeated: true });
const message = (fields: Readonly<Record<string, Field>>): MessageType => ({ fields });

const value = message({ msgpack: bytes(1), json: bytes(2) });
const step = message({ attributeName: text(1), elementKeyString: text(2), elementKeyInt: int(3) });
const path = message({ steps: many(1, step) });
const diagnostic = message({ severity: int(1), summary: text(2), detail: text(3), attribute: one(4, path) });
const diagnostics = (number: number): Field => many(number, diagnostic);

const attribute = message({
  name: text(1),
  type: bytes(2),
  description: text(3),
  required: bool(4),
  optional: bool(5),
  computed: bool(6),
  sensitive: bool(7),
});
const block: { fields: Readonly<Record<string, Field>> } = { fields: {} };
const nestedBlock = message({
  typeName: text(1),
  block: one(2, block),
  nesting: int(3),
  minItems: int(4),
  maxItems: int(5),
});
block.fields = { version: int(1), attributes: many(2, attribute), blockTypes: many(3, nestedBlock) };
const schema = message({ version: int(1), block: one(2, block) });
const schemaEntry = message({ key: text(1), value: one(2, schema) });
const capabilities = message({ planDestroy: bool(1), getProviderSchemaOptional: bool(2) });
const importedResource = message({ typeName: text(1), state: one(2, value), private: bytes(3) });

/** Request and response of one procedure. */
export interface Procedure {
  readonly request: MessageType;
  readonly response: MessageType;
}

/** Name of a procedure of the service `tfplugin5.Provider`. */
export type ProcedureName =
  | "GetSchema"
  | "PrepareProviderConfig"
  | "ValidateResourceTypeConfig"
  | "UpgradeResourceState"
  | "Configure"
  | "ReadResource"
  | "PlanResourceChange"
  | "ApplyResourceChange"
  | "ImportResourceState"
  | "Stop";

/** The procedures of the service `tfplugin5.Provider`. */
export const PROCEDURES: Readonly<Record<ProcedureName, Procedure>> = {
  GetSchema: {
    request: message({}),
    response: message({
      provider: one(1, schema),
      resourceSchemas: many(2, schemaEntry),
      dataSourceSchemas: many(3, schemaEntry),
      diagnostics: diagnostics(4),
      serverCapabilities: one(6, capabilities),
    }),
  },
  PrepareProviderConfig: {
    request: message({ config: one(1, value) }),
    response: message({ preparedConfig: one(1, value), diagnostics: diagnostics(2) }),
  },
  ValidateResourceTypeConfig: {
    request: message({ typeName: text(1), config: one(2, value) }),
    response: message({ diagnostics: diagnostics(1) }),
  },
  UpgradeResourceState: {
    request: message({ typeName: text(1), version: int(2), rawState: one(3, message({ json: bytes(1) })) }),
    response: message({ upgradedState: one(1, value), diagnostics: diagnostics(2) }),
  },
  Configure: {
    request: message({ terraformVersion: text(1), config: one(2, value) }),
    response: message({ diagnostics: diagnostics(1) }),
  },
  ReadResource: {
    request: message({ typeName: text(1), currentState: one(2, value), private: bytes(3) }),
    response: message({ newState: one(1, value), diagnostics: diagnostics(2), private: bytes(3) }),
  },
  PlanResourceChange: {
    request: message({
      typeName: text(1),
      priorState: one(2, value),
      proposedNewState: one(3, value),
      config: one(4, value),
      priorPrivate: bytes(5),
    }),
    response: message({
      plannedState: one(1, value),
      requiresReplace: many(2, path),
      plannedPrivate: bytes(3),
      diagnostics: diagnostics(4),
      legacyTypeSystem: bool(5),
    }),
  },
  ApplyResourceChange: {
    request: message({
      typeName: text(1),
      priorState: one(2, value),
      plannedState: one(3, value),
      config: one(4, value),
      plannedPrivate: bytes(5),
    }),
    response: message({
      newState: one(1, value),
      private: bytes(2),
      diagnostics: diagnostics(3),
      legacyTypeSystem: bool(4),
    }),
  },
  ImportResourceState: {
    request: message({ typeName: text(1), id: text(2) }),
    response: message({ importedResources: many(1, importedResource), diagnostics: diagnostics(2) }),
  },
  Stop: { request: message({}), response: message({ error: text(1) }) },
};
