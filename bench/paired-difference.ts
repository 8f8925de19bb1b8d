/** How much longer one thing takes than another, on a machine that does other work too. @module */
import { median } from "./figure.js";

/** One side of a comparison: runs a window of work and says how many nanoseconds a unit of it took. */
export type Window = () => Promise<number>;

/**
 * The typical difference of two sides, measured in short windows that follow each other, each side first in turn.
 *
 * Other work on the machine lengthens both windows of a pair, or one of them by chance. So pairs are compared each by
 * itself; of all, the twentieth whose two windows together took least counts, which favours neither side; and of their
 * differences the median is taken, which no single interruption moves.
 *
 * @param without - The side that is the measure.
 * @param withIt - The side with what is measured added.
 * @returns `withIt` less `without`, in nanoseconds.
 */
export async function pairedDifference(without: Window, withIt: Window, pairs: number): Promise<number> {
  const measured: { readonly sum: number; readonly difference: number }[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const isFirst = pair % 2 === 0;
    const first = await (isFirst ? without : withIt)();
    const second = await (isFirst ? withIt : without)();
    measured.push({ sum: first + second, difference: isFirst ? second - first : first - second });
  }
  const quiet = measured.toSorted((a, b) => a.sum - b.sum).slice(0, Math.ceil(pairs / 20));
  return median(quiet.map(({ difference }) => difference));
}
