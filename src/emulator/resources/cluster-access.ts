/** Around Kubernetes clusters: credentials, options, lint, registries, messages. @module */
import { type Answer, accepted, done, notFound } from "../answer.js";
import type { Call, Handlers } from "../call.js";
import { textsField } from "../fields.js";
import type { JsonObject } from "../json.js";
import type { PlainRecord } from "../records.js";
import { clusterOf } from "./cluster-records.js";
import { clusterVersions, credentialsEnd, versionView } from "./clusters.js";

/** A certificate that is none: what the emulator gives out opens no door. */
const CERTIFICATE = Buffer.from("-----BEGIN CERTIFICATE-----\nemulated\n-----END CERTIFICATE-----\n").toString(
  "base64",
);

/** Operations around clusters. */
export const clusterAccessHandlers: Handlers = {
  kubernetes_get_kubeconfig: (call) => {
    const content = kubeconfigOf(clusterOf(call), tokenOf(call));
    return { status: 200, text: { type: "application/yaml", content } };
  },
  kubernetes_get_credentials: (call) => {
    const cluster = clusterOf(call);
    return done({
      server: cluster.endpoint,
      certificate_authority_data: CERTIFICATE,
      client_certificate_data: null,
      client_key_data: null,
      token: tokenOf(call),
      expires_at: credentialsEnd(call.world),
    });
  },
  kubernetes_get_clusterUser: (call) => {
    clusterOf(call);
    return done({ kubernetes_cluster_user: { username: "emulator@example.com", groups: ["k8saas:authenticated"] } });
  },
  kubernetes_list_options: ({ world: { catalogue } }) =>
    done({
      options: {
        regions: Object.values(catalogue.regions).map(({ slug, city }) => ({ name: `${city} ${slug.at(-1)}`, slug })),
        versions: clusterVersions().map(versionView),
        sizes: Object.keys(catalogue.dropletSizes).map((slug) => ({ name: slug, slug })),
      },
    }),
  kubernetes_run_clusterLint: (call) => {
    const cluster = clusterOf(call);
    cluster.lint = { run_id: call.world.identity.uuid(), requested_at: call.world.timestamp };
    return accepted({ run_id: (cluster.lint as JsonObject).run_id });
  },
  kubernetes_get_clusterLintResults: (call) => {
    const lint = clusterOf(call).lint as JsonObject | undefined;
    const asked = call.query.get("run_id");
    if (lint === undefined || (asked !== null && asked !== lint.run_id)) throw notFound();
    return done({ ...lint, completed_at: call.world.timestamp, diagnostics: [] });
  },
  kubernetes_add_registry: (call) => changeRegistries(call, () => registryNames(call)),
  kubernetes_remove_registry: (call) => changeRegistries(call, () => []),
  kubernetes_add_registries: (call) =>
    changeRegistries(call, (names) => [...new Set([...names, ...textsField(call.body, "registries")])]),
  kubernetes_remove_registries: (call) => {
    const removed = textsField(call.body, "registries");
    return changeRegistries(call, (names) => names.filter((name) => !removed.includes(name)));
  },
  kubernetes_get_status_messages: (call) => {
    const { created_at } = clusterOf(call);
    return done({ messages: [{ message: "Cluster provisioning was requested.", timestamp: created_at }] });
  },
};

function registryNames({ world }: Call): string[] {
  return world.tables.registries.list().map(({ id }) => String(id));
}

function changeRegistries(call: Call, change: (names: string[]) => string[]): Answer {
  const clusters = textsField(call.body, "cluster_uuids").map((id) => {
    const cluster = call.world.tables.clusters.get(id);
    if (cluster === undefined) throw notFound();
    return cluster;
  });
  for (const cluster of clusters) {
    const names = change(cluster.registries as string[]);
    Object.assign(cluster, { registries: names, registry_enabled: names.length > 0 });
  }
  return done();
}

function tokenOf(call: Call): string {
  return `emulated-${call.world.identity.hex(32)}`;
}

function kubeconfigOf({ name, region, endpoint }: PlainRecord, token: string): string {
  const context = `do-${region}-${name}`;
  return `apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority-data: ${CERTIFICATE}
    server: ${endpoint}
  name: ${context}
contexts:
- context:
    cluster: ${context}
    user: ${context}-admin
  name: ${context}
current-context: ${context}
preferences: {}
users:
- name: ${context}-admin
  user:
    token: ${token}
`;
}
