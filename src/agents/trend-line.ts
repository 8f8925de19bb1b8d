/** How fast a value has risen lately. @module */

/** How many values the slope is taken over. */
const POINTS = 3;

/** A least-squares line through the last values. */
export class TrendLine {
  #points: (readonly [seconds: number, value: number])[] = [];

  /** Takes in a value. */
  add(timeSeconds: number, value: number): void {
    this.#points.push([timeSeconds, value]);
    if (this.#points.length > POINTS) this.#points.shift();
  }

  /** Unit: the value's, per second; 0 while there are fewer than two values. */
  get slope(): number {
    const points = this.#points;
    const meanOf = (k: 0 | 1): number => points.reduce((sum, point) => sum + point[k], 0) / points.length;
    const [meanTime, meanValue] = [meanOf(0), meanOf(1)];
    let product = 0;
    let square = 0;
    for (const [time, value] of points) {
      product += (time - meanTime) * (value - meanValue);
      square += (time - meanTime) ** 2;
    }
    return square > 0 ? product / square : 0;
  }
}
