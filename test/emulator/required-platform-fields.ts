/** Fields that clients read in answers about bills, pools, Kubernetes, databases, registries and monitoring. @module */

/** An envelope (`[]` behind it for a list; empty for the answer itself), the fields of what is in it, the operations. */
export type RequiredRow = readonly [envelope: string, fields: string, operations: string];

const DROPLET = "id name status size.slug region.slug networks.v4 image.id tags";
const INVOICE = "invoice_uuid invoice_id amount invoice_period updated_at";
const CERTIFICATE = "id name not_after sha1_fingerprint created_at dns_names state type";
const POOL =
  "id name config droplet_template current_utilization.cpu status created_at updated_at active_resources_count";
const SNAPSHOT = "id name created_at regions min_disk_size size_gigabytes resource_id resource_type tags";
const RESERVED_IP = "ip region.slug droplet locked project_id";
const ACTION = "id status type started_at completed_at resource_type region_slug";
const SPACES_KEY = "name grants access_key created_at";
const CLUSTER =
  "id name region version cluster_subnet service_subnet vpc_uuid ipv4 endpoint tags node_pools maintenance_policy auto_upgrade surge_upgrade ha status.state created_at updated_at registry_enabled";
const NODE_POOL = "id name size count tags labels taints auto_scale min_nodes max_nodes nodes";
const VERSION = "slug kubernetes_version supported_features";
const DATABASE =
  "id name engine version num_nodes size region status created_at private_network_uuid tags db_names connection.uri connection.host connection.port connection.user connection.password private_connection.uri users maintenance_window.day project_id storage_size_mib rules";
const REPLICA = "id name region size status tags created_at private_network_uuid connection.uri private_connection.uri";
const USER = "name role password";
const CONNECTION_POOL = "name mode size db user connection.uri private_connection.uri";
const TOPIC = "name state replication_factor partitions config";
const SINK = "sink_id sink_name sink_type config";
const SCHEMA = "schema_id subject_name schema_type schema";
const REGISTRY = "name created_at region storage_usage_bytes storage_usage_bytes_updated_at";
const SUBSCRIPTION = "tier.slug tier.monthly_price_in_cents tier.included_storage_bytes created_at updated_at";
const TIER = "name slug included_repositories included_storage_bytes monthly_price_in_cents eligible";
const COLLECTION = "uuid registry_name status created_at updated_at blobs_deleted freed_bytes";
const MANIFEST = "registry_name repository digest compressed_size_bytes size_bytes updated_at tags blobs";
const IMAGE_TAG = "registry_name repository tag manifest_digest compressed_size_bytes size_bytes updated_at";
const REPOSITORY = "registry_name name latest_manifest.digest tag_count manifest_count";
const POLICY = "uuid alerts.email alerts.slack compare description enabled entities tags type value window";
const DESTINATION = "id name type config.endpoint";

/** The rows. */
export const requiredRows: readonly RequiredRow[] = [
  ["", "month_to_date_balance account_balance month_to_date_usage generated_at", "balance_get"],
  ["billing_history[]", "description amount invoice_id invoice_uuid date type", "billingHistory_list"],
  ["invoices[]", INVOICE, "invoices_list"],
  ["invoice_preview", INVOICE, "invoices_list"],
  ["invoice_items[]", "product description amount duration duration_unit start_time end_time", "invoices_get_byUUID"],
  ["", "invoice_uuid invoice_id billing_period amount product_charges.items", "invoices_get_summaryByUUID"],
  ["data_points[]", "start_date total_amount sku description", "billingInsights_list"],
  ["certificates[]", CERTIFICATE, "certificates_list"],
  ["certificate", CERTIFICATE, "certificates_create certificates_get"],
  ["droplets[]", DROPLET, "droplets_list_neighbors"],
  ["links", "actions", "droplets_create"],
  ["policy", "droplet_id backup_enabled next_backup_window", "droplets_get_backup_policy"],
  ["", "policies", "droplets_list_backup_policies"],
  ["supported_policies[]", "name possible_window_starts", "droplets_list_supported_backup_policies"],
  ["kernels[]", "id name version", "droplets_list_kernels"],
  ["", "neighbor_ids", "droplets_list_neighborsIds"],
  ["", "reserved_ips floating_ips snapshots volumes volume_snapshots", "droplets_list_associatedResources"],
  ["", "droplet.id resources.volumes completed_at failures", "droplets_get_DestroyAssociatedResourcesStatus"],
  ["autoscale_pools[]", POOL, "autoscalepools_list"],
  ["autoscale_pool", POOL, "autoscalepools_create autoscalepools_get autoscalepools_update"],
  ["droplets[]", "droplet_id created_at health_status status", "autoscalepools_list_members"],
  [
    "history[]",
    "history_event_id current_instance_count desired_instance_count reason status",
    "autoscalepools_list_history",
  ],
  ["", "transfer_id", "images_post_account_transfer_create"],
  ["snapshots[]", SNAPSHOT, "snapshots_list volumeSnapshots_list"],
  ["snapshot", SNAPSHOT, "snapshots_get volumeSnapshots_get_byId volumeSnapshots_create"],
  ["reserved_ips[]", RESERVED_IP, "reservedIPs_list"],
  ["reserved_ip", RESERVED_IP, "reservedIPs_create reservedIPs_get"],
  ["actions[]", ACTION, "reservedIPsActions_list"],
  ["action", `${ACTION} project_id`, "reservedIPsActions_post reservedIPsActions_get"],
  ["keys[]", SPACES_KEY, "spacesKey_list"],
  ["key", `${SPACES_KEY} secret_key`, "spacesKey_create"],
  ["key", SPACES_KEY, "spacesKey_get spacesKey_update spacesKey_patch"],
  ["kubernetes_clusters[]", CLUSTER, "kubernetes_list_clusters"],
  ["kubernetes_cluster", CLUSTER, "kubernetes_create_cluster kubernetes_get_cluster kubernetes_update_cluster"],
  ["", "load_balancers volumes volume_snapshots", "kubernetes_list_associatedResources"],
  ["", "server certificate_authority_data token expires_at", "kubernetes_get_credentials"],
  ["available_upgrade_versions[]", VERSION, "kubernetes_get_availableUpgrades"],
  ["node_pools[]", NODE_POOL, "kubernetes_list_nodePools"],
  ["node_pool", NODE_POOL, "kubernetes_add_nodePool kubernetes_get_nodePool kubernetes_update_nodePool"],
  ["kubernetes_cluster_user", "username groups", "kubernetes_get_clusterUser"],
  ["options", "regions versions sizes", "kubernetes_list_options"],
  ["", "run_id", "kubernetes_run_clusterLint"],
  ["", "run_id requested_at completed_at diagnostics", "kubernetes_get_clusterLintResults"],
  ["messages[]", "message timestamp", "kubernetes_get_status_messages"],
  ["options", "pg.versions pg.layouts mysql.regions kafka.versions", "databases_list_options"],
  ["databases[]", DATABASE, "databases_list_clusters"],
  ["database", DATABASE, "databases_create_cluster databases_get_cluster"],
  ["", "config", "databases_get_config"],
  ["ca", "certificate", "databases_get_ca"],
  ["", "id status created_at", "databases_get_migrationStatus databases_update_onlineMigration"],
  ["rules[]", "uuid cluster_uuid type value created_at", "databases_list_firewall_rules"],
  ["do_settings", "service_cnames", "databases_get_do_settings"],
  ["backups[]", "created_at size_gigabytes", "databases_list_backups"],
  ["replicas[]", REPLICA, "databases_list_replicas"],
  ["replica", REPLICA, "databases_create_replica databases_get_replica"],
  ["events[]", "id cluster_name event_type create_time", "databases_list_events_logs"],
  ["users[]", USER, "databases_list_users"],
  ["user", USER, "databases_add_user databases_get_user databases_update_user databases_reset_auth"],
  ["dbs[]", "name", "databases_list"],
  ["db", "name", "databases_add databases_get"],
  ["pools[]", CONNECTION_POOL, "databases_list_connectionPools"],
  ["pool", CONNECTION_POOL, "databases_add_connectionPool databases_get_connectionPool"],
  ["", "eviction_policy", "databases_get_evictionPolicy"],
  ["", "sql_mode", "databases_get_sql_mode"],
  ["autoscale", "storage.enabled", "databases_get_autoscale"],
  ["topics[]", "name state replication_factor partition_count", "databases_list_kafka_topics"],
  ["topic", TOPIC, "databases_create_kafka_topic databases_get_kafka_topic databases_update_kafka_topic"],
  ["sinks[]", SINK, "databases_list_logsink"],
  ["sink", SINK, "databases_create_logsink"],
  ["", SINK, "databases_get_logsink"],
  ["subjects[]", SCHEMA, "databases_list_kafka_schemas"],
  ["", SCHEMA, "databases_create_kafka_schema"],
  ["", `${SCHEMA} version`, "databases_get_kafka_schema databases_get_kafka_schema_version"],
  ["", "compatibility_level", "databases_get_kafka_schema_config databases_update_kafka_schema_config"],
  [
    "",
    "subject_name compatibility_level",
    "databases_get_kafka_schema_subject_config databases_update_kafka_schema_subject_config",
  ],
  [
    "credentials",
    "credentials.basic_auth_username credentials.basic_auth_password",
    "databases_get_cluster_metrics_credentials",
  ],
  ["indexes[]", "index_name number_of_shards size status health", "databases_list_opeasearch_indexes"],
  ["registry", `${REGISTRY} subscription.tier.slug`, "registry_get registry_create"],
  ["registries[]", REGISTRY, "registries_list"],
  ["registry", REGISTRY, "registries_create registries_get"],
  [
    "subscription",
    SUBSCRIPTION,
    "registry_get_subscription registry_update_subscription registries_get_subscription registries_update_subscription",
  ],
  ["", "auths", "registry_get_dockerCredentials registries_get_dockerCredentials"],
  ["options", "available_regions subscription_tiers", "registry_get_options registries_get_options"],
  ["options.subscription_tiers[]", TIER, "registry_get_options registries_get_options"],
  [
    "garbage_collection",
    COLLECTION,
    "registry_run_garbageCollection registry_get_garbageCollection registry_update_garbageCollection registries_run_garbageCollection registries_get_garbageCollection registries_update_garbageCollection",
  ],
  ["garbage_collections[]", COLLECTION, "registry_list_garbageCollections registries_list_garbageCollections"],
  ["repositories[]", "registry_name name latest_tag.tag tag_count", "registry_list_repositories"],
  ["repositories[]", REPOSITORY, "registry_list_repositoriesV2 registries_list_repositoriesV2"],
  ["tags[]", IMAGE_TAG, "registry_list_repositoryTags registries_list_repositoryTags"],
  ["manifests[]", MANIFEST, "registry_list_repositoryManifests registries_list_repositoryManifests"],
  ["policies[]", POLICY, "monitoring_list_alertPolicy"],
  ["policy", POLICY, "monitoring_create_alertPolicy monitoring_get_alertPolicy monitoring_update_alertPolicy"],
  ["destinations[]", DESTINATION, "monitoring_list_destinations"],
  ["destination", DESTINATION, "monitoring_create_destination monitoring_get_destination"],
  ["sinks[]", "id destination.id resources", "monitoring_list_sinks"],
  ["sink", "id destination.id resources", "monitoring_get_sink"],
];
