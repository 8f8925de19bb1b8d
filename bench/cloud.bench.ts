/** What Terraform, the built-in provider and synth cost: real `terraform` against an emulated account. @module */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Emulator } from "../src/emulator/index.js";
import { InfraGraph, resource, synth } from "../src/infra/index.js";
import { BuiltInProvider } from "../src/terraform/provider/built-in-provider.js";
import { type Measurement, measure } from "./figure.js";

/** Twenty droplets as one group. */
const DROPLETS: InfraGraph = InfraGraph.of([
  resource("digitalocean_droplet", "web", {
    count: 20,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: Terraform counts the instances itself
    name: "web-${count.index}",
    image: "ubuntu-24-04-x64",
    region: "fra1",
    size: "s-1vcpu-1gb",
  }),
]);

/** Twenty droplets, each by itself. */
const APART: InfraGraph = InfraGraph.of(
  Array.from({ length: 20 }, (_, i) =>
    resource("digitalocean_droplet", `web-${i}`, {
      name: `web-${i}`,
      image: "ubuntu-24-04-x64",
      region: "fra1",
      size: "s-1vcpu-1gb",
    }),
  ),
);

/** Seconds that `terraform` takes for one command in a folder. */
async function terraformSeconds(folder: string, args: readonly string[], reattach: string): Promise<number> {
  const env = { ...process.env, TF_REATTACH_PROVIDERS: reattach, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" };
  const started = performance.now();
  await new Promise<void>((resolve, reject) => {
    const child = spawn("terraform", [...args, "-input=false"], { cwd: folder, env, stdio: "ignore" });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 ? resolve() : reject(new Error(`terraform ${args[0]} ended with ${code}`)),
    );
  });
  return (performance.now() - started) / 1000;
}

interface Times {
  /** Of `apply` of one `terraform_data`. Unit: seconds. */
  readonly data: number;
  /** Of `apply` of twenty droplets. Unit: seconds. */
  readonly apply: number;
  /** Of `plan` without a change after it. Unit: seconds. */
  readonly plan: number;
}

/** One round in new folders with a new account. */
async function round(): Promise<Times> {
  const folder = mkdtempSync(join(tmpdir(), "infra-gym-bench-"));
  const emulator = new Emulator();
  await emulator.listen();
  const provider = await BuiltInProvider.start({ endpoint: emulator.url, token: "bench" });
  try {
    const { layers } = await synth(DROPLETS);
    const droplets = layers.find(({ layer }) => layer === "app")!.text;
    for (const [name, text] of [
      ["droplets", droplets],
      ["data", '{"resource":{"terraform_data":{"one":{}}}}'],
    ] as const) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "main.tf.json"), text);
    }
    const { reattach } = provider;
    return {
      data: await terraformSeconds(join(folder, "data"), ["apply", "-auto-approve"], reattach),
      apply: await terraformSeconds(join(folder, "droplets"), ["apply", "-auto-approve", "-parallelism=20"], reattach),
      plan: await terraformSeconds(join(folder, "droplets"), ["plan", "-parallelism=20"], reattach),
    };
  } finally {
    await provider.close();
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function synthMilliseconds(graph: InfraGraph): Promise<number> {
  const started = performance.now();
  await synth(graph);
  return performance.now() - started;
}

/** Heap after 3,000 further synths, less the heap before. Unit: bytes. */
async function synthHeapGrowth(): Promise<number> {
  const heap = async (count: number): Promise<number> => {
    for (let i = 0; i < count; i++) await synth(DROPLETS);
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  };
  const before = await heap(300);
  return (await heap(3000)) - before;
}

/** Figures of this file. */
export const measurements: readonly Measurement[] = [
  measure("provider.apply20Ratio", "x", async () => ratio(await round(), "apply")),
  measure("provider.planRatio", "x", async () => ratio(await round(), "plan")),
  measure("provider.apply20Seconds", "s", async () => (await round()).apply),
  measure("provider.planSeconds", "s", async () => (await round()).plan),
  measure("synth.group20Milliseconds", "ms", () => synthMilliseconds(DROPLETS), { repeats: 21, warmUps: 5 }),
  measure("synth.apart20Milliseconds", "ms", () => synthMilliseconds(APART), { repeats: 21, warmUps: 5 }),
  measure("synth.heapGrowthBytesOver3000", "bytes", synthHeapGrowth, { repeats: 1, warmUps: 0 }),
];

function ratio(times: Times, of: "apply" | "plan"): number {
  return times[of] / times.data;
}
