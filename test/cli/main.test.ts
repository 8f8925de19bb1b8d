import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { root } from "../package/repository.js";
import { infraGym } from "./command-line.js";

describe("infra-gym", () => {
  it("shows its help when asked, on the output, with exit code 0", async () => {
    const { code, out, err } = await infraGym("--help");
    expect([code, err]).toEqual([0, ""]);
    for (const word of ["envs", "run ENV", "benchmark [ENV]", "init DIR", "Exit codes:"]) expect(out).toContain(word);
  });

  it("shows its help among the messages when nothing was asked, with exit code 2", async () => {
    const { code, out, err } = await infraGym();
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("Usage: infra-gym <command> [options]");
  });

  it("shows the version of the package", async () => {
    const { version } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
    expect(await infraGym("--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  it.each(["envs", "run", "benchmark", "init"])("shows the help of %s, by --help and by -h", async (verb) => {
    const { code, out } = await infraGym(verb, "--help");
    expect(code).toBe(0);
    expect(out).toContain(`Usage: infra-gym ${verb}`);
    expect(await infraGym(verb, "-h")).toEqual({ code: 0, out, err: "" });
  });

  it.each([
    [["envz"], 'INFRA_GYM_USAGE: There is no command "envz". Did you mean "envs"?'],
    [["envs", "--jsn", "-"], 'INFRA_GYM_USAGE: There is no option --jsn. Did you mean "--json"?'],
    [["envs", "-x"], "INFRA_GYM_USAGE: There is no option -x. Known: --json, --config, --debug, --help."],
    [["envs", "--json"], "INFRA_GYM_USAGE: Expected a value after --json (FILE), which is missing."],
    [["envs", "--json", "--config"], "INFRA_GYM_USAGE: Expected a value after --json (FILE), which is missing."],
    [["envs", "--help=yes"], 'INFRA_GYM_USAGE: Expected --help without a value, got "yes".'],
    [["envs", "more"], 'INFRA_GYM_USAGE: Did not expect "more" after infra-gym envs.'],
  ])("refuses %j with exit code 2", async (argv, message) => {
    expect(await infraGym(...argv)).toEqual({ code: 2, out: "", err: `${message}\n` });
  });

  it("shows the stack of an error with --debug only", async () => {
    const { err } = await infraGym("run", "WebServce-v0", "--debug");
    expect(err).toMatch(/^INFRA_GYM_ENV_NOT_FOUND: .*\n {4}at /);
  });
});
