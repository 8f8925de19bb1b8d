import { describe, expect, it } from "vitest";
import { redactorFor } from "../src/secrets.js";

describe("redactorFor", () => {
  it("replaces the values of variables whose names say that they are secret, the longer first", () => {
    const redact = redactorFor({
      DIGITALOCEAN_TOKEN: "abcdef",
      SPACES_SECRET_ACCESS_KEY: "abcdefghij",
      TF_VAR_db_password: "hunter22",
      HOME: "/home/someone",
    });
    expect(redact("abcdef abcdefghij hunter22 /home/someone")).toBe(
      "(sensitive) (sensitive) (sensitive) /home/someone",
    );
  });

  it("replaces what looks like a token although nobody named it", () => {
    const redact = redactorFor({});
    expect(redact("dop_v1_0123456789abcdef of me")).toBe("(sensitive) of me");
    expect(redact("Authorization: Bearer eyJhbGciOi.x-y_z==")).toBe("Authorization: (sensitive)");
    expect(redact("postgres://doadmin:pa55@db.example:25060/defaultdb")).toBe(
      "postgres://(sensitive)@db.example:25060/defaultdb",
    );
  });

  it("leaves short values alone, for they are parts of words", () => {
    expect(redactorFor({ MY_TOKEN: "the" })("the rest of them")).toBe("the rest of them");
  });
});
