/** Wrappers by name, for making a stack again from its spec: of single environments, or of vector environments. @module */
import { InvalidOptionError, NotSupportedError, WrapperNotFoundError } from "./errors.js";
import type { WrapperSpec } from "./registration.js";

/** What can be wrapped. */
interface Closable {
  close(): Promise<void>;
}

/** Puts a wrapper around an environment. */
export type Wrap<E extends Closable> = (env: E, options: Readonly<Record<string, unknown>>) => E | Promise<E>;

/** A wrapper found, with the options it is made with. */
export interface FoundWrapper<E extends Closable> {
  readonly wrap: Wrap<E>;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Options of {@link WrapperRegistry}. */
export interface WrapperRegistryOptions<E extends Closable> {
  /** The library's own, loaded when they are asked for. */
  readonly loadBuiltins: () => Promise<ReadonlyMap<string, Wrap<E>>>;
  /** What a list of wrappers is called in messages. */
  readonly listName: string;
  /** What users register theirs with. */
  readonly registerName: string;
}

/** One family of wrappers. */
export class WrapperRegistry<E extends Closable> {
  readonly #options: WrapperRegistryOptions<E>;
  readonly #registered = new Map<string, Wrap<E>>();

  constructor(options: WrapperRegistryOptions<E>) {
    this.#options = options;
  }

  /** @throws {@link InvalidOptionError} when `name` is empty or taken, or `wrap` is no function. */
  register(name: string, wrap: Wrap<E>, force: boolean): void {
    if (typeof name !== "string" || name === "") throw new InvalidOptionError("name", "the name of a wrapper", name);
    if (typeof wrap !== "function") throw new InvalidOptionError("wrap", "a function that wraps an environment", wrap);
    if (!force && this.#registered.has(name)) {
      throw new InvalidOptionError("name", "one that is not taken (or pass { force: true })", name);
    }
    this.#registered.set(name, wrap);
  }

  /**
   * The wrappers of a spec. Registered ones come before the library's; nothing else is ever imported.
   * @throws {@link InvalidOptionError} when the list is not one of names and options.
   * @throws {@link WrapperNotFoundError} when a name is unknown; {@link NotSupportedError} when options are null.
   */
  async find(specs: readonly WrapperSpec[]): Promise<FoundWrapper<E>[]> {
    const { listName, registerName, loadBuiltins } = this.#options;
    const known = new Map([...(await loadBuiltins()), ...this.#registered]);
    if (!Array.isArray(specs)) throw new InvalidOptionError(listName, "a list of { name, options }", specs);
    return specs.map((spec: WrapperSpec, i) => {
      const path = `${listName}[${i}]`;
      if (typeof spec?.name !== "string")
        throw new InvalidOptionError(`${path}.name`, "the name of a wrapper", spec?.name);
      const wrap = known.get(spec.name);
      if (wrap === undefined) throw new WrapperNotFoundError(spec.name, known.keys());
      if (spec.options === null) {
        throw new NotSupportedError(
          `Making ${spec.name} from a spec without options`,
          `It was made with something JSON cannot hold: wrap by hand, or write a wrapper and pass it to ${registerName}().`,
        );
      }
      if (typeof spec.options !== "object") throw new InvalidOptionError(`${path}.options`, "an object", spec.options);
      return { wrap, options: spec.options };
    });
  }
}

/** Puts wrappers around an environment, the first innermost; closes it where one of them fails. */
export async function wrapWith<E extends Closable>(env: E, wrappers: readonly FoundWrapper<E>[]): Promise<E> {
  let wrapped = env;
  try {
    for (const { wrap, options } of wrappers) wrapped = await wrap(wrapped, options);
    return wrapped;
  } catch (error) {
    await wrapped.close();
    throw error;
  }
}
