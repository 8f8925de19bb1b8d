/** The TensorFlow.js engine: the fastest backend of it that works here. @module */
import { NotSupportedError } from "../errors.js";
import { checkSpec, type NetworkFactory } from "./create-network.js";
import { TfjsNetwork } from "./tfjs-network.js";
import type { Tfjs } from "./tfjs-types.js";

/** Backends of TensorFlow.js, the fastest first: native, WebAssembly, JavaScript. */
export type TfjsBackend = "tfjs-node" | "wasm" | "cpu";

/** A backend that works. */
interface FoundBackend {
  readonly tf: Tfjs;
  readonly backend: TfjsBackend;
}

/**
 * TensorFlow.js: `@tensorflow/tfjs-node` where it works, else `@tensorflow/tfjs` on WebAssembly, else on plain JavaScript. Each is
 * tried with one operation before it is taken.
 *
 * The packages are not part of this one: install what you want to use.
 * @param wanted - The one to take; without it, the first that works.
 * @throws NotSupportedError saying why none works
 */
export async function tfjsEngine(wanted?: TfjsBackend): Promise<NetworkFactory> {
  const { tf, backend } = await findBackend(wanted);
  return {
    name: `tfjs (${backend})`,
    create(spec, weights) {
      checkSpec(spec);
      return new TfjsNetwork(spec, weights, tf);
    },
  };
}

async function findBackend(wanted: TfjsBackend | undefined): Promise<FoundBackend> {
  const reasons: string[] = [];
  const attempts: readonly (readonly [TfjsBackend, () => Promise<Tfjs>])[] = [
    ["tfjs-node", () => load("@tensorflow/tfjs-node")],
    ["wasm", () => loadWithBackend("wasm", "@tensorflow/tfjs-backend-wasm")],
    ["cpu", () => loadWithBackend("cpu")],
  ];
  for (const [backend, open] of attempts) {
    if (wanted !== undefined && backend !== wanted) continue;
    try {
      const tf = await open();
      probe(tf);
      return { tf, backend };
    } catch (error) {
      reasons.push(`${backend}: ${firstLine(error)}`);
    }
  }
  throw new NotSupportedError(
    "Engine tfjs",
    `Install @tensorflow/tfjs, or use the dense engine. ${reasons.join("; ")}`,
  );
}

/** One product: a backend may be there and have none of its operations. */
function probe(tf: Tfjs): void {
  const [two, three] = [tf.tensor2d(Float32Array.of(2), [1, 1]), tf.tensor2d(Float32Array.of(3), [1, 1])];
  const product = tf.matMul(two, three);
  const [value] = product.dataSync();
  for (const tensor of [two, three, product]) tensor.dispose();
  if (value !== 6) throw new NotSupportedError("This backend", `2 · 3 was ${value}.`);
}

async function loadWithBackend(backend: string, addition?: string): Promise<Tfjs> {
  const tf = await load("@tensorflow/tfjs");
  if (addition !== undefined) await load(addition);
  if (!(await tf.setBackend(backend))) throw new NotSupportedError(`Backend ${backend}`, "It did not start.");
  await tf.ready();
  return tf;
}

/** The name is not known to the compiler: the package is optional. */
async function load(name: string): Promise<Tfjs> {
  const module = (await import(name)) as { readonly default?: Tfjs } & Tfjs;
  return typeof module.tensor2d === "function" ? module : (module.default ?? module);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]!;
}
