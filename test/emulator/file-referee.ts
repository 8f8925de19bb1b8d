/** The referee of a test file: whoever passes it to an emulator has every answer judged, and the verdict printed and asserted at the end. @module */
import { afterAll, expect } from "vitest";
import { hasDescription, Referee } from "./referee.js";

/** Judges what the emulators of a test file answer: pass `referee.judge` as `onExchange`. */
export const referee: Referee = new Referee();

// biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of fixtures off the pattern
afterAll(({}, { file }) => {
  const { answers, requests, failures } = referee.verdict;
  if (!hasDescription || answers === 0) return;
  file.meta.judged = { answers, requests, failures: failures.length };
  expect([...new Set(failures)]).toEqual([]);
});
