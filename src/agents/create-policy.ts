/** Policies by name, as the command line and a benchmark give them. @module */
import { InvalidOptionError, PolicyNotFoundError } from "../errors.js";
import { AlwaysUpPolicy } from "./always-up.js";
import type { Policy } from "./policy.js";
import { RandomPolicy } from "./random.js";
import { StaticPolicy } from "./static.js";
import { TargetTrackingPolicy } from "./target-tracking.js";
import { ThresholdPolicy } from "./threshold.js";
import { isTrainedPolicy, loadTrainedPolicy } from "./trained-policy.js";

/** Options of a policy, as plain numbers. */
export type PolicyOptions = Readonly<Record<string, number>>;

/** How a policy is made from a name and numbers. */
interface PolicyEntry {
  /** The option that a bare value sets, as in `threshold:0.6`; null where none does. */
  readonly principal: string | null;
  /** The options it takes; null where the environment decides, as with the names of controls. */
  readonly options: readonly string[] | null;
  create(name: string, options: PolicyOptions): Policy;
}

const POLICIES: ReadonlyMap<string, PolicyEntry> = new Map<string, PolicyEntry>([
  ["static", { principal: "replicas", options: null, create: createStatic }],
  ["always-up", { principal: null, options: [], create: (name) => new AlwaysUpPolicy({ name }) }],
  ["random", { principal: null, options: [], create: (name) => new RandomPolicy({ name }) }],
  [
    "threshold",
    {
      principal: "utilization",
      options: ["utilization", "tolerance", "stabilizationSeconds"],
      create: (name, options) => new ThresholdPolicy({ ...options, name }),
    },
  ],
  [
    "target-tracking",
    {
      principal: "utilization",
      options: ["utilization", "cooldownSeconds"],
      create: (name, options) => new TargetTrackingPolicy({ ...options, name }),
    },
  ],
]);

function createStatic(name: string, { replicas, ...values }: PolicyOptions): Policy {
  return new StaticPolicy({ name, values, ...(replicas === undefined ? {} : { replicas }) });
}

/** The names of all policies. */
export function policyNames(): string[] {
  return [...POLICIES.keys()];
}

/**
 * A policy by its name, with parameters after colons: a bare value sets the principal option, `option=value` any option.
 *
 * @param name - Such as `threshold`, `threshold:0.6`, `static:8`, `static:web=8:api=4` or
 * `target-tracking:0.5:cooldownSeconds=600`; or the folder of a trained agent. The policy keeps it as its name.
 * @param options - Options as an object; what the name says goes first.
 * @throws PolicyNotFoundError, InvalidOptionError, CorruptCheckpointError, CheckpointMismatchError
 * @example
 * createPolicy("threshold:0.6").name; // "threshold:0.6"
 */
export function createPolicy(name: string, options: PolicyOptions = {}): Policy {
  if (isTrainedPolicy(name)) return loadTrainedPolicy(name);
  const [kind = "", ...parameters] = name.split(":");
  const entry = POLICIES.get(kind);
  if (entry === undefined) throw new PolicyNotFoundError(kind, policyNames());
  const all: Record<string, number> = { ...options };
  for (const parameter of parameters) {
    const [option, value] = readParameter(name, parameter, entry.principal);
    all[option] = value;
  }
  for (const option of Object.keys(all)) {
    if (entry.options === null || entry.options.includes(option)) continue;
    const expected = entry.options.length === 0 ? "none at all" : `among ${entry.options.join(", ")}`;
    throw new InvalidOptionError(`the options of policy ${name}`, expected, option);
  }
  return entry.create(name, all);
}

/** `0.6` or `utilization=0.6` as an option and its value. */
function readParameter(name: string, parameter: string, principal: string | null): [string, number] {
  const equals = parameter.indexOf("=");
  const option = equals === -1 ? principal : parameter.slice(0, equals);
  const text = parameter.slice(equals + 1);
  if (option === null) throw new InvalidOptionError(`the value of policy ${name}`, "absent", text);
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return [option, value];
  throw new InvalidOptionError(`${option} of policy ${name}`, "a number", text);
}
