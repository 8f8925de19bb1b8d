import { describe, expect, it } from "vitest";
import { InvalidOptionError, InvalidTraceError, WorkloadNotFoundError } from "../../src/errors.js";
import { createWorkload, workloadNames } from "../../src/loadgen/create-workload.js";

describe("createWorkload", () => {
  it("names the nearest workload where a name is misspelt", () => {
    const message = 'No workload is called "dya", and no such file exists. Did you mean "day"?';
    expect(() => createWorkload("dya")).toThrow(new WorkloadNotFoundError("dya", workloadNames()));
    expect(() => createWorkload("dya")).toThrow(message);
  });

  it("refuses an option that the workload does not have, and lists those it has", () => {
    const message = 'Expected options to be options of steady (level, noise), got "levl" (string).';
    expect(() => createWorkload("steady", { levl: 0.3 })).toThrow(InvalidOptionError);
    expect(() => createWorkload("steady", { levl: 0.3 })).toThrow(message);
  });

  it("takes a name that ends in .csv for a trace", () => {
    expect(() => createWorkload("no-such-file.csv")).toThrow(InvalidTraceError);
  });
});
