/** The step between two configurations of a layer: everything of the new one, and what is to go is still there. @module */

type Block = Readonly<Record<string, unknown>>;

/**
 * Adds to a configuration the resources that are only in the one before it, with the outputs and data they need. Applied to
 * all layers in order, it creates and changes; the new configurations, applied in reverse order, then destroy: by that time
 * no layer refers to what goes.
 *
 * @param before - The content of a `.tf.json` file, or undefined where there was none.
 * @param after - The content that is wanted.
 * @returns `after` itself when nothing goes.
 */
export function expandConfiguration(before: string | undefined, after: string): string {
  if (before === undefined) return after;
  const [old, wanted] = [JSON.parse(before) as Block, JSON.parse(after) as Block];
  const resource = merged(old.resource, wanted.resource);
  if (sizeOf(resource) === sizeOf(wanted.resource)) return after;
  const output = { ...blockOf(old.output), ...blockOf(wanted.output) };
  const all = { ...old, ...wanted, resource, data: merged(old.data, wanted.data), output };
  return `${JSON.stringify(Object.fromEntries(Object.entries(all).filter(([, part]) => keysOf(part) > 0)), null, 2)}\n`;
}

/** By type and name; the wanted one counts. */
function merged(old: unknown, wanted: unknown): Block {
  const [a, b] = [blockOf(old), blockOf(wanted)];
  const types = [...new Set([...Object.keys(b), ...Object.keys(a)])];
  return Object.fromEntries(types.map((type) => [type, { ...blockOf(a[type]), ...blockOf(b[type]) }]));
}

function sizeOf(types: unknown): number {
  return Object.values(blockOf(types)).reduce<number>((sum, named) => sum + keysOf(named), 0);
}

function keysOf(value: unknown): number {
  return Object.keys(blockOf(value)).length;
}

function blockOf(value: unknown): Block {
  return typeof value === "object" && value !== null ? (value as Block) : {};
}
