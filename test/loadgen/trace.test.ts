import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { InvalidTraceError } from "../../src/errors.js";
import { createWorkload } from "../../src/loadgen/create-workload.js";
import { trace } from "../../src/loadgen/trace.js";
import type { EpisodeRequest } from "../../src/loadgen/workload.js";
import { thrownMessage } from "../thrown-message.js";

const TRACES = fileURLToPath(new URL("../../../shared/data/traces/", import.meta.url));
const WORLD_CUP = join(TRACES, "worldcup98-june10-16.csv");
const LOAD_BALANCER = join(TRACES, "aws-elb-request-count.csv");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "infra-gym-trace-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(text: string): string {
  const file = join(folder, "trace.csv");
  writeFileSync(file, text);
  return file;
}

/** Hours of a constant trace, one row a minute. */
function rowsOf(minutes: number, count: (minute: number) => number): string {
  return Array.from({ length: minutes }, (_, minute) => `${minute * 60},${count(minute)}`).join("\n");
}

const request = (change: Partial<EpisodeRequest> = {}): EpisodeRequest => ({
  index: 0,
  seed: 1n,
  split: "train",
  offsetSeconds: 0,
  durationSeconds: 3_600,
  referenceRate: 500,
  ...change,
});

describe("trace", () => {
  it("reads timestamps as UTC and counts as requests per period", () => {
    const file = fileOf(
      "time,requests\n2024-05-01 00:00:00,60\n2024-05-01T00:01:00Z,120\n2024-05-01T02:02+02:00,180\n",
    );
    const workload = trace(file, { peak: "none" });
    const { startSeconds, rates } = workload.series(request({ durationSeconds: 180 }));
    expect(startSeconds).toBe(Date.UTC(2024, 4, 1) / 1_000);
    expect([...rates]).toEqual([1, 1, 1.5, 2, 2.5, 3, 3]);
    expect(workload).toMatchObject({ name: "trace.csv", periodSeconds: 60, durationSeconds: 180, daysShared: true });
  });

  it("scales the 99.5th percentile to the reference rate, or to the rate asked for", () => {
    const file = fileOf(rowsOf(201, (minute) => minute * 60));
    expect(trace(file).recordedPeak).toBeCloseTo(199, 9);
    const whole = { durationSeconds: 12_000 };
    expect(trace(file).series(request(whole)).rates[398]).toBeCloseTo(500 * (198.5 / 199), 3);
    expect(trace(file, { peak: 50 }).series(request(whole)).rates[398]).toBeCloseTo(50 * (198.5 / 199), 4);
    expect(trace(file, { peak: "none" }).series(request(whole)).rates[398]).toBeCloseTo(198.5, 4);
  });

  it("takes day k modulo the days of the split, the last three sevenths for tests", () => {
    const file = fileOf(rowsOf(7 * 1_440, (minute) => Math.floor(minute / 1_440) + 1));
    const workload = trace(file, { peak: "none" });
    expect(workload.days).toEqual({
      train: ["1970-01-01", "1970-01-02", "1970-01-03", "1970-01-04"],
      test: ["1970-01-05", "1970-01-06", "1970-01-07"],
    });
    const noon = (split: "train" | "test", index: number) =>
      workload.series(request({ split, index, offsetSeconds: 43_200 })).rates[0]! * 60;
    const whole = (values: number[]) => values.map(Math.round);
    expect(whole([0, 1, 2, 3, 4].map((index) => noon("train", index)))).toEqual([1, 2, 3, 4, 1]);
    expect(whole([0, 1, 2, 3].map((index) => noon("test", index)))).toEqual([5, 6, 7, 5]);
  });

  it("compresses a day and keeps its mean rate where knots are wider than periods", () => {
    const file = fileOf(rowsOf(2 * 1_440, (minute) => 600 + 300 * ((minute * 7919) % 5)));
    const workload = trace(file, { peak: "none", compress: 12 });
    expect(workload.durationSeconds).toBe(7_200);
    const { rates } = workload.series(request({ durationSeconds: 7_200 }));
    expect(rates).toHaveLength(241);
    expect(rates.slice(1, 240).reduce((sum, rate) => sum + rate, 0) / 239).toBeCloseTo(20, 1);
  });

  it("gives a window that is a slice of its day, byte for byte, noise and compression included", () => {
    const file = fileOf(rowsOf(1_500, (minute) => 100 + ((minute * 31) % 97)));
    for (const compress of [1, 7.3]) {
      const workload = trace(file, { noise: 0.1, compress });
      const whole = workload.series(request({ durationSeconds: workload.durationSeconds }));
      const part = workload.series(request({ offsetSeconds: 3_000, durationSeconds: 6_000 }));
      expect(part.rates).toEqual(whole.rates.slice(100, 301));
      expect(part.announced.every((rate) => rate === 0)).toBe(true);
    }
  });

  it("refuses a window beyond the day's end", () => {
    const file = fileOf(rowsOf(1_500, () => 60));
    const message = "Expected durationSeconds to be at most 1200 s, to the end of the trace's day, got 3600 (number).";
    expect(thrownMessage(() => trace(file).series(request({ offsetSeconds: 85_200 })))).toBe(message);
  });

  it("holds the last rate over a gap, or draws a line", () => {
    const file = fileOf("0,60\n60,60\n120,60\n360,300\n420,300\n480,300\n");
    const held = trace(file, { gaps: "hold", peak: "none" }).series(request({ durationSeconds: 480 })).rates;
    const drawn = trace(file, { gaps: "interpolate", peak: "none" }).series(request({ durationSeconds: 480 })).rates;
    expect([5, 9, 11, 12, 13].map((k) => held[k])).toEqual([1, 1, 1, 3, 5]);
    expect([5, 9, 11, 12, 13].map((k) => drawn[k])).toEqual([1, 3, 4, 4.5, 5]);
  });

  it("can be rebuilt from its name and options", () => {
    const file = fileOf(rowsOf(200, (minute) => minute + 1));
    const workload = createWorkload(file, { noise: 0.1 });
    const again = createWorkload(workload.name, JSON.parse(JSON.stringify(workload.options)));
    expect(again.series(request())).toEqual(workload.series(request()));
  });
});

describe("trace, given a bad file", () => {
  const PERIOD = "Put the rows on one spacing.";
  it.each([
    ["an empty file", "", "", "Expected rows of time and requests, got an empty file."],
    [
      "a header alone",
      "time,requests\n",
      "",
      "Expected at least two rows, got none. The length of a period is read off the times of two rows.",
    ],
    [
      "one row",
      "time,requests\n60,5\n",
      ":2",
      "Expected at least two rows, got one. The length of a period is read off the times of two rows.",
    ],
    [
      "a gap",
      "0,1\n60,1\n120,1\n240,1\n",
      ":4",
      'Expected a row every 60 s, got a gap of 120 s. Fill it in the file, or pass gaps: "hold" or "interpolate".',
    ],
    ["a short spacing", "0,1\n60,1\n120,1\n150,1\n", ":4", `Expected a row every 60 s, got one after 30 s. ${PERIOD}`],
    [
      "a negative count",
      "0,1\n60,-4\n",
      ":2",
      `Expected the requests of the period, a finite number from 0, in column 2, got "-4" (string). A count can't be negative: correct the row or leave it out.`,
    ],
    [
      "text for a count",
      "time,requests\n0,1\n60,many\n",
      ":3",
      'Expected the requests of the period, a finite number from 0, in column 2, got "many" (string). Correct the row or leave it out.',
    ],
    [
      "NaN",
      "0,NaN\n60,1\n",
      ":1",
      'Expected the requests of the period, a finite number from 0, in column 2, got "NaN" (string). Correct the row or leave it out.',
    ],
    [
      "text for a time",
      "0,1\nnoon,4\n",
      ":2",
      'Expected a time such as "2014-04-10 00:04:00", "2014-04-10T00:04:00Z" or seconds in column 1, got "noon" (string).',
    ],
    [
      "a day that does not exist",
      "2023-02-29 00:00:00,1\n2023-03-01 00:00:00,1\n",
      ":1",
      'Expected a time such as "2014-04-10 00:04:00", "2014-04-10T00:04:00Z" or seconds in column 1, got "2023-02-29 00:00:00" (string).',
    ],
    [
      "two kinds of time",
      "0,1\n1970-01-01 00:01:00,4\n",
      ":2",
      'Expected seconds in column 1 as in the rows above, got "1970-01-01 00:01:00" (string).',
    ],
    [
      "a time twice",
      "0,1\n60,1\n60,1\n",
      ":3",
      "Expected a time later than the row before, got the same time again. Sort the rows by time and keep one row per time.",
    ],
    [
      "unsorted times",
      "0,1\n120,1\n60,1\n",
      ":3",
      "Expected a time later than the row before, got an earlier one. Sort the rows by time and keep one row per time.",
    ],
    [
      "three columns",
      "0,1\n60,1,7\n",
      ":2",
      "Expected two columns, time and requests per period, got 3 columns. Keep these two and separate them by a comma.",
    ],
    [
      "another separator",
      "0;1\n60;1\n",
      ":1",
      "Expected two columns, time and requests per period, got 1 column. Keep these two and separate them by a comma.",
    ],
    [
      "no requests at all",
      "0,0\n60,0\n",
      "",
      'Expected requests to scale, got a 99.5th percentile of 0. Pass peak: "none" to use the rates as they are.',
    ],
  ])("refuses %s", (_what, text, place, message) => {
    const file = fileOf(text);
    expect(() => trace(file)).toThrow(InvalidTraceError);
    expect(thrownMessage(() => trace(file))).toBe(`${file}${place}: ${message}`);
  });

  it("refuses a broken quotation and names the line", () => {
    const file = fileOf('0,1\n60,"1\n');
    expect(() => trace(file)).toThrow(
      /trace\.csv:\d+: Expected rows of comma-separated values, got a row that is none: /,
    );
  });

  it("refuses a missing file", () => {
    const message = `missing.csv: Expected a CSV file that can be read, got the error ENOENT. Check the path; it is relative to the working directory.`;
    expect(thrownMessage(() => trace("missing.csv"))).toBe(message);
  });

  it.each([
    [{ gaps: "skip" as "hold" }, 'Expected gaps to be "error", "hold" or "interpolate", got "skip" (string).'],
    [{ compress: 0 }, "Expected compress to be a factor from 1 to 1440, got 0 (number)."],
    [
      { peak: -1 },
      'Expected peak to be "reference", "none" or a number above 0 (requests per second), got -1 (number).',
    ],
  ])("refuses the options %o", (options, message) => {
    const file = fileOf("0,1\n60,1\n");
    expect(thrownMessage(() => trace(file, options))).toBe(message);
  });
});

describe.skipIf(!existsSync(WORLD_CUP))("trace, given published traces (skipped without ../shared/data/traces)", () => {
  it("reads the World Cup's requests of 10 to 16 June 1998", () => {
    const workload = trace(WORLD_CUP);
    expect(workload.days.train).toEqual(["1998-06-10", "1998-06-11", "1998-06-12", "1998-06-13"]);
    expect(workload.days.test).toEqual(["1998-06-14", "1998-06-15", "1998-06-16"]);
    expect(workload.periodSeconds).toBe(60);
    const { rates } = trace(WORLD_CUP, { peak: "none" }).series(request());
    // The file's first two rows, at their middles: 13601 and 12584 requests a minute.
    expect([rates[1]! * 60, rates[3]! * 60].map(Math.round)).toEqual([13_601, 12_584]);
  });

  it("refuses the load balancer's trace for its first gap, and reads it when told what to do", () => {
    const advice = 'Fill it in the file, or pass gaps: "hold" or "interpolate".';
    expect(() => trace(LOAD_BALANCER)).toThrow(`Expected a row every 300 s, got a gap of 600 s. ${advice}`);
    const workload = trace(LOAD_BALANCER, { gaps: "interpolate", noise: 0.1 });
    expect(workload.days.train.length + workload.days.test.length).toBe(14);
    const { rates } = workload.series(request({ index: 3, split: "test", durationSeconds: 86_400 }));
    expect(rates.every((rate) => rate >= 0 && Number.isFinite(rate))).toBe(true);
  });
});
