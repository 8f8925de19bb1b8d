/** DigitalOcean's API on loopback: droplets behind a load balancer, a resize, and the bill, in virtual time. */
import { Emulator } from "infra-gym/emulator";

const emulator = new Emulator({ speed: "virtual" });
await emulator.listen();

/** Calls the API, as any client would. */
async function api(method: string, path: string, body?: object) {
  const response = await fetch(`${emulator.url}/v2/${path}`, {
    method,
    headers: { authorization: "Bearer any", "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return text === "" ? {} : JSON.parse(text);
}

emulator.subscribe((event) => {
  if (event.type === "droplet") console.log(`  ${event.droplet.name}: ${event.change}, ${event.droplet.status}`);
  if (event.type === "load_balancer")
    console.log(`  front: ${event.change}, ${event.loadBalancer.dropletIds.length} droplets`);
});

console.log("Two droplets and a load balancer:");
const size = "s-1vcpu-1gb";
const image = "ubuntu-24-04-x64";
const { droplets } = await api("POST", "droplets", {
  names: ["web-1", "web-2"],
  size,
  image,
  region: "fra1",
  tags: ["web"],
});
const rule = { entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 8080 };
await api("POST", "load_balancers", { name: "front", region: "fra1", tag: "web", forwarding_rules: [rule] });

console.log("Two minutes later:");
emulator.advance(120);

console.log("A larger size for web-1: off, resized, on:");
for (const action of [{ type: "power_off" }, { type: "resize", size: "s-2vcpu-4gb" }, { type: "power_on" }]) {
  await api("POST", `droplets/${droplets[0].id}/actions`, action);
  emulator.advance(60);
}

console.log("A day later:");
emulator.advance(86_400);
const { month_to_date_usage } = await api("GET", "customers/my/balance");
console.log(`  ${month_to_date_usage} US dollars this month`);

await emulator.close();
