/** Actions to desired values and back, in every control mode. @module */
import { InvalidActionError, InvalidDefinitionError } from "../errors.js";
import { Box } from "../spaces/box.js";
import { Discrete } from "../spaces/discrete.js";
import { listMismatches } from "../spaces/explain-mismatch.js";
import { MultiDiscrete } from "../spaces/multi-discrete.js";
import type { Space } from "../spaces/space.js";
import type { CompiledControl } from "./control.js";

/** An action of a definition: a number for one discrete control, Int32Array for several, Float32Array for continuous ones. */
export type InfraAction = number | Int32Array | Float32Array;

/** Turns actions into slots, and slots into actions. */
export class ActionCodec {
  readonly controls: readonly CompiledControl[];
  readonly continuous: boolean;
  /** Whether some control adds to what a rule asks for. */
  readonly residual: boolean;
  /** Number of values of each component; empty where they are continuous. */
  readonly sizes: readonly number[];

  /** @throws InvalidDefinitionError when discrete and continuous controls are mixed */
  constructor(controls: readonly CompiledControl[]) {
    const continuous = controls.filter(({ mode }) => mode === "continuous").length;
    if (continuous > 0 && continuous < controls.length) {
      throw new InvalidDefinitionError("controls", "either all controls are continuous or none is.");
    }
    this.controls = controls;
    this.continuous = continuous > 0;
    this.residual = controls.some(({ mode }) => mode === "residual");
    this.sizes = this.continuous ? [] : controls.map(componentSize);
  }

  /** A new action space. */
  makeSpace(): Space<InfraAction> {
    if (this.continuous) return new Box(-1, 1, { shape: [this.controls.length] }) as Space<InfraAction>;
    if (this.sizes.length === 1) return new Discrete(this.sizes[0]!) as Space<InfraAction>;
    return new MultiDiscrete([...this.sizes]) as Space<InfraAction>;
  }

  /** @throws InvalidActionError saying which component is outside the space */
  check(space: Space<InfraAction>, action: unknown): void {
    if (space.contains(action)) return;
    const mismatches = listMismatches(space, action);
    const { path, expected, got } = mismatches[0]!;
    throw new InvalidActionError(path, expected, got, mismatches);
  }

  /**
   * The slot that a component asks for.
   * @param k - Number of the control.
   * @param value - The component.
   * @param slot - The slot desired now.
   * @param rule - The slot that mode `residual`'s rule asks for.
   * @returns A slot, or one outside 0…size − 1 where the component asks for too much.
   */
  decode(k: number, value: number, slot: number, rule: number): number {
    const control = this.controls[k]!;
    switch (control.mode) {
      case "target":
        return value;
      case "continuous":
        return Math.round(((Math.min(1, Math.max(-1, value)) + 1) / 2) * (control.size - 1));
      case "residual": {
        const base = control.kind === "count" ? rule : slot;
        return Math.min(control.size - 1, Math.max(0, base + value + control.residual[0]));
      }
      default:
        return slot + value - control.maxDelta;
    }
  }

  /** The action that brings the controls as near as it can to wanted slots. */
  encode(wanted: ArrayLike<number>, slots: ArrayLike<number>, rules: ArrayLike<number>): InfraAction {
    const components = this.controls.map((control, k) => encodeOne(control, wanted[k]!, slots[k]!, rules[k]!));
    if (this.continuous) return Float32Array.from(components);
    return components.length === 1 ? components[0]! : Int32Array.from(components);
  }
}

function componentSize({ mode, maxDelta, residual, size }: CompiledControl): number {
  if (mode === "target") return size;
  return mode === "residual" ? residual[1] - residual[0] + 1 : 2 * maxDelta + 1;
}

function encodeOne(control: CompiledControl, wanted: number, slot: number, rule: number): number {
  const target = Math.min(control.size - 1, Math.max(0, Math.round(wanted)));
  switch (control.mode) {
    case "target":
      return target;
    case "continuous":
      return control.size === 1 ? 0 : (2 * target) / (control.size - 1) - 1;
    case "residual": {
      const [low, high] = control.residual;
      const base = control.kind === "count" ? rule : slot;
      return Math.min(high, Math.max(low, target - base)) - low;
    }
    default:
      return Math.min(control.maxDelta, Math.max(-control.maxDelta, target - slot)) + control.maxDelta;
  }
}

/**
 * What a target-tracking rule asks for: ceil(replicas · utilization / target), within the domain.
 * @returns A slot; the present one while utilization or replicas are unknown.
 */
export function trackedSlot(control: CompiledControl, utilization: number, replicas: number, slot: number): number {
  if (Number.isNaN(utilization) || !(replicas > 0)) return slot;
  const wanted = Math.ceil((replicas * utilization) / control.targetUtilization - 1e-9) - control.min;
  return Math.min(control.size - 1, Math.max(0, wanted));
}
