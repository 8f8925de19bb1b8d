/** Operators on two columns. @module */
import { Opcode } from "../../src/metrics/column-codes";
import { float, size, values, word } from "./places";
import { presentInBoth } from "./presence";
import { areWhole, remainderOfWhole } from "./remainder";

/** Loops that are compiled for each operator by itself. */
class Loop {
  /** An operator on two environments' numbers. Comparisons give 1 or 0. */
  @inline static combine(operator: i32, x: v128, y: v128): v128 {
    if (operator === Opcode.add) return f64x2.add(x, y);
    if (operator === Opcode.subtract) return f64x2.sub(x, y);
    if (operator === Opcode.multiply) return f64x2.mul(x, y);
    if (operator === Opcode.divide) return f64x2.div(x, y);
    if (operator === Opcode.remainder) return remainder(x, y);
    const one = f64x2.splat(1);
    if (operator === Opcode.equal) return v128.and(f64x2.eq(x, y), one);
    if (operator === Opcode.notEqual) return v128.and(f64x2.ne(x, y), one);
    if (operator === Opcode.greater) return v128.and(f64x2.gt(x, y), one);
    if (operator === Opcode.less) return v128.and(f64x2.lt(x, y), one);
    if (operator === Opcode.greaterOrEqual) return v128.and(f64x2.ge(x, y), one);
    return v128.and(f64x2.le(x, y), one);
  }

  @inline static over(operator: i32, at: usize): void {
    let x = float(values, word(at, 2));
    let y = float(values, word(at, 3));
    let out = float(values, word(at, 4));
    for (const end = float(x, size); x < end; x += 16) {
      v128.store(out, Loop.combine(operator, v128.load(x), v128.load(y)));
      y += 16;
      out += 16;
    }
  }
}

/** Fills a column with an operator's results. */
export function operate(at: usize): void {
  presentInBoth(word(at, 2), word(at, 3), word(at, 4));
  switch (word(at, 0)) {
    case Opcode.add:
      Loop.over(Opcode.add, at);
      break;
    case Opcode.subtract:
      Loop.over(Opcode.subtract, at);
      break;
    case Opcode.multiply:
      Loop.over(Opcode.multiply, at);
      break;
    case Opcode.divide:
      Loop.over(Opcode.divide, at);
      break;
    case Opcode.remainder:
      Loop.over(Opcode.remainder, at);
      break;
    case Opcode.equal:
      Loop.over(Opcode.equal, at);
      break;
    case Opcode.notEqual:
      Loop.over(Opcode.notEqual, at);
      break;
    case Opcode.greater:
      Loop.over(Opcode.greater, at);
      break;
    case Opcode.less:
      Loop.over(Opcode.less, at);
      break;
    case Opcode.greaterOrEqual:
      Loop.over(Opcode.greaterOrEqual, at);
      break;
    default:
      Loop.over(Opcode.lessOrEqual, at);
  }
}

/** x % y. */
function remainder(x: v128, y: v128): v128 {
  const regular = v128.and(areWhole(x), areWhole(y));
  const found = remainderOfWhole(x, y);
  return i64x2.all_true(regular) ? found : anyRemainder(x, y, regular, found);
}

/** The same where it is not `regular`: of a block's odd last environment, it is what lies past it that is not. */
function anyRemainder(x: v128, y: v128, regular: v128, found: v128): v128 {
  if (!i64x2.extract_lane(regular, 0)) {
    found = f64x2.replace_lane(found, 0, f64x2.extract_lane(x, 0) % f64x2.extract_lane(y, 0));
  }
  if (!i64x2.extract_lane(regular, 1)) {
    found = f64x2.replace_lane(found, 1, f64x2.extract_lane(x, 1) % f64x2.extract_lane(y, 1));
  }
  return found;
}
