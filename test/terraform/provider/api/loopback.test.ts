import { describe, expect, it } from "vitest";
import { loopbackUrl } from "../../../../src/terraform/provider/api/loopback.js";
import { thrownMessage } from "../../../thrown-message.js";

describe("loopbackUrl", () => {
  it.each([
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080/"],
    ["http://127.1.2.3:8080/", "http://127.1.2.3:8080/"],
    ["http://[::1]:8080", "http://[::1]:8080/"],
    ["http://localhost:8080", "http://127.0.0.1:8080/"],
    ["http://0x7f.1:80", "http://127.0.0.1/"],
  ])("takes %s", (endpoint, href) => {
    expect(loopbackUrl(endpoint).href).toBe(href);
  });

  it.each([
    "https://api.digitalocean.com",
    "http://api.digitalocean.com",
    "http://10.0.0.1",
    "http://127.0.0.1.example.com",
    "http://localhost.example.com",
    "http://user@example.com",
    "http://0.0.0.0:80",
    "https://127.0.0.1",
    "unix:/tmp/socket",
    "127.0.0.1:8080",
    "",
  ])("refuses %j", (endpoint) => {
    expect(thrownMessage(() => loopbackUrl(endpoint))).toBe(
      `Expected the endpoint of the built-in provider to be a loopback address such as http://127.0.0.1:8080, got ${JSON.stringify(endpoint)}. It is for the emulator only: use DigitalOcean's own provider for anything else.`,
    );
  });
});
