/** The configuration an episode starts from, as the options of `reset` ask for it. @module */
import { InvalidOptionError } from "../errors.js";
import { suggestion } from "../messages.js";
import type { CompiledEnv } from "./compile.js";
import type { Configuration } from "./configuration.js";

/**
 * The definition's own configuration, changed by `options.controls`: values to start from by control's name, such as `{ replicas: 6 }`.
 * @throws InvalidOptionError
 */
export function startConfiguration(
  { configurations, controls }: CompiledEnv,
  options: Readonly<Record<string, unknown>>,
): Configuration {
  for (const name of Object.keys(options)) {
    if (name !== "controls") throw new InvalidOptionError(`options.${name}`, "one of: controls", options[name]);
  }
  const { controls: wanted = {} } = options;
  if (typeof wanted !== "object" || wanted === null) {
    throw new InvalidOptionError("options.controls", "an object of values by control", wanted);
  }
  const names = controls.map(({ name }) => name);
  const slots = configurations.initial.slots.slice();
  for (const [name, value] of Object.entries(wanted)) {
    const k = names.indexOf(name);
    if (k < 0) throw new InvalidOptionError(`options.controls.${name}`, `a control. ${suggestion(name, names)}`, value);
    const { values } = controls[k]!;
    slots[k] = values.indexOf(value);
    if (slots[k]! < 0) throw new InvalidOptionError(`options.controls.${name}`, `one of ${values.join(", ")}`, value);
  }
  return configurations.at(slots);
}
