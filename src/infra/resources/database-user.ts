/** The kind `digitalocean_database_user`. @module */

/** A user of a managed database. */
export const databaseUser = {
  type: "digitalocean_database_user",
  layer: "app",
  schemaVersion: 0,
  attributes: {
    cluster_id: {
      type: "string",
      mode: "required",
      replaces: true,
      minLength: 1,
      refersTo: ["digitalocean_database_cluster.id"],
    },
    name: { type: "string", mode: "required", replaces: true, minLength: 1 },
    mysql_auth_plugin: { type: "string", mode: "optional", oneOf: ["mysql_native_password", "caching_sha2_password"] },
    id: { type: "string", mode: "computed" },
    role: { type: "string", mode: "computed" },
    password: { type: "string", mode: "computed", sensitive: true },
    access_cert: { type: "string", mode: "computed", sensitive: true },
    access_key: { type: "string", mode: "computed", sensitive: true },
  },
  blocks: {
    settings: {
      nesting: "list",
      attributes: {},
      blocks: {
        acl: {
          nesting: "list",
          attributes: {
            id: { type: "string", mode: "computed" },
            topic: { type: "string", mode: "required", minLength: 1 },
            permission: { type: "string", mode: "required", oneOf: ["admin", "consume", "produce", "produceconsume"] },
          },
        },
        opensearch_acl: {
          nesting: "list",
          attributes: {
            index: { type: "string", mode: "required", minLength: 1 },
            permission: { type: "string", mode: "required", oneOf: ["deny", "admin", "read", "write", "readwrite"] },
          },
        },
      },
    },
  },
  readySeconds: { min: 1, median: 3, max: 10 },
  priceUsdPerHour: (): number => 0,
} as const;
