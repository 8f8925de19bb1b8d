/** Event files: read back from the format, and by TensorBoard itself where it is installed. @module */
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { PPO, train } from "../../../src/agents/index.js";
import { EVENT_FILE, EventFile } from "../../../src/agents/learning/event-file.js";
import { crc32c, maskedCrc32c } from "../../../src/agents/learning/masked-crc32c.js";
import type { Clock } from "../../../src/clock.js";
import { makeEnvs } from "./short-run.js";

const folder = mkdtempSync(join(tmpdir(), "infra-gym-events-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const python = process.env.INFRA_GYM_TENSORBOARD_PYTHON ?? "python3";
const hasTensorBoard = answers(python, ["-c", "import tensorboard"]);

function answers(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

interface ReadEvent {
  readonly wallTime: number;
  readonly step: number;
  readonly version?: string;
  readonly values: Readonly<Record<string, number>>;
}

/** Reads event files by what is published of their format. */
function readEvents(file: string): ReadEvent[] {
  const data = readFileSync(file);
  const events: ReadEvent[] = [];
  for (let at = 0; at < data.length; ) {
    const length = Number(data.readBigUInt64LE(at));
    expect(data.readUInt32LE(at + 8)).toBe(maskedCrc32c(data.subarray(at, at + 8)));
    const message = data.subarray(at + 12, at + 12 + length);
    expect(data.readUInt32LE(at + 12 + length)).toBe(maskedCrc32c(message));
    events.push(readEvent(message));
    at += 16 + length;
  }
  return events;
}

/** The fields of a message, by number. */
function fieldsOf(message: Buffer): [number, number | Buffer][] {
  const fields: [number, number | Buffer][] = [];
  let at = 0;
  const varint = (): number => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = message[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  const take = (length: number): Buffer => {
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const key = varint();
    const [field, wire] = [key >>> 3, key & 7];
    if (wire === 0) fields.push([field, varint()]);
    else if (wire === 1) fields.push([field, take(8).readDoubleLE()]);
    else if (wire === 5) fields.push([field, take(4).readFloatLE()]);
    else fields.push([field, take(varint())]);
  }
  return fields;
}

function readEvent(message: Buffer): ReadEvent {
  const fields = fieldsOf(message);
  const find = (wanted: number): number | Buffer | undefined => fields.find(([field]) => field === wanted)?.[1];
  const summary = find(5);
  const values = summary === undefined ? [] : fieldsOf(summary as Buffer).map(([, value]) => fieldsOf(value as Buffer));
  const version = find(3);
  return {
    wallTime: find(1) as number,
    step: (find(2) as number | undefined) ?? 0,
    ...(version === undefined ? {} : { version: String(version) }),
    values: Object.fromEntries(values.map((value) => [String(value[0]![1]), value[1]![1] as number])),
  };
}

describe("crc32c", () => {
  it("has the values of RFC 3720", () => {
    const rising = Uint8Array.from({ length: 32 }, (_, k) => k);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
    expect(crc32c(rising)).toBe(0x46dd794e);
    expect(crc32c(rising.toReversed())).toBe(0x113fdb5c);
  });
});

describe("EventFile", () => {
  it("holds a version, then steps, times and scalars, steps beyond 32 bits too", () => {
    const file = join(folder, "plain");
    const events = new EventFile(file, 0, 1_700_000_000.5);
    events.add(64, 1_700_000_001, { "losses/value_loss": 0.5, "charts/episodic_return": -3 });
    events.add(2 ** 40, 1_700_000_002.25, { "losses/entropy": Number.NaN });
    expect(readEvents(file)).toEqual([
      { wallTime: 1_700_000_000.5, step: 0, version: "brain.Event:2", values: {} },
      { wallTime: 1_700_000_001, step: 64, values: { "losses/value_loss": 0.5, "charts/episodic_return": -3 } },
      { wallTime: 1_700_000_002.25, step: 2 ** 40, values: { "losses/entropy": Number.NaN } },
    ]);
  });

  it("takes out what a run that was stopped wrote after its checkpoint, and a record that was cut off", () => {
    const file = join(folder, "resumed");
    const first = new EventFile(file, 0, 1);
    for (const step of [100, 200, 300]) first.add(step, step, { loss: step });
    appendFileSync(file, Buffer.from([5, 0, 0]));
    new EventFile(file, 200, 9).add(300, 10, { loss: 1 });
    expect(readEvents(file).map(({ step, values }) => [step, values.loss])).toEqual([
      [0, undefined],
      [100, 100],
      [200, 200],
      [300, 1],
    ]);
  });
});

describe("train with tensorboard", () => {
  const out = join(folder, "ppo");
  const run = async (): Promise<void> => {
    const clock: Clock = { now: () => 1_800_000_000, sleep: async () => {} };
    const env = await makeEnvs("CartPole-v1", 4);
    const learner = new PPO(env, { seed: 1, numSteps: 32 });
    await train(learner, env, { budget: { steps: 256 }, folder: out, clock, tensorboard: true });
  };

  it("writes the figures of metrics.jsonl", async () => {
    await run();
    const lines = readFileSync(join(out, "metrics.jsonl"), "utf8").trimEnd().split("\n");
    const logged = lines.map((line) => JSON.parse(line) as Record<string, number>);
    const [, ...events] = readEvents(join(out, EVENT_FILE));
    expect(events.map(({ step, values }) => ({ global_step: step, ...values }))).toEqual(
      logged.map((line) =>
        Object.fromEntries(
          Object.entries(line).map(([key, value]) => [key, key === "global_step" ? value : Math.fround(value)]),
        ),
      ),
    );
  });

  it.skipIf(!hasTensorBoard)(
    "is read by TensorBoard (needs its Python package; INFRA_GYM_TENSORBOARD_PYTHON names a Python)",
    async () => {
      await run();
      const program = [
        "import json, sys",
        "from tensorboard.backend.event_processing.event_accumulator import EventAccumulator",
        "log = EventAccumulator(sys.argv[1])",
        "log.Reload()",
        "print(json.dumps({tag: [[e.step, e.wall_time, e.value] for e in log.Scalars(tag)] for tag in log.Tags()['scalars']}))",
      ].join("\n");
      const read = JSON.parse(
        execFileSync(python, ["-c", program, out], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
      );
      const [, ...events] = readEvents(join(out, EVENT_FILE));
      expect(read["losses/entropy"]).toEqual(
        events.map(({ step, values }) => [step, 1_800_000_000, values["losses/entropy"]]),
      );
    },
  );
});
