/** Reads Prometheus's own PromQL test files. @module */
import { type Expectation, expectationOf } from "./promqltest-expectations.js";
import { durationOf, type LoadedSeries, mergeSeries, nativeTwin, seriesOf } from "./promqltest-series.js";

/** One evaluation and what it must give. */
export interface PromqlCase {
  readonly file: string;
  readonly line: number;
  readonly query: string;
  /** Times of evaluation. Unit: milliseconds; one time where the step is 0. */
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
  readonly series: readonly LoadedSeries[];
  readonly expected: Expectation;
}

/** All cases of a file. */
export function readPromqlTest(file: string, text: string): PromqlCase[] {
  const cases: PromqlCase[] = [];
  let series: readonly LoadedSeries[] = [];
  for (const { line, head, body } of blocksOf(text)) {
    if (head.startsWith("clear")) series = [];
    else if (head.startsWith("load")) {
      const stepMs = durationOf(head.split(/\s+/)[1]!);
      series = mergeSeries(series, [
        ...body.map((row) => seriesOf(row, stepMs)),
        ...(head.startsWith("load_with_nhcb") ? body.flatMap(nativeTwin) : []),
      ]);
    } else {
      const match = /^eval(_\w+)?\s+(?:instant at (\S+)|range from (\S+) to (\S+) step (\S+))\s+(.*)$/.exec(head);
      if (match === null) throw new Error(`${file}:${line}: not understood: ${head}`);
      const [, word, at, from, to, step, query] = match;
      cases.push({
        file,
        line,
        query: query!,
        startMs: durationOf(at ?? from!),
        endMs: durationOf(at ?? to!),
        stepMs: step === undefined ? 0 : durationOf(step),
        series,
        expected: expectationOf(word, body, step !== undefined),
      });
    }
  }
  return cases;
}

interface Block {
  readonly line: number;
  readonly head: string;
  readonly body: readonly string[];
}

/** Commands: a line that is not indented, and the indented lines after it. */
function blocksOf(text: string): Block[] {
  const blocks: { line: number; head: string; body: string[] }[] = [];
  text.split("\n").forEach((raw, index) => {
    const line = withoutComment(raw);
    if (line.trim() === "") return;
    if (/^\s/.test(line)) blocks.at(-1)!.body.push(line.trim());
    else blocks.push({ line: index + 1, head: line.trim(), body: [] });
  });
  return blocks;
}

/** Cuts a comment off; a # within quotes is none. */
function withoutComment(line: string): string {
  const match = /^(?:[^"'`#]|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`)*/.exec(line)!;
  return line[match[0].length] === "#" ? match[0] : line;
}
