/** Droplets that cannot go to the size that is wanted, since a disk never becomes smaller. @module */
import type { Catalogue } from "../infra/catalogue/catalogue.js";
import type { StateResource } from "./state-resources.js";

const GIB = 1024 ** 3;

/** Sizes of the droplets in a configuration, by their name in it; sizes that are no plain text are left out. */
export function dropletSizes(configuration: string): Readonly<Record<string, string>> {
  const { resource } = JSON.parse(configuration) as {
    readonly resource?: { readonly digitalocean_droplet?: Readonly<Record<string, { readonly size?: unknown }>> };
  };
  const entries = Object.entries(resource?.digitalocean_droplet ?? {}).map(([name, { size }]) => [name, size]);
  return Object.fromEntries(entries.filter(([, size]) => typeof size === "string"));
}

/**
 * Addresses of the droplets that have more disk than the size wanted comes with. The provider refuses to resize them: they
 * have to be made anew.
 *
 * @param configuration - Content of a `.tf.json` file.
 * @param present - What is in its state.
 * @see https://docs.digitalocean.com/products/droplets/how-to/resize/
 */
export function dropletsWithTooMuchDisk(
  configuration: string,
  present: readonly StateResource[],
  { dropletSizes: sizes }: Catalogue,
): readonly string[] {
  const wanted = dropletSizes(configuration);
  return present
    .filter(({ type, name, values }) => {
      const size = type === "digitalocean_droplet" ? sizes[wanted[name] ?? ""] : undefined;
      return size !== undefined && values.size !== wanted[name] && Number(values.disk) * GIB > size.diskBytes;
    })
    .map(({ address }) => address);
}
