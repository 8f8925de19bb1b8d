/** The thread that does pieces of a suite's work. @module */
import { parentPort } from "node:worker_threads";
import { toPlainError } from "../../vector/thread-error.js";
import { doWork, type SuiteWork } from "./suite-work.js";

parentPort?.on("message", async (work: SuiteWork) => {
  try {
    parentPort?.postMessage({ result: await doWork(work) });
  } catch (error) {
    parentPort?.postMessage({ error: toPlainError(error) });
  }
});
