/** A web service on this machine: real Terraform, droplets as processes, a load balancer, a load and Prometheus. */
import { make, TerraformNotFoundError } from "infra-gym";

// --for 5m: about five minutes to watch, at 12 times the speed of real time. Without it, six steps at 24 times.
const minutes = process.argv.includes("--for")
  ? Number.parseFloat(process.argv[process.argv.indexOf("--for") + 1]!)
  : 0;
const timeScale = minutes > 0 ? 12 : 24;
const STEP_SECONDS = 60;
const steps = minutes > 0 ? Math.round((minutes * 60 * timeScale) / STEP_SECONDS) : 6;

const env = await make("WebService-v0", { backend: "local", local: { timeScale }, workload: "flash-crowd" });
try {
  let [, info] = await env.reset({ seed: 3, options: { controls: { replicas: 3 } } });
  const { terraform, loadBalancer, prometheus } = env.unwrapped.backend.components;
  console.log(`terraform ${terraform}, load balancer ${loadBalancer}, prometheus ${prometheus}`);
  console.log("droplets  pending  requests/s  p95 ms  late or lost %  USD");
  for (let step = 0; step < steps; step++) {
    // A droplet of this size serves 100 requests/s: room for a third more than there are now, and for what is announced.
    const { arrivalRate = 0, announcedRate = 0 } = info.signals.replicas ?? {};
    const wanted = Math.min(12, Math.max(2, Math.ceil(1.33 * (arrivalRate + announcedRate))));
    const desired = info.controls.replicas!.desired;
    const add = step === 0 ? 0 : Math.max(-4, Math.min(4, wanted - desired));
    [, , , , info] = await env.step(Int32Array.of(4 + add, 1));
    const { slo, controls, pending, costUsd } = info;
    const row = [
      controls.replicas!.current,
      pending["digitalocean_droplet.web"] ?? 0,
      Math.round(slo.arrivals / STEP_SECONDS),
      Math.round(1000 * slo.p95Seconds),
      (100 * slo.violationRatio).toFixed(1),
      costUsd.toFixed(4),
    ];
    const widths = [8, 7, 10, 6, 14, 7];
    console.log(row.map((cell, k) => String(cell).padStart(widths[k]!)).join("  "));
  }
} catch (error) {
  if (!(error instanceof TerraformNotFoundError)) throw error;
  console.log(error.message);
} finally {
  await env.close();
}
