import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decodeValue,
  encodeValue,
  type StateValue,
  UNKNOWN,
} from "../../../../src/terraform/provider/protocol/values.js";

describe("encodeValue and decodeValue", () => {
  it("undo each other", () => {
    const leaf = fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null), fc.constant(UNKNOWN));
    const { value } = fc.letrec<{ value: StateValue }>((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie("value")), fc.dictionary(fc.string(), tie("value"))) as never,
    }));
    fc.assert(
      fc.property(value, (given) => {
        expect(decodeValue(encodeValue(given))).toEqual(given);
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it("write what is not known as Terraform does", () => {
    expect(Buffer.from(encodeValue(UNKNOWN)).toString("hex")).toBe("d40000");
  });

  it("read what is not known, with or without what is known about it", () => {
    expect(decodeValue(Buffer.from("d40000", "hex"))).toBe(UNKNOWN);
    // Extension type 12, { 1: false }: it is not null.
    expect(decodeValue(Buffer.from("c7030c8101c2", "hex"))).toBe(UNKNOWN);
  });

  it("write numbers without an exact binary form as text, and whole ones as numbers", () => {
    expect(decodeValue(encodeValue({ threshold: 0.7, port: 443 }))).toEqual({ threshold: "0.7", port: 443 });
  });
});
