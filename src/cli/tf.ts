/** `infra-gym tf`: Terraform, layer by layer, in a project on disk. @module */
import { join } from "node:path";
import { readCredentials } from "../digitalocean/credentials.js";
import { UsageError } from "../errors.js";
import { suggestion } from "../messages.js";
import { findTerraform } from "../terraform/find-terraform.js";
import { ALL_LAYERS, LayeredEnvironment } from "../terraform/layered-environment.js";
import { foldersIn, readLayers } from "../terraform/layers.js";
import type { Variables } from "../terraform/terraform-runner.js";
import type { Command } from "./command.js";
import type { OptionValues } from "./option-values.js";
import type { Terminal } from "./terminal.js";
import { type TfAction, tfActions } from "./tf-actions.js";
import { newProject, TF_TEMPLATES } from "./tf-new.js";
import { progressLine } from "./tf-text.js";
import { whileInterruptible } from "./while-interruptible.js";

/** Works on one layer of a project, or on all. */
export const tfCommand: Command = {
  verb: "tf",
  summary: "Plan, apply and destroy a Terraform project layer by layer",
  positional: { name: "layer", isRequired: true },
  morePositionals: ["action", "address", "id"],
  options: [
    { name: "project", short: "p", value: "DIR", help: "Folder of the project (default .)" },
    { name: "environment", short: "e", value: "NAME", help: "Its environment (default the only one there is)" },
    { name: "upgrade", short: "u", value: null, help: "Upgrade the providers first: terraform init -upgrade" },
    {
      name: "terraform",
      value: "PATH",
      help: "The program (default INFRA_GYM_TERRAFORM, or terraform or tofu on PATH)",
    },
    { name: "parallelism", value: "N", help: "Calls made at once (default 20)" },
    { name: "lock-timeout", value: "DURATION", help: "Wait that long for a state that someone else is writing" },
    { name: "provider", value: "P", help: "official, or built-in: for an emulator on this machine (default official)" },
    { name: "endpoint", value: "URL", help: "The API (default DIGITALOCEAN_API_URL, or DigitalOcean's own)" },
    { name: "format", value: "F", help: "What tf new writes: hcl or json (default hcl)" },
  ],
  examples: [
    "infra-gym tf new web-service shop",
    "infra-gym tf -p shop -e dev all init",
    "infra-gym tf -p shop -e dev -u app plan",
    "infra-gym tf -p shop -e dev all apply",
    "infra-gym tf -p shop -e dev app import 'digitalocean_droplet.web[3]' 411222333",
    "infra-gym tf -p shop -e dev all destroy",
    "infra-gym tf -p shop --provider built-in --endpoint http://127.0.0.1:8080 all apply",
  ],
  run: runTf,
};

async function runTf(values: OptionValues, terminal: Terminal): Promise<number> {
  const layer = values.required("layer", "app, or all, or new");
  if (layer === "new") return runNew(values, terminal);
  const action = actionOf(values);
  const project = values.text("project") ?? ".";
  const environment = environmentOf(project, values.text("environment"));
  const folder = join(project, environment);
  checkLayer(layer, folder);
  const parallelism = values.count("parallelism");
  const lockTimeoutSeconds = values.duration("lock-timeout");
  const named = values.text("terraform");
  const binary = await findTerraform(named === undefined ? {} : { binary: named });
  const provider = await providerOf(values);
  const layers = new LayeredEnvironment({
    folder,
    binary,
    env: provider.env,
    ...(parallelism !== undefined && { parallelism }),
    ...(lockTimeoutSeconds !== undefined && { lockTimeoutSeconds }),
    cleanUp: (name) =>
      ["infra-gym", "tf", ...provider.options, "-p", project, "-e", environment, name, "destroy"]
        .map(shellWord)
        .join(" "),
    onEvent: (name, event) => {
      const line = progressLine(name, event);
      if (line !== undefined) terminal.err(`${line}\n`);
    },
  });
  return await whileInterruptible(
    async () => {
      if (values.flag("upgrade")) await layers.init(layer, { upgrade: true });
      return tfActions[action]({ layers, layer, values, terminal });
    },
    async () => {
      await layers.close();
      await provider[Symbol.asyncDispose]();
    },
    terminal,
  );
}

/** What Terraform is told about its provider, and what has to end after it. */
interface ProviderInUse extends AsyncDisposable {
  readonly env: () => Variables;
  /** The options that choose it again, for a command in a message. */
  readonly options: readonly string[];
}

async function providerOf(values: OptionValues): Promise<ProviderInUse> {
  const kind = values.choice("provider", ["official", "built-in"]) ?? "official";
  const url = values.text("endpoint");
  // Also for a provider that reads both itself: no token goes over plain HTTP.
  const credentials = kind === "official" && url === undefined ? undefined : readCredentials(process.env, url);
  const endpoint = url === undefined ? {} : { DIGITALOCEAN_API_URL: url };
  const options = ["provider", "endpoint"].flatMap((name) => {
    const text = values.text(name);
    return text === undefined ? [] : [`--${name}`, text];
  });
  if (kind === "official" || credentials === undefined) {
    return { env: () => endpoint, options, [Symbol.asyncDispose]: async () => {} };
  }
  const { BuiltInProvider } = await import("../terraform/provider/built-in-provider.js");
  const provider = await BuiltInProvider.start(credentials);
  return {
    options,
    env: () => ({ ...endpoint, TF_REATTACH_PROVIDERS: provider.reattach }),
    [Symbol.asyncDispose]: () => provider.close(),
  };
}

/** A word as a shell takes it. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function actionOf(values: OptionValues): TfAction {
  const names = Object.keys(tfActions) as TfAction[];
  const word = values.required("action", "plan");
  const action = names.find((name) => name === word);
  if (action !== undefined) return action;
  throw new UsageError(`There is no action ${JSON.stringify(word)}. ${suggestion(word, names)}`);
}

/** The environment's name; where none is given, the only one there is. */
function environmentOf(project: string, given: string | undefined): string {
  const names = foldersIn(project).filter((name) => readLayers(join(project, name)).length > 0);
  if (given !== undefined && names.includes(given)) return given;
  if (given === undefined && names.length === 1) return names[0]!;
  const known = names.length === 0 ? "It has none: make one with infra-gym tf new." : `Known: ${names.join(", ")}.`;
  const got = given === undefined ? "none" : JSON.stringify(given);
  throw new UsageError(`Expected --environment to be an environment of ${project}, got ${got}. ${known}`);
}

function checkLayer(layer: string, folder: string): void {
  const names = [...readLayers(folder).map(({ name }) => name), ALL_LAYERS];
  if (names.includes(layer)) return;
  throw new UsageError(`There is no layer ${JSON.stringify(layer)} in ${folder}. ${suggestion(layer, names)}`);
}

async function runNew(values: OptionValues, terminal: Terminal): Promise<number> {
  const template = values.required("action", TF_TEMPLATES.join(" or "));
  const dir = values.required("address", "shop");
  const files = await newProject(template, dir, values.choice("format", ["hcl", "json"]) ?? "hcl");
  terminal.out(`Wrote ${files.length} files to ${dir}:\n${files.map((file) => `  ${file}\n`).join("")}`);
  terminal.out(`\nNext:\n  infra-gym tf -p ${dir} all init\n  infra-gym tf -p ${dir} all apply\n`);
  return 0;
}
