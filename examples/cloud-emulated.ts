/** An episode of WebService-v0 whose every action is a real `terraform apply` in an emulated account. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InfraEnv, TerraformNotFoundError } from "infra-gym";
import { CloudRun, DigitalOceanClient, Leases, readCredentials } from "infra-gym/digitalocean";
import { Emulator } from "infra-gym/emulator";
import { type InfraInfo, webServiceDefinition } from "infra-gym/envs";
import { composeEdits, setAttribute, synth } from "infra-gym/infra";
import { BuiltInProvider, findTerraform, ProjectApplier } from "infra-gym/terraform";

const json = process.argv.includes("--json") ? process.argv[process.argv.indexOf("--json") + 1] : undefined;
const STEPS = 10;
/** Component of an action in the mode `delta`: no droplet more or less. */
const SAME_COUNT = 4;

const binary = await findTerraform().catch((error: unknown) => {
  if (!(error instanceof TerraformNotFoundError)) throw error;
  console.log(error.message);
  process.exit(0);
});
const emulator = new Emulator();
await emulator.listen();
const credentials = readCredentials({}, emulator.url);
const client = new DigitalOceanClient({ credentials });
const work = mkdtempSync(join(tmpdir(), "cloud-emulated-"));

const definition = webServiceDefinition();
const env = new InfraEnv(definition);
const { graph } = definition;
const run = await CloudRun.start({
  client,
  leases: new Leases(join(work, "leases")),
  budgetUsd: 5,
  lifetimeSeconds: 3600,
  graph,
  folder: work,
  print: console.log,
});
const provider = await BuiltInProvider.start({ ...credentials, run: run.mark.tag });

const applies: { seconds: number; add: number; change: number; destroy: number }[] = [];
let apply = { seconds: 0, add: 0, change: 0, destroy: 0 };
const applier = new ProjectApplier({
  binary,
  folder: work,
  env: () => ({ TF_REATTACH_PROVIDERS: provider.reattach, DIGITALOCEAN_TOKEN: credentials.token }),
  onApplied: (_, { seconds, counts }) => {
    apply.seconds += seconds;
    apply.add += counts.add;
    apply.change += counts.change;
    apply.destroy += counts.remove;
  },
});

/** Applies what the environment wants now, and waits for it. */
async function applyDesired({ controls }: InfraInfo): Promise<void> {
  const edits = definition.controls.map(({ name, target, attribute, domain }) => {
    const { desired } = controls[name]!;
    return setAttribute(target, attribute, "values" in domain ? domain.values[desired]! : desired);
  });
  apply = { seconds: 0, add: 0, change: 0, destroy: 0 };
  const { layers } = await synth(run.admit(composeEdits(...edits)(graph)), { tags: [run.mark.tag] });
  applier.set(layers);
  let { failures } = await applier.settled();
  if (apply.seconds === 0) {
    // Nothing is new: what is there is applied again, which would mend it.
    applier.mend(layers);
    ({ failures } = await applier.settled());
  }
  if (failures.length > 0) throw new Error(failures.map(({ message }) => message).join("\n"));
  applies.push(apply);
  const { add, change, destroy, seconds } = apply;
  console.log(`${add} added, ${change} changed, ${destroy} destroyed in ${seconds.toFixed(2)} s`);
}

/** An action that changes the number of droplets, and maybe their size. */
function drawAction({ actionMask }: InfraInfo): Int32Array {
  for (;;) {
    const action = env.actionSpace.sample(actionMask as never) as Int32Array;
    if (action[0] !== SAME_COUNT) return action;
  }
}

try {
  env.actionSpace.seed(0);
  let [, info] = await env.reset({ seed: 0 });
  await applyDesired(info);
  for (let step = 0; step < STEPS; step++) {
    [, , , , info] = await env.step(drawAction(info));
    await applyDesired(info);
  }
} finally {
  await env.close();
  await applier.destroy();
  await applier.close();
  await provider.close();
  await run.end();
}
const leftAfterClose = (await client.resources()).length;
console.log(`left in the account: ${leftAfterClose}`);
await emulator.close();
rmSync(work, { recursive: true });
if (json !== undefined) writeFileSync(json, `${JSON.stringify({ applies, leftAfterClose }, null, 2)}\n`);
