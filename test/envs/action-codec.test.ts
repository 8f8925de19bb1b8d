/** Actions to slots and back: laws for every mode and space, and masks against what steps accept. @module */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ActionCodec, trackedSlot } from "../../src/envs/action-codec.js";
import { CONTROL_MODES, type CompiledControl, type ControlMode, compileControl } from "../../src/envs/control.js";
import { InfraEnv } from "../../src/envs/index.js";
import { Box, Discrete, MultiDiscrete } from "../../src/spaces/index.js";
import { sampleAllowed } from "./play.js";
import { replicas, size, smallDefinition } from "./small-definition.js";

const { graph } = smallDefinition();
const modes = fc.constantFrom(...CONTROL_MODES);

/** Some controls, all of one mode. */
function controlsOf(mode: ControlMode, count: number, maxDelta: number): CompiledControl[] {
  const all = [
    { ...replicas, mode, maxDelta },
    { ...size, mode },
    { ...replicas, name: "more", mode, domain: { min: 0, max: 7 } },
  ];
  return all.slice(0, count).map((control, k) => compileControl(control, k, graph));
}

const situations = fc
  .record({ mode: modes, count: fc.integer({ min: 1, max: 3 }), maxDelta: fc.integer({ min: 1, max: 5 }) })
  .chain(({ mode, count, maxDelta }) => {
    const controls = controlsOf(mode, count, maxDelta);
    const slots = fc.tuple(...controls.map((control) => fc.integer({ min: 0, max: control.size - 1 })));
    return fc.record({ controls: fc.constant(controls), wanted: slots, now: slots, rules: slots });
  });

function decodeAll(codec: ActionCodec, action: number | ArrayLike<number>, now: number[], rules: number[]): number[] {
  return codec.controls.map((_, k) =>
    codec.decode(k, typeof action === "number" ? action : action[k]!, now[k]!, rules[k]!),
  );
}

/** How far an action reaches from where it begins, as [least, greatest] slot. */
function reachOf(control: CompiledControl, now: number, rule: number): [number, number] {
  if (control.mode === "delta") return [now - control.maxDelta, now + control.maxDelta];
  if (control.mode !== "residual") return [0, control.size - 1];
  const base = control.kind === "count" ? rule : now;
  return [base + control.residual[0], base + control.residual[1]];
}

describe("ActionCodec", () => {
  it("encodes to an action of its space that decodes to the wanted slots, or to the nearest in reach", () => {
    fc.assert(
      fc.property(situations, ({ controls, wanted, now, rules }) => {
        const codec = new ActionCodec(controls);
        const action = codec.encode(wanted, now, rules);
        expect(codec.makeSpace().contains(action)).toBe(true);
        const nearest = controls.map((control, k) => {
          const [least, greatest] = reachOf(control, now[k]!, rules[k]!);
          return Math.min(greatest, Math.max(least, wanted[k]!));
        });
        expect(decodeAll(codec, action, now, rules)).toEqual(nearest);
      }),
    );
  });

  it("decodes every action of modes target, continuous and residual into the domain", () => {
    fc.assert(
      fc.property(situations, fc.integer({ min: 0, max: 999 }), ({ controls, now, rules }, seed) => {
        if (controls[0]!.mode === "delta") return;
        const codec = new ActionCodec(controls);
        const space = codec.makeSpace();
        space.seed(seed);
        decodeAll(codec, space.sample(), now, rules).forEach((slot, k) => {
          expect(slot).toBeGreaterThanOrEqual(0);
          expect(slot).toBeLessThan(controls[k]!.size);
        });
      }),
    );
  });

  it("makes Discrete of one discrete control, MultiDiscrete of several, and Box of continuous ones", () => {
    const spaceOf = (mode: ControlMode, count: number): unknown =>
      new ActionCodec(controlsOf(mode, count, 4)).makeSpace();
    expect(spaceOf("delta", 1)).toEqual(new Discrete(9));
    expect(spaceOf("target", 2)).toEqual(new MultiDiscrete([12, 3]));
    expect(spaceOf("residual", 2)).toEqual(new MultiDiscrete([9, 3]));
    expect(spaceOf("continuous", 2)).toEqual(new Box(-1, 1, { shape: [2] }));
  });
});

describe("trackedSlot", () => {
  const [control] = controlsOf("residual", 1, 4);

  it("asks for ceil(replicas · utilization / target), within the domain", () => {
    expect(trackedSlot(control!, 0.9, 4, 3) + 1).toBe(6);
    expect(trackedSlot(control!, 0.6, 4, 3) + 1).toBe(4);
    expect(trackedSlot(control!, 5, 12, 3) + 1).toBe(12);
    expect(trackedSlot(control!, 0, 4, 3) + 1).toBe(1);
  });

  it("holds while utilization or replicas are unknown", () => {
    expect(trackedSlot(control!, Number.NaN, 4, 3)).toBe(3);
    expect(trackedSlot(control!, 0.9, 0, 3)).toBe(3);
    expect(trackedSlot(control!, 0.9, Number.NaN, 3)).toBe(3);
  });
});

describe("info.actionMask", () => {
  it.each(CONTROL_MODES.filter((mode) => mode !== "continuous"))(
    "allows in mode %s exactly the values that a step accepts, one component at a time",
    async (mode) => {
      const definition = smallDefinition({
        controls: [
          { ...replicas, mode },
          { ...size, mode },
        ],
        invalidAction: "error",
        limits: { maxDroplets: 8, maxUsdPerHour: 0.5 },
      });
      const env = new InfraEnv<Int32Array>(definition);
      env.actionSpace.seed(1);
      let [, info] = await env.reset({ seed: 3 });
      for (let step = 0; step < 25; step++) {
        const masks = info.actionMask as readonly Uint8Array[];
        const still = holding(mode, info.controls);
        for (const [k, mask] of masks.entries()) {
          for (let value = 0; value < mask.length; value++) {
            const action = still.slice();
            action[k] = value;
            const saved = env.snapshot();
            const refusal = await env.step(action).then(
              ([, , , , after]) => after.refusal,
              () => "mask",
            );
            env.restore(saved);
            const isAllowed = mask[value] === 1;
            // What the rule of mode residual adds to the count may still meet the guard.
            const isAccepted = mode === "residual" ? refusal !== "mask" : refusal === null;
            expect(isAccepted, `${mode} ${k} ${value} ${refusal}`).toBe(isAllowed);
          }
        }
        [, , , , info] = await env.step(sampleAllowed(env.actionSpace, info));
      }
    },
  );

  /** The action that leaves everything as it is; in mode residual for the size alone, as the count follows its rule. */
  function holding(mode: ControlMode, controls: Readonly<Record<string, { readonly desired: number }>>): Int32Array {
    if (mode === "delta") return Int32Array.of(4, 1);
    if (mode === "residual") return Int32Array.of(2, 1);
    return Int32Array.of(controls.replicas!.desired - 1, controls.size!.desired);
  }

  it("lets sizes wait while a change is under way", async () => {
    const env = new InfraEnv<Int32Array>(smallDefinition({ controls: [replicas, size] }));
    await env.reset({ seed: 1 });
    const hard = new InfraEnv<Int32Array>(
      smallDefinition({ controls: [replicas, size], simulation: { lifecycle: { bootScale: 4 } } }),
    );
    await hard.reset({ seed: 1 });
    const [, , , , info] = await hard.step(Int32Array.of(8, 1));
    expect(info.pending).toEqual({ "digitalocean_droplet.web": 4 });
    expect([...(info.actionMask as readonly Uint8Array[])[1]!]).toEqual([0, 1, 0]);
  });
});
