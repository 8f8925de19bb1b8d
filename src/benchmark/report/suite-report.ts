/** stub @module */
import type { SuiteResults } from "../suite/suite-results.js";
export function renderSuiteReport(_r: SuiteResults): string { return "<!doctype html>"; }
