/** The order of test files: the long ones first, so that no core waits at the end for one that began late. @module */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Parts of the paths of files that take more than ten seconds on an idle core, the longest first. */
const LONG = [
  "test/package/examples.",
  "test/terraform/kill.",
  "test/simulator/transients.",
  "test/vector/async-vector-env.",
  "test/package/packed.",
  "test/package/typescript-workers.",
  "test/terraform/provider/",
  "test/digitalocean/close-on-signal.",
];

/** Vitest's order, after the files that are known to be long. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex((part) => moduleId.includes(part));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
