import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { Credentials, credentialsFromEnvironment } from "../../../src/metrics/client/index.js";
import { thrownMessage } from "../../thrown-message.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-credentials-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("credentialsFromEnvironment", () => {
  it("reads a token, or a user name and password, from variables or files", () => {
    const file = join(folder, "secret");
    writeFileSync(file, "from-file\n");
    const header = (environment: Record<string, string>) => credentialsFromEnvironment(environment)?.header();
    const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
    expect(header({})).toBeUndefined();
    expect(header({ INFRA_GYM_PROMETHEUS_TOKEN: "abc" })).toBe("Bearer abc");
    expect(header({ INFRA_GYM_PROMETHEUS_TOKEN_FILE: file })).toBe("Bearer from-file");
    expect(header({ INFRA_GYM_PROMETHEUS_USERNAME: "me", INFRA_GYM_PROMETHEUS_PASSWORD: "pw" })).toBe(basic("me:pw"));
    expect(header({ INFRA_GYM_PROMETHEUS_USERNAME: "me", INFRA_GYM_PROMETHEUS_PASSWORD_FILE: file })).toBe(
      basic("me:from-file"),
    );
  });

  it("refuses both at once, and files that are not there, without showing a secret", () => {
    const both = { INFRA_GYM_PROMETHEUS_TOKEN: "abc", INFRA_GYM_PROMETHEUS_USERNAME: "me" };
    expect(thrownMessage(() => credentialsFromEnvironment(both))).toBe(
      'Expected INFRA_GYM_PROMETHEUS_TOKEN to be unset where INFRA_GYM_PROMETHEUS_USERNAME is set, got "***" (string).',
    );
    expect(thrownMessage(() => credentialsFromEnvironment({ INFRA_GYM_PROMETHEUS_TOKEN_FILE: "/nowhere" }))).toBe(
      'Expected INFRA_GYM_PROMETHEUS_TOKEN_FILE to be a file that can be read, got "/nowhere" (string).',
    );
  });
});

describe("Credentials", () => {
  it("does not show itself", () => {
    const credentials = Credentials.bearer("abc-token");
    const shown = [String(credentials), JSON.stringify({ credentials }), inspect(credentials, { showHidden: true })];
    expect(shown.join()).not.toContain("abc");
    expect(credentials.redact("is abc-token here")).toBe("is *** here");
  });

  it("refuses what cannot stand in a header", () => {
    expect(thrownMessage(() => Credentials.bearer("a\nb"))).toBe(
      'Expected token to be printable ASCII characters without blanks, got "***" (string).',
    );
    expect(thrownMessage(() => Credentials.basic("a:b", ""))).toBe(
      'Expected username to be a name without a colon, got "***" (string).',
    );
  });
});
