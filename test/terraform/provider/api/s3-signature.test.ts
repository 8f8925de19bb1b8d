import { describe, expect, it } from "vitest";
import { signedHeaders } from "../../../../src/terraform/provider/api/s3-signature.js";

// The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
const keys = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  region: "us-east-1",
};
const seconds = Date.UTC(2013, 4, 24) / 1000;
const host = "examplebucket.s3.amazonaws.com";

describe("signedHeaders", () => {
  it.each([
    [
      "an object",
      { method: "GET", path: "/test.txt", query: {}, headers: { host, range: "bytes=0-9" }, body: "" },
      "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    ],
    [
      "a bucket's rules",
      { method: "GET", path: "/", query: { lifecycle: "" }, headers: { host }, body: "" },
      "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
    ],
    [
      "a list",
      { method: "GET", path: "/", query: { prefix: "J", "max-keys": "2" }, headers: { host }, body: "" },
      "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    ],
  ])("signs as the documentation does: %s", (_, parts, signature) => {
    const { authorization } = signedHeaders(parts, keys, seconds);
    expect(authorization).toContain("Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request");
    expect(/Signature=(.*)$/.exec(authorization!)![1]).toBe(signature);
  });
});
