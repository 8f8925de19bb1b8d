import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Phase, TierFloat, TierInt } from "../../src/simulator/fields.js";
import { createSimulator } from "../../src/simulator/index.js";
import { layoutState } from "../../src/simulator/layout.js";
import { makeEpisode, makeModel, makeState, readRow } from "./fixtures.js";

const PENDING: readonly number[] = [Phase.creating, Phase.rebooting, Phase.resizing];

describe("replica slots", () => {
  it("are counted as they are, whatever comes, goes, crashes and changes its size", () => {
    const model = makeModel({ lifecycle: { meanSecondsBetweenCrashes: 200 } });
    const tier = model.tiers[0]!;
    const at = layoutState(model).tiers[0]!;
    const wish = fc.tuple(fc.integer({ min: 1, max: tier.maxReplicas }), fc.nat(tier.sizes.length - 1), fc.nat(30));
    fc.assert(
      fc.property(fc.nat(), fc.array(wish, { minLength: 1, maxLength: 20 }), (seed, wishes) => {
        const simulator = createSimulator(model, 1);
        simulator.reset(
          0,
          makeEpisode(seed, makeState(model, 1), () => 10),
        );
        for (const [replicas, size, ticks] of wishes) {
          simulator.desire(0, makeState(model, replicas, size));
          simulator.advance(0, 1, 1 + ticks);
          simulator.collect(0, 1);
          const { integers, floats } = simulator.snapshot(0);
          const phases = [...integers.subarray(at.phase, at.phase + tier.maxReplicas)];
          const sizes = phases.map((_, slot) => tier.sizes[integers[at.slotSize + slot]!]!);
          const sumOver = (isWanted: (phase: number) => boolean, of: (slot: number) => number): number =>
            phases.reduce((sum, phase, slot) => sum + (isWanted(phase) ? of(slot) : 0), 0);
          const one = (): number => 1;
          const rows = simulator.rows.tiers[0]!;
          const exists = (phase: number): boolean => phase !== Phase.none;
          expect({
            active: readRow(simulator, rows.active),
            ready: readRow(simulator, rows.ready),
            pending: readRow(simulator, rows.pending),
            draining: readRow(simulator, rows.draining),
            slots: readRow(simulator, rows.slots),
            failing: integers[at.ints + TierInt.byPhase + Phase.failing],
            used: integers[at.ints + TierInt.used],
            listPrice: floats[at.floats + TierFloat.listPrice],
          }).toEqual({
            active: sumOver(exists, one),
            ready: sumOver((phase) => phase === Phase.ready, one),
            pending: sumOver((phase) => PENDING.includes(phase), one),
            draining: sumOver((phase) => phase === Phase.draining, one),
            slots: sumOver(
              (phase) => phase === Phase.ready,
              (slot) => sizes[slot]!.slots,
            ),
            failing: sumOver((phase) => phase === Phase.failing, one),
            used: phases.findLastIndex(exists) + 1,
            listPrice: sumOver(exists, (slot) => sizes[slot]!.usdPerHour),
          });
        }
      }),
    );
  });
});
