/** Sums of several columns. @module */
import { call } from "./host";
import { float, list, present, size, values, word } from "./places";
import { lanesPresent } from "./presence";

/** Neumaier's compensated sum of the columns that have a value; sums that are not finite are left to the host. */
export function sums(at: usize): void {
  const step = word(at, 2);
  const out = word(at, 3);
  const columns = word(at, 4);
  let listed = 0;
  for (let i = 0; i < size; i += 2) {
    let sum = f64x2.splat(0);
    let compensation = f64x2.splat(0);
    let found: u16 = 0;
    for (let k = 0; k < columns; k++) {
      const column = word(at, 5 + k) + i;
      const value = v128.load(float(values, column));
      const here = lanesPresent(present + <usize>column);
      const total = f64x2.add(sum, value);
      const ofSum = f64x2.add(f64x2.sub(sum, total), value);
      const ofValue = f64x2.add(f64x2.sub(value, total), sum);
      const lost = v128.bitselect(ofSum, ofValue, f64x2.ge(f64x2.abs(sum), f64x2.abs(value)));
      compensation = v128.bitselect(f64x2.add(compensation, lost), compensation, here);
      sum = v128.bitselect(total, sum, here);
      found |= load<u16>(present + <usize>column);
    }
    v128.store(float(values, out + i), f64x2.add(sum, compensation));
    store<u16>(present + <usize>(out + i), found);
    const finite = f64x2.eq(f64x2.sub(sum, sum), f64x2.splat(0));
    if (!i64x2.all_true(finite)) {
      if (!i64x2.extract_lane(finite, 0)) listed = list(i, listed);
      if (!i64x2.extract_lane(finite, 1) && i + 1 < size) listed = list(i + 1, listed);
    }
  }
  if (listed > 0) call(step, 0, listed);
}
