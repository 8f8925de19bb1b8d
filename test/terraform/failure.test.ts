import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/terraform/events.js";
import { complaintsIn, errorsOf, failuresOf } from "../../src/terraform/failure.js";

const remains = { addresses: ["digitalocean_vpc.main"], cleanUp: "infra-gym reap" };
const context = { folder: "dev/app", remains, hasToken: true, hasStarted: true };
const left = "1 resource exists (digitalocean_vpc.main); to clean up: infra-gym reap";

function complaint(summary: string, detail = "", address = "digitalocean_droplet.web[0]"): Diagnostic {
  return { severity: "error", summary, detail, address, place: "main.tf:3" };
}

/** In the words of the official provider, and of the built-in one. */
const cases: readonly [text: string, code: string, retryable: boolean][] = [
  [
    'POST https://api.digitalocean.com/v2/droplets: 422 (request "1f") creating this/these droplet(s) will exceed your droplet limit',
    "INFRA_GYM_QUOTA_EXCEEDED",
    false,
  ],
  [
    "POST /v2/droplets was answered 422: creating this/these droplet(s) will exceed your droplet limit",
    "INFRA_GYM_QUOTA_EXCEEDED",
    false,
  ],
  [
    'POST https://api.digitalocean.com/v2/volumes: 422 (request "1f") volume limit reached',
    "INFRA_GYM_QUOTA_EXCEEDED",
    false,
  ],
  [
    "POST /v2/droplets was answered 422: Region nyc3 is out of capacity. Try again later or use another region.",
    "INFRA_GYM_CAPACITY",
    true,
  ],
  [
    'POST https://api.digitalocean.com/v2/droplets: 422 (request "1f") Size is not available in this region.',
    "INFRA_GYM_CAPACITY",
    true,
  ],
  [
    'GET https://api.digitalocean.com/v2/account: 401 (request "1f") Unable to authenticate you',
    "INFRA_GYM_TOKEN",
    false,
  ],
  [
    'POST https://api.digitalocean.com/v2/droplets: 403 (request "1f") You are not authorized to perform this operation',
    "INFRA_GYM_TOKEN",
    false,
  ],
  ["POST /v2/droplets was answered 503: The service is not available.", "INFRA_GYM_APPLY_FAILED", true],
  ["POST /v2/droplets was answered 429: API rate limit exceeded.", "INFRA_GYM_APPLY_FAILED", true],
  ["POST /v2/droplets got no answer: socket hang up", "INFRA_GYM_APPLY_FAILED", true],
  ["POST /v2/droplets was answered 422: The image is unknown.", "INFRA_GYM_APPLY_FAILED", false],
];

describe("errorsOf", () => {
  it.each(cases)("names what went wrong: %s", (text, code, retryable) => {
    const [error] = errorsOf([complaint("Error creating droplet", text)], context);
    expect(error!.code).toBe(code);
    const [failure] = failuresOf(error!);
    expect([failure!.address, failure!.retryable]).toEqual(["digitalocean_droplet.web[0]", retryable]);
    expect(error!.message).toContain(left);
  });

  it("takes a refusal for a missing token where there was none", () => {
    const text = "GET /v2/account was answered 401: Unable to authenticate you";
    const [error] = errorsOf([complaint(text)], { ...context, hasToken: false });
    expect(error!.message).toBe(`digitalocean_droplet.web[0]: No token. Set DIGITALOCEAN_TOKEN. ${left}`);
  });

  it("passes over complaints that only follow from others, and warnings", () => {
    const warning: Diagnostic = { ...complaint("Deprecated"), severity: "warning" };
    const errors = errorsOf([complaint("execution halted"), warning, complaint("Broken", "It is.")], context);
    expect(errors.map(({ message }) => message)).toEqual([`digitalocean_droplet.web[0]: Broken: It is. ${left}`]);
    expect(errorsOf([complaint("execution halted")], context)).toHaveLength(1);
    expect(errorsOf([warning], context)).toEqual([]);
  });

  it("tells a mistake in the configuration, with its place, from a failed change", () => {
    const [error] = errorsOf([complaint("Unsupported argument", "No such argument.")], {
      ...context,
      hasStarted: false,
    });
    expect(error!.message).toBe(
      `digitalocean_droplet.web[0]: main.tf:3: Unsupported argument: No such argument. ${left}`,
    );
    expect(error!.code).toBe("INFRA_GYM_TERRAFORM_CONFIGURATION");
  });
});

describe("failuresOf", () => {
  it("gives one entry for every resource that failed", () => {
    const complaints = [0, 1, 2].map((k) =>
      complaint("POST /v2/droplets was answered 422: No.", "", `digitalocean_droplet.web[${k}]`),
    );
    const [first, ...others] = errorsOf(complaints, context);
    first!.cause = new AggregateError(others);
    expect(failuresOf(first!).map(({ address }) => address)).toEqual(complaints.map(({ address }) => address));
  });
});

describe("complaintsIn", () => {
  it("reads the complaints of a run that does not speak JSON", () => {
    const lines = [
      "╷",
      "│ Error: Cannot import",
      "│ ",
      "│   on main.tf line 7:",
      "│   7: resource x {",
      "│ ",
      "│ There is no such thing.",
      "╵",
      "╷",
      "│ Error: Second",
      "╵",
    ];
    expect(complaintsIn(lines)).toEqual([
      {
        severity: "error",
        summary: "Cannot import",
        detail: "There is no such thing.",
        address: "",
        place: "main.tf:7",
      },
      { severity: "error", summary: "Second", detail: "", address: "", place: "" },
    ]);
  });
});
