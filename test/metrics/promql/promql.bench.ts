/** What evaluating an environment's features costs, at several numbers of environments. @module */
import { bench, describe } from "vitest";
import { featureProgram, fillStore } from "./feature-set.js";

for (const numEnvs of [1, 16, 256, 4096]) {
  const { program, current } = featureProgram(numEnvs, 5);
  const store = program.createStore(numEnvs);
  const out = new Float64Array(program.queries.length * numEnvs);
  fillStore(program, store, current, out, 40);
  describe(`${program.queries.length} features, ${program.recorded.length} series, N = ${numEnvs}`, () => {
    bench("evaluate", () => program.evaluate(store, out));
    bench("scrape", () => store.scrape(current, null));
  });
}
