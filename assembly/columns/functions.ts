/** Functions of one column, and the time. @module */
import { Opcode } from "../../src/metrics/column-codes";
import { countOf, first, float, present, size, starts, values, word } from "./places";
import { presentAs, presentEverywhere } from "./presence";

/** Loops that are compiled for each function by itself. */
class Loop {
  @inline static evaluate(name: i32, x: v128): v128 {
    if (name === Opcode.floor) return f64x2.floor(x);
    if (name === Opcode.ceil) return f64x2.ceil(x);
    if (name === Opcode.abs) return f64x2.abs(x);
    if (name === Opcode.sqrt) return f64x2.sqrt(x);
    return f64x2.neg(x);
  }

  @inline static over(name: i32, at: usize): void {
    let x = float(values, word(at, 2));
    let out = float(values, word(at, 3));
    for (const end = float(x, size); x < end; x += 16) {
      v128.store(out, Loop.evaluate(name, v128.load(x)));
      out += 16;
    }
  }
}

/** Fills a column with a function's values. */
export function apply(at: usize): void {
  presentAs(present + <usize>word(at, 2), word(at, 3));
  switch (word(at, 0)) {
    case Opcode.floor:
      Loop.over(Opcode.floor, at);
      break;
    case Opcode.ceil:
      Loop.over(Opcode.ceil, at);
      break;
    case Opcode.abs:
      Loop.over(Opcode.abs, at);
      break;
    case Opcode.sqrt:
      Loop.over(Opcode.sqrt, at);
      break;
    default:
      Loop.over(Opcode.negate, at);
  }
}

/** The time of evaluation. Unit: seconds. */
export function times(at: usize): void {
  const out = word(at, 2);
  const scrapeSeconds = load<f64>(at, 12);
  presentEverywhere(out);
  for (let i = 0; i < size; i++) {
    const elapsed = <f64>max(0, countOf(i) - 1) * scrapeSeconds;
    store<f64>(float(values, out + i), load<f64>(float(starts, first + i)) + elapsed);
  }
}
