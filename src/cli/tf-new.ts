/** `infra-gym tf new`: one of the stacks as a Terraform project. @module */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { OutputFailedError, UsageError } from "../errors.js";
import { BILLED_HOURS_PER_MONTH } from "../infra/catalogue/billing.js";
import type { InfraGraph } from "../infra/infra-graph.js";
import { threeTier, webService } from "../stacks/index.js";
import { hclFromJson } from "../terraform/hcl.js";

/** What a project can be made from. */
export const TF_TEMPLATES = ["web-service", "three-tier"] as const;

/** Name of the environment of a new project. */
const ENVIRONMENT = "dev";

/**
 * Writes a project: `DIR/dev/LAYER/main.tf` for each layer, a README and what git is to leave alone.
 *
 * @returns The paths of the files, relative to the folder.
 * @throws UsageError for another template, and for a folder that is not empty
 * @throws OutputFailedError
 */
export async function newProject(template: string, dir: string, format: "hcl" | "json"): Promise<readonly string[]> {
  const name = projectName(dir);
  const graph = graphOf(template, name);
  const { synth } = await import("../infra/synth/synth.js");
  const { layers } = await synth(graph);
  const files = new Map(
    layers.map(({ layer, text }): [string, string] =>
      format === "json"
        ? [join(ENVIRONMENT, layer, "main.tf.json"), text]
        : [join(ENVIRONMENT, layer, "main.tf"), hclFromJson(text)],
    ),
  );
  files.set(".gitignore", templateText("gitignore"));
  files.set("README.md", readme(name, template, graph));
  write(dir, files);
  return [...files.keys()];
}

function graphOf(template: string, name: string): InfraGraph {
  const options = { name, domain: `${name}.example` };
  if (template === "web-service") return webService(options).graph;
  if (template === "three-tier") return threeTier(options).graph;
  throw new UsageError(`There is no template ${JSON.stringify(template)}. Templates: ${TF_TEMPLATES.join(", ")}.`);
}

function readme(name: string, template: string, graph: InfraGraph): string {
  const rows = graph.resources
    .filter(({ address }) => graph.priceOf(address) > 0)
    .map(({ address, layer }) => {
      const count = graph.count(address);
      const usd = graph.priceOf(address) * count * BILLED_HOURS_PER_MONTH;
      return `| \`${address}\` | ${layer} | ${count} | ${usd.toFixed(2)} |`;
    });
  const fields: Readonly<Record<string, string>> = {
    name,
    template,
    rows: rows.join("\n"),
    month: (graph.priceUsdPerHour * BILLED_HOURS_PER_MONTH).toFixed(2),
    hour: graph.priceUsdPerHour.toFixed(3),
  };
  return templateText("README.md").replace(/\{\{(\w+)\}\}/g, (_, field: string) => fields[field] ?? "");
}

function templateText(file: string): string {
  return readFileSync(new URL(`../../templates/tf/${file}`, import.meta.url), "utf8");
}

function write(dir: string, files: ReadonlyMap<string, string>): void {
  try {
    mkdirSync(dir, { recursive: true });
    const [present] = readdirSync(dir);
    if (present !== undefined) {
      throw new UsageError(
        `Expected ${dir} to be a new or empty folder, got one that holds ${present}. Choose another.`,
      );
    }
    for (const [path, text] of files) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text, { flag: "wx" });
    }
  } catch (cause) {
    throw cause instanceof UsageError ? cause : new OutputFailedError(dir, { cause });
  }
}

/** A name that droplets may bear, made from the folder's. */
function projectName(dir: string): string {
  const name = basename(resolve(dir))
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return name === "" ? "shop" : name;
}
