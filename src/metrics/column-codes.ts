/**
 * What the host and the kernel of columns agree on: where its arrays lie, and the operations it knows.
 * Read by the kernel in assembly/ too, so it imports nothing and holds plain enumerations only.
 * @module
 */

/** Words that `configure` of assembly/columns.ts reads: sizes, and addresses in bytes. */
export enum Place {
  /** Environments of the store: the length of a row. */
  numEnvs = 0,
  /** Rows of a series' ring, a power of two. */
  ring = 1,
  /** Length of a column. */
  stride = 2,
  /** Rows of a ring of results, a power of two. */
  historyRing = 3,
  samplesPerStep = 4,
  /** Arrays of the store, as `SeriesStore` describes them. */
  samples = 5,
  samplesPresent = 6,
  count = 7,
  position = 8,
  lastReset = 9,
  presentSince = 10,
  start = 11,
  history = 12,
  historyPresent = 13,
  historyAt = 14,
  results = 15,
  /** Arrays of the frame, as `Frame` describes them. */
  values = 16,
  present = 17,
  restSize = 18,
  rest = 19,
  left = 20,
  /** Where each window's newest and oldest samples lie within a series' ring. */
  newest = 21,
  oldest = 22,
  /** How many words there are. */
  size = 23,
}

/**
 * Operations on a block of environments. In a program, an operation's number is followed by the length of the whole in words, by integers,
 * and by float64 numbers. Columns are written as their first element's index, rows of samples likewise.
 */
export enum Opcode {
  /** [step]: runs an operation of the host. */
  host = 0,
  /** [window, newest, oldest]: where a window lies, and which environments need care. */
  locate = 1,
  /** [step, window, oldest, rows, (row, presentSince row or -1, column)…], factor, nearZero. */
  rates = 2,
  /** [window, newest, oldest, rows, (row, presence row or -1, column)…]. */
  instants = 3,
  /** [a, b, column], as all operators. */
  add = 4,
  subtract = 5,
  multiply = 6,
  divide = 7,
  remainder = 8,
  equal = 9,
  notEqual = 10,
  greater = 11,
  less = 12,
  greaterOrEqual = 13,
  lessOrEqual = 14,
  /** [operand, column], as all functions. */
  floor = 15,
  ceil = 16,
  abs = 17,
  sqrt = 18,
  negate = 19,
  /** [column], scrapeSeconds. */
  time = 20,
  /** [row of the history, samples back, column]. */
  earlier = 21,
  /** [columns, column…]: stores results that later steps look up. */
  keep = 22,
  /** [step, column, columns, column…]: Neumaier's sum. */
  sum = 23,
  /** [step, quantile, column, buckets, column…], near, far, 0, ends, and room: see assembly/columns/quantile.ts. */
  quantile = 24,
  /** [(row of the results, column, 1 where it is the first of the row)…]. */
  results = 25,
  /** [step, operand, column of sines, column of cosines]. */
  circle = 26,
  /** [step, operand, column of sines, column of cosines], period, factor: of operand % period * factor, the angle. */
  wave = 27,
}
