import { describe, expect, it } from "vitest";
import { kindOf, type ResourceKind } from "../../../src/infra/index.js";
import { stateOf } from "../../../src/terraform/provider/plain-values.js";
import { planChange } from "../../../src/terraform/provider/plan-change.js";
import { type State, UNKNOWN } from "../../../src/terraform/provider/protocol/values.js";

const droplet: ResourceKind = kindOf("digitalocean_droplet")!;
const loadbalancer: ResourceKind = kindOf("digitalocean_loadbalancer")!;
const cluster: ResourceKind = kindOf("digitalocean_kubernetes_cluster")!;

const config: State = {
  ...stateOf(droplet, { name: "web", image: "debian-12-x64", size: "s-1vcpu-1gb", region: "fra1", tags: ["a", "b"] }),
  timeouts: null,
};
/** What the droplet is once it has been made. */
const prior: State = {
  ...planChange(droplet, null, config).state,
  id: "1",
  disk: 25,
  ipv6_address: "",
  ipv4_address: "192.0.2.1",
  vpc_uuid: "v",
  volume_ids: [],
  private_networking: true,
};

describe("planChange", () => {
  it("fills in defaults, and leaves open what only the API knows", () => {
    const { state, requiresReplace } = planChange(droplet, null, config);
    expect(state).toMatchObject({ backups: false, resize_disk: true, id: UNKNOWN, vpc_uuid: UNKNOWN, user_data: null });
    expect(state.backup_policy).toEqual([]);
    expect(requiresReplace).toEqual([]);
  });

  it("changes nothing where nothing changed, whatever the order of a set", () => {
    const again = planChange(droplet, prior, { ...config, tags: ["b", "a"] });
    expect({ ...again.state, tags: ["a", "b"] }).toEqual(prior);
    expect(again.requiresReplace).toEqual([]);
  });

  it("opens what depends on a change, and nothing else", () => {
    const affects = { size: ["disk", "vcpus"] };
    const { state, requiresReplace } = planChange(droplet, prior, { ...config, size: "s-2vcpu-2gb" }, affects);
    expect(state).toMatchObject({ size: "s-2vcpu-2gb", disk: UNKNOWN, vcpus: UNKNOWN, id: "1" });
    expect(state.ipv4_address).toBe("192.0.2.1");
    expect(requiresReplace).toEqual([]);
  });

  it("asks for a new resource where an attribute is declared so", () => {
    expect(planChange(droplet, prior, { ...config, image: "ubuntu-24-04-x64" }).requiresReplace).toEqual([["image"]]);
    expect(planChange(droplet, prior, { ...config, image: UNKNOWN }).requiresReplace).toEqual([["image"]]);
  });

  it("asks for a new resource where something is switched off that can only be switched on", () => {
    expect(planChange(droplet, prior, { ...config, ipv6: true }).requiresReplace).toEqual([]);
    const on = { ...prior, ipv6: true };
    expect(planChange(droplet, on, { ...config, ipv6: false }).requiresReplace).toEqual([["ipv6"]]);
  });

  it("names the way to an attribute within a block", () => {
    const pool = { name: "first", size: "s-2vcpu-4gb", node_count: 1 };
    const base = { name: "c", region: "fra1", version: "1.33.1-do.4", node_pool: pool };
    const before = planChange(cluster, null, stateOf(cluster, base)).state;
    const wanted = stateOf(cluster, { ...base, node_pool: { ...pool, size: "s-4vcpu-8gb" } });
    expect(planChange(cluster, before, wanted).requiresReplace).toContainEqual(["node_pool", 0, "size"]);
  });

  it("keeps what the API filled into the occurrences of a set, by what was asked of them", () => {
    const rule = { entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 8080 };
    const asked = stateOf(loadbalancer, { name: "l", region: "fra1", forwarding_rule: [rule] });
    const made = planChange(loadbalancer, null, asked).state;
    const [planned] = made.forwarding_rule as readonly State[];
    expect(planned).toMatchObject({ tls_passthrough: false, certificate_id: UNKNOWN });
    const known = { ...made, forwarding_rule: [{ ...planned, certificate_id: "", certificate_name: "" }] };
    expect(planChange(loadbalancer, known, asked).state.forwarding_rule).toEqual(known.forwarding_rule);
    expect(made.healthcheck).toBe(UNKNOWN);
  });
});
