/** Reads Prometheus's own PromQL test files, as far as they hold float series and instant evaluations. @module */

/** One series as loaded: null where there is no sample. */
export interface LoadedSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly values: readonly (number | null)[];
}

/** One instant evaluation and what it must give. */
export interface PromqlCase {
  readonly file: string;
  readonly line: number;
  readonly query: string;
  /** Unit: milliseconds. */
  readonly at: number;
  /** Unit: milliseconds; 0 where several grids are loaded, or none. */
  readonly interval: number;
  readonly series: readonly LoadedSeries[];
  /** A number for a scalar; series by their text otherwise. */
  readonly expected: number | ReadonlyMap<string, number>;
  /** Whether something is involved that this reader does not read. */
  readonly foreign: boolean;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5, y: 31536e6 };

/** All cases of a file. */
export function readPromqlTest(file: string, text: string): PromqlCase[] {
  const cases: PromqlCase[] = [];
  let state = { interval: 0, series: [] as LoadedSeries[], foreign: false };
  const blocks = text.replace(/^#.*$/gm, "").matchAll(/^(\S.*)\n?((?:[ \t]+.*\n?|\n)*)/gm);
  for (const [block, head, rest] of blocks) {
    const lines = rest!
      .split("\n")
      .map((line) => line.replace(/\s+#.*$/, "").trim())
      .filter(Boolean);
    if (head!.startsWith("clear")) state = { interval: 0, series: [], foreign: false };
    else if (head!.startsWith("load")) {
      const interval = durationOf(head!.split(/\s+/)[1]!);
      const known = state.series.length > 0 && state.interval !== interval;
      const foreign = head!.startsWith("load_with") || /\{\{/.test(rest!) || known;
      const series = foreign ? [] : lines.map(seriesOf);
      state = { interval, series: [...state.series, ...series], foreign: state.foreign || foreign };
    } else {
      const match = /^eval(?:_ordered)? instant at (\S+)\s+(.*)$/.exec(head!);
      const expectations = lines.filter((line) => !/^expect (ordered|no_|info|warn)/.test(line));
      const foreign = state.foreign || match === null || expectations.some((line) => /^expect|\{\{|^"/.test(line));
      const line = text.slice(0, text.indexOf(block!)).split("\n").length;
      const expected = match === null || foreign ? 0 : expectedOf(expectations);
      cases.push({
        ...state,
        file,
        line,
        query: match?.[2] ?? head!,
        at: durationOf(match?.[1] ?? "0"),
        expected,
        foreign,
      });
    }
  }
  return cases;
}

/** A series' text for comparison: labels by name, the metric's included. */
export function seriesText(labels: Iterable<readonly [string, string]>): string {
  return JSON.stringify([...labels].filter(([, value]) => value !== "").sort(([a], [b]) => (a < b ? -1 : 1)));
}

function durationOf(text: string): number {
  if (/^[\d.]+$/.test(text)) return Number(text) * 1000;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)(ms|[smhdwy])/g)) sum += Number(amount) * UNITS[unit!]!;
  return sum;
}

function labelsOf(text: string): [string, string][] {
  const [, name, quoted] = /^([\w:]*)(?:\{(.*)\})?/.exec(text)!;
  const labels = [...(quoted ?? "").matchAll(/"?([\w.]+)"?\s*=\s*"((?:[^"\\]|\\.)*)"/g)];
  const pairs = labels.map(([, label, value]): [string, string] => [label!, value!.replace(/\\(.)/g, "$1")]);
  return name === "" ? pairs : [["__name__", name!], ...pairs];
}

/** Splits a line after its series. */
function split(line: string): [string, string] {
  const [, head, tail] = /^([\w:]*(?:\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})?)\s*(.*)$/.exec(line)!;
  return [head!, tail!];
}

function seriesOf(line: string): LoadedSeries {
  const [head, tail] = split(line);
  const labels = labelsOf(head);
  const name = labels.find(([label]) => label === "__name__")?.[1] ?? "";
  const rest = labels.filter(([label]) => label !== "__name__");
  return { name, labels: Object.fromEntries(rest), values: tail.split(/\s+/).flatMap(valuesOf) };
}

function valuesOf(token: string): (number | null)[] {
  const gap = /^_(?:x(\d+))?$/.exec(token);
  if (gap) return new Array<null>(Number(gap[1] ?? 1)).fill(null);
  if (token === "stale") return [null];
  const steps = /^([-+]?[\d.]+(?:e[-+]?\d+)?|[-+]?Inf|NaN)(?:([-+][\d.]+(?:e[-+]?\d+)?))?x(\d+)$/i.exec(token);
  if (!steps) return [numberOf(token)];
  const [start, step] = [numberOf(steps[1]!), numberOf(steps[2] ?? "0")];
  const values = [start];
  for (let k = 0; k < Number(steps[3]); k++) values.push(values.at(-1)! + step);
  return values;
}

function numberOf(text: string): number {
  if (/^[-+]?inf(inity)?$/i.test(text))
    return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^nan$/i.test(text) ? Number.NaN : Number(text);
}

function expectedOf(lines: readonly string[]): number | Map<string, number> {
  if (lines.length === 1 && /^[-+]?([\d.]|inf|nan)/i.test(lines[0]!) && !/[{]/.test(lines[0]!))
    return numberOf(lines[0]!);
  const expected = new Map<string, number>();
  for (const line of lines) {
    const [head, tail] = split(line);
    expected.set(seriesText(labelsOf(head)), numberOf(tail));
  }
  return expected;
}
