import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PROCEDURES } from "../../../../src/terraform/provider/protocol/messages.js";
import {
  decodeMessage,
  encodeMessage,
  type MessageType,
} from "../../../../src/terraform/provider/protocol/protobuf.js";
import { thrownMessage } from "../../../thrown-message.js";

const inner: MessageType = { fields: { text: { number: 1, type: "string" } } };
const everything: MessageType = {
  fields: {
    text: { number: 1, type: "string" },
    bytes: { number: 2, type: "bytes" },
    flag: { number: 3, type: "bool" },
    count: { number: 4, type: "int" },
    one: { number: 5, type: inner },
    many: { number: 16, type: inner, repeated: true },
    words: { number: 17, type: "string", repeated: true },
  },
};

describe("encodeMessage and decodeMessage", () => {
  it("undo each other", () => {
    const text = fc.string({ unit: "grapheme", minLength: 1 });
    const message = fc.record({
      text,
      bytes: fc.uint8Array({ minLength: 1 }).map((bytes) => Buffer.from(bytes)),
      flag: fc.constant(true),
      count: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      one: fc.record({ text }),
      many: fc.array(fc.record({ text }), { minLength: 1 }),
      words: fc.array(fc.string(), { minLength: 1 }),
    });
    fc.assert(
      fc.property(message, (value) => {
        expect(decodeMessage(everything, encodeMessage(everything, value))).toEqual(value);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("write the bytes of the specification's examples", () => {
    // https://protobuf.dev/programming-guides/encoding/: field 1 of 150, field 2 of "testing", field 3 of { field 1: 150 }
    const test1: MessageType = { fields: { a: { number: 1, type: "int" } } };
    const test2: MessageType = { fields: { b: { number: 2, type: "string" } } };
    const test3: MessageType = { fields: { c: { number: 3, type: test1 } } };
    expect(encodeMessage(test1, { a: 150 }).toString("hex")).toBe("089601");
    expect(encodeMessage(test2, { b: "testing" }).toString("hex")).toBe("120774657374696e67");
    expect(encodeMessage(test3, { c: { a: 150 } }).toString("hex")).toBe("1a03089601");
  });

  it("skip fields that the type does not have, of every wire type", () => {
    const bytes = Buffer.from("4801" + "5102030405060708" + "09" + "5d01020304" + "6203616263" + "0a0178", "hex");
    expect(decodeMessage(everything, bytes)).toEqual({ text: "x" });
  });

  it("refuse bytes that end within a field", () => {
    const message = "expected a whole message, got one that ends within a field";
    expect(thrownMessage(() => decodeMessage(everything, Buffer.from("0a05616263", "hex")))).toBe(message);
    expect(thrownMessage(() => decodeMessage(everything, Buffer.from("20ff", "hex")))).toBe(message);
  });
});

describe("PROCEDURES", () => {
  it("gives each field of a message a number of its own", () => {
    const seen = new Set<MessageType>();
    const check = (type: MessageType): void => {
      if (seen.has(type)) return;
      seen.add(type);
      const numbers = Object.values(type.fields).map(({ number }) => number);
      expect(new Set(numbers).size).toBe(numbers.length);
      for (const { type: nested } of Object.values(type.fields)) if (typeof nested === "object") check(nested);
    };
    for (const { request, response } of Object.values(PROCEDURES)) for (const type of [request, response]) check(type);
    expect(seen.size).toBeGreaterThan(25);
  });
});
