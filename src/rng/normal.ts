/** Standard normal draws by the ziggurat, as NumPy makes them. @module */
import { exp, log1p } from "../elementary.js";
import type { PCG64 } from "./pcg64.js";
import { NORMAL_TAIL, normalZiggurat, type Ziggurat } from "./ziggurat-tables.js";

const INVERSE_TAIL = 1 / NORMAL_TAIL;

/** A draw from the normal distribution with mean 0 and standard deviation 1. */
export function standardNormal(bits: PCG64): number {
  const table = normalZiggurat();
  for (;;) {
    bits.next64();
    const { high, low } = bits;
    // 64 bits, from the lowest: 8 for the layer, 1 for the sign, 52 for the distance.
    const layer = low & 0xff;
    const distance = (high & 0x1fff_ffff) * 8388608 + (low >>> 9);
    const x = (low & 0x100 ? -distance : distance) * table.width[layer]!;
    if (distance < table.sure[layer]!) return x;
    if (layer === 0) return low & 0x2_0000 ? -tailDraw(bits) : tailDraw(bits);
    if (isUnderCurve(bits, table, layer, x)) return x;
  }
}

function isUnderCurve(bits: PCG64, { height }: Ziggurat, layer: number, x: number): boolean {
  const y = (height[layer - 1]! - height[layer]!) * bits.nextDouble() + height[layer]!;
  return y < exp(-0.5 * x * x);
}

/** @see G. Marsaglia, "Generating a Variable from the Tail of the Normal Distribution" (1964), Technometrics 6(1) */
function tailDraw(bits: PCG64): number {
  for (;;) {
    const x = -INVERSE_TAIL * log1p(-bits.nextDouble());
    const y = -log1p(-bits.nextDouble());
    if (y + y > x * x) return NORMAL_TAIL + x;
  }
}
