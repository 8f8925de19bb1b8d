/** Standard exponential draws by the ziggurat, as NumPy makes them. @module */
import { exp, log1p } from "../elementary.js";
import type { PCG64 } from "./pcg64.js";
import { EXPONENTIAL_TAIL, exponentialZiggurat } from "./ziggurat-tables.js";

/** A draw from the exponential distribution with mean 1. */
export function standardExponential(bits: PCG64): number {
  const { sure, width, height } = exponentialZiggurat();
  for (;;) {
    bits.next64();
    const { high, low } = bits;
    // 64 bits, from the lowest: 3 unused, 8 for the layer, 53 for the distance.
    const layer = (low >>> 3) & 0xff;
    const distance = (high >>> 0) * 2097152 + (low >>> 11);
    const x = distance * width[layer]!;
    if (distance < sure[layer]!) return x;
    if (layer === 0) return EXPONENTIAL_TAIL - log1p(-bits.nextDouble());
    const y = (height[layer - 1]! - height[layer]!) * bits.nextDouble() + height[layer]!;
    if (y < exp(-x)) return x;
  }
}
