import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  ApplyFailedError,
  CorruptStateError,
  InfraGymError,
  ProviderMissingError,
  StateLockedError,
  TerraformCancelledError,
  TerraformConfigurationError,
} from "../../src/errors.js";
import type { TerraformEvent } from "../../src/terraform/events.js";
import { TerraformRunner, type TerraformRunnerOptions } from "../../src/terraform/terraform-runner.js";
import { temporaryFolder, terraformHere, writeConfiguration } from "./terraform-folder.js";

const root = temporaryFolder("runner");
const { binary, reason } = await terraformHere();

/** Instances that cost nothing and need no provider. */
function instances(count: number, input = "x"): unknown {
  return {
    resource: { terraform_data: { web: { count, input } } },
    output: {
      ids: { value: `\${terraform_data.web[*].id}` },
      password: { value: `\${join("", terraform_data.web[*].input)}`, sensitive: true },
    },
  };
}

/** One that takes a while to create. */
function slow(command: string): unknown {
  return { resource: { terraform_data: { slow: { provisioner: [{ "local-exec": { command } }] } } } };
}

function runnerIn(name: string, configuration: unknown, more: Partial<TerraformRunnerOptions> = {}): TerraformRunner {
  const folder = writeConfiguration(join(root, name), configuration);
  return new TerraformRunner({ binary: binary!, folder, ...more });
}

async function errorOf(promise: Promise<unknown>): Promise<InfraGymError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InfraGymError);
  return error as InfraGymError;
}

describe.skipIf(binary === undefined)(`TerraformRunner ${reason}`, () => {
  it("plans, applies, is then in the desired state, and destroys", async () => {
    const runner = runnerIn("cycle", instances(3));
    const before = await runner.plan();
    expect(before.isEmpty).toBe(false);
    expect(before.changes.map(({ address, action }) => `${action} ${address}`).sort()).toEqual([
      "create terraform_data.web[0]",
      "create terraform_data.web[1]",
      "create terraform_data.web[2]",
    ]);
    const applied = await runner.apply();
    expect(applied.counts).toEqual({ add: 3, change: 0, remove: 0, import: 0 });
    expect([...applied.changedOutputs].sort()).toEqual(["ids", "password"]);
    expect((await runner.plan()).isEmpty).toBe(true);
    expect(await runner.state()).toHaveLength(3);
    const outputs = await runner.output();
    expect(outputs.password).toEqual({ value: "xxx", sensitive: true });
    expect((await runner.destroy()).counts.remove).toBe(3);
    expect(await runner.state()).toEqual([]);
  });

  it("tells what happens to each resource while it happens", async () => {
    const events: TerraformEvent[] = [];
    const runner = runnerIn("events", instances(1), { onEvent: (event) => events.push(event) });
    await runner.apply();
    const address = "terraform_data.web[0]";
    expect(events.map(({ type }) => type).filter((type) => type !== "message")).toEqual([
      "version",
      "plannedChange",
      "summary",
      "outputs",
      "started",
      "completed",
      "summary",
      "outputs",
    ]);
    expect(events).toContainEqual({ type: "completed", address, action: "create", elapsedSeconds: 0 });
  });

  it("leaves state files that only their owner can read, also those of an earlier hand", async () => {
    const runner = runnerIn("modes", instances(1));
    await runner.apply();
    writeConfiguration(runner.folder, instances(2));
    writeFileSync(join(runner.folder, "terraform.tfstate.backup"), "{}", { mode: 0o644 });
    await runner.apply();
    const states = readdirSync(runner.folder).filter((name) => name.includes("tfstate"));
    expect(states.sort()).toEqual(["terraform.tfstate", "terraform.tfstate.backup"]);
    for (const name of states) expect(statSync(join(runner.folder, name)).mode & 0o777).toBe(0o600);
  });

  it("runs one after the other what is asked at once", async () => {
    const runner = runnerIn("turns", instances(1));
    const [first, second] = await Promise.all([runner.apply(), runner.apply(), runner.plan(), runner.state()]);
    expect([first.counts.add, second.counts.add]).toEqual([1, 0]);
  });

  it("names the place of a mistake in the configuration", async () => {
    const runner = runnerIn("mistake", { resource: { terraform_data: { web: { inputt: 1 } } } });
    const error = await errorOf(runner.apply());
    expect(error).toBeInstanceOf(TerraformConfigurationError);
    expect(error.message).toMatch(
      /^terraform_data\.web|.*main\.tf\.json:5: .*No argument or block type is named "inputt".*Nothing exists in its state\.$/,
    );
  });

  it("names the resource that failed, what exists, and the command that cleans up", async () => {
    const configuration = {
      resource: {
        terraform_data: {
          ...(instances(2) as { resource: { terraform_data: object } }).resource.terraform_data,
          broken: { depends_on: ["terraform_data.web"], provisioner: [{ "local-exec": { command: "exit 3" } }] },
        },
      },
    };
    const runner = runnerIn("failing", configuration, { cleanUp: "infra-gym tf app destroy" });
    const error = (await errorOf(runner.apply())) as ApplyFailedError;
    expect(error).toBeInstanceOf(ApplyFailedError);
    expect(error.address).toBe("terraform_data.broken");
    expect(error.message).toBe(
      "terraform_data.broken: local-exec provisioner error: Error running command 'exit 3': exit status 3. Output. 3 resources exist (terraform_data.broken, terraform_data.web[0], terraform_data.web[1]); to clean up: infra-gym tf app destroy",
    );
  });

  it("says that a provider is missing, and what to do", async () => {
    const error = await errorOf(
      runnerIn("missing", {
        terraform: { required_providers: { nowhere: { source: "infra-gym/nowhere" } } },
        resource: { nowhere_thing: { a: {} } },
      }).apply(),
    );
    expect(error).toBeInstanceOf(ProviderMissingError);
    expect(error.message).toMatch(/required by this configuration but no version is selected.*Run init first/);
  });

  it("says that a state is corrupt", async () => {
    const runner = runnerIn("corrupt", instances(1));
    writeFileSync(join(runner.folder, "terraform.tfstate"), '{"version": 4, ');
    const error = await errorOf(runner.apply());
    expect(error).toBeInstanceOf(CorruptStateError);
    expect(error.message).toBe(
      `${runner.folder}: The state cannot be read: The state file could not be parsed as JSON: syntax error at byte offset 15. Put terraform.tfstate.backup in its place, or import what exists. What exists is not known; to clean up: terraform -chdir=${runner.folder} destroy`,
    );
  });

  it("says who holds the lock of a state, and waits for it where it is told to", async () => {
    const runner = runnerIn("locked", slow("while [ ! -e go ]; do sleep 0.05; done"));
    const applying = runner.apply();
    await until(() => existsSync(join(runner.folder, ".terraform.tfstate.lock.info")));
    const other = new TerraformRunner({ binary: binary!, folder: runner.folder });
    const error = (await errorOf(other.apply())) as StateLockedError;
    expect(error).toBeInstanceOf(StateLockedError);
    expect(error.holder).toMatch(/^\S+@\S+, OperationTypeApply, /);
    expect(error.message).toContain(`force-unlock ${error.lockId}`);
    const patient = new TerraformRunner({ binary: binary!, folder: runner.folder, lockTimeoutSeconds: 30 });
    const waiting = patient.apply();
    writeFileSync(join(runner.folder, "go"), "");
    expect((await applying).counts.add).toBe(1);
    expect((await waiting).counts.add).toBe(0);
  });

  it("stops what runs when it is closed: what was in flight is in the state, the rest was not begun", async () => {
    const configuration = {
      resource: {
        terraform_data: {
          first: { input: "kept" },
          slow: {
            depends_on: ["terraform_data.first"],
            provisioner: [{ "local-exec": { command: "touch begun; sleep 20" } }],
          },
          last: { depends_on: ["terraform_data.slow"] },
        },
      },
    };
    const runner = runnerIn("closing", configuration);
    const applying = errorOf(runner.apply());
    await until(() => existsSync(join(runner.folder, "begun")));
    await runner.close();
    expect(await applying).toBeInstanceOf(TerraformCancelledError);
    expect(existsSync(join(runner.folder, ".terraform.tfstate.lock.info"))).toBe(false);
    const { resources } = JSON.parse(readFileSync(join(runner.folder, "terraform.tfstate"), "utf8"));
    expect(resources.map(({ name }: { name: string }) => name).sort()).toEqual(["first", "slow"]);
    expect((await errorOf(runner.plan())).message).toBe(`Terraform in ${runner.folder} is closed. Make a new one.`);
  });

  it("takes something into its state and out of it", async () => {
    const runner = runnerIn("import", { resource: { terraform_data: { web: {} } } });
    await runner.import("terraform_data.web", "made-by-hand");
    expect(await runner.state()).toEqual(["terraform_data.web"]);
    await runner.forget("terraform_data.web");
    expect(await runner.state()).toEqual([]);
    const error = await errorOf(runner.import("terraform_data.nothing", "x"));
    expect(error.message).toMatch(/terraform_data\.nothing/);
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}
