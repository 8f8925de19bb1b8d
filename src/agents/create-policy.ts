/** Policies by name, as the command line and a benchmark give them. @module */
import { InvalidOptionError, PolicyNotFoundError } from "../errors.js";
import { AlwaysUpPolicy } from "./always-up.js";
import { isCalibratedRule, readCalibratedRule } from "./calibrated-rule.js";
import type { ControlSettingsOptions } from "./control-settings.js";
import { ExpertPolicy } from "./expert.js";
import { FeedForwardPolicy } from "./feed-forward.js";
import { ForecastPolicy, type ForecastTable } from "./forecast.js";
import type { ScheduleTable } from "./learned-schedule.js";
import type { Policy } from "./policy.js";
import { PredictivePolicy } from "./predictive.js";
import { RandomPolicy } from "./random.js";
import { StaticPolicy } from "./static.js";
import { TargetTrackingPolicy } from "./target-tracking.js";
import { ThresholdPolicy } from "./threshold.js";
import { isTrainedPolicy, loadTrainedPolicy } from "./trained-policy.js";
import { TrendPolicy } from "./trend.js";

/** Options of a policy, as plain numbers. */
export type PolicyOptions = Readonly<Record<string, number>>;

/** How a policy is made from a name and numbers. */
interface PolicyEntry {
  /** The option that a bare value sets, as in `threshold:0.6`; null where none does. */
  readonly principal: string | null;
  /** The options it takes; null where the environment decides, as with the names of controls. */
  readonly options: readonly string[] | null;
  /** @param learnt - What a calibrated rule has learnt. */
  create(name: string, options: RuleOptions, learnt: LearntParts): Policy;
}

/** What a calibrated rule has learnt besides its options. */
export interface LearntParts {
  readonly schedule?: ScheduleTable;
  readonly forecast?: ForecastTable;
}

/** Numbers, and those that are given by control. */
type RuleOptions = PolicyOptions & ControlSettingsOptions;

const DEMAND_OPTIONS: readonly string[] = ["utilization", "leadSeconds", "stabilizationSeconds", "everySeconds"];
/** Options given by control: `utilization.webReplicas=0.7` keeps another utilization there, `held.size=0` holds a choice at its first value. */
const BY_CONTROL = /^(utilization|held)\.(.+)$/;

const POLICIES: ReadonlyMap<string, PolicyEntry> = new Map<string, PolicyEntry>([
  ["static", { principal: "replicas", options: null, create: createStatic }],
  ["always-up", { principal: null, options: [], create: (name) => new AlwaysUpPolicy({ name }) }],
  ["random", { principal: null, options: [], create: (name) => new RandomPolicy({ name }) }],
  [
    "threshold",
    {
      principal: "utilization",
      options: ["utilization", "tolerance", "stabilizationSeconds", "everySeconds"],
      create: (name, options) => new ThresholdPolicy({ ...options, name }),
    },
  ],
  [
    "target-tracking",
    {
      principal: "utilization",
      options: ["utilization", "cooldownSeconds", "everySeconds"],
      create: (name, options) => new TargetTrackingPolicy({ ...options, name }),
    },
  ],
  [
    "trend",
    {
      principal: "utilization",
      options: DEMAND_OPTIONS,
      create: (name, options) => new TrendPolicy({ ...options, name }),
    },
  ],
  [
    "feed-forward",
    {
      principal: "utilization",
      options: DEMAND_OPTIONS,
      create: (name, options) => new FeedForwardPolicy({ ...options, name }),
    },
  ],
  [
    "expert",
    {
      principal: "utilization",
      options: [...DEMAND_OPTIONS, "announcedAheadSeconds"],
      create: (name, options, { schedule }) =>
        new ExpertPolicy({ ...options, name, ...(schedule === undefined ? {} : { schedule }) }),
    },
  ],
  [
    "predictive",
    {
      principal: "utilization",
      options: [...DEMAND_OPTIONS, "margin"],
      create: (name, options, { schedule }) =>
        new PredictivePolicy({ ...options, name, ...(schedule === undefined ? {} : { schedule }) }),
    },
  ],
  [
    "forecast",
    {
      principal: "utilization",
      options: [...DEMAND_OPTIONS, "quantile"],
      create: (name, options, learnt) => new ForecastPolicy({ ...options, ...learnt, name }),
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
 * `target-tracking:0.5:cooldownSeconds=600`; the file of a calibrated rule, or the folder of a trained agent. The policy keeps it as its name.
 * @param options - Options as an object; what the name says goes first.
 * @throws PolicyNotFoundError, InvalidOptionError, CorruptCheckpointError, CheckpointMismatchError
 * @example
 * createPolicy("threshold:0.6").name; // "threshold:0.6"
 */
export function createPolicy(name: string, options: PolicyOptions = {}): Policy {
  if (isCalibratedRule(name)) {
    const { rule, options: found, calibration: _, ...learnt } = readCalibratedRule(name);
    return createRule(rule, name, { ...options, ...found }, learnt);
  }
  if (isTrainedPolicy(name)) return loadTrainedPolicy(name);
  const { kind, options: said } = readPolicyName(name);
  const all = { ...options, ...said };
  return createRule(kind, name, all);
}

/**
 * A rule's name taken apart: `threshold:0.6:tolerance=0.1` is the rule `threshold` with two options.
 *
 * @throws PolicyNotFoundError, InvalidOptionError
 */
export function readPolicyName(name: string): { readonly kind: string; readonly options: PolicyOptions } {
  const [kind = "", ...parameters] = name.split(":");
  const { principal } = entryOf(kind);
  return { kind, options: Object.fromEntries(parameters.map((text) => readParameter(name, text, principal))) };
}

/**
 * A rule with options given as plain data.
 *
 * @param rule - Its name alone, such as `expert`.
 * @param name - What results call it.
 * @param learnt - What it knows of the day, for rules that use it.
 * @throws PolicyNotFoundError, InvalidOptionError
 */
export function createRule(rule: string, name: string, options: PolicyOptions, learnt: LearntParts = {}): Policy {
  const entry = entryOf(rule);
  const takesControls = entry.options?.includes("utilization") === true;
  for (const option of Object.keys(options)) {
    if (entry.options === null || entry.options.includes(option)) continue;
    if (takesControls && BY_CONTROL.test(option)) continue;
    const expected = entry.options.length === 0 ? "none at all" : `among ${entry.options.join(", ")}`;
    throw new InvalidOptionError(`the options of policy ${name}`, expected, option);
  }
  return entry.create(name, takesControls ? byControl(options) : options, learnt);
}

/** Moves options such as `held.size` to where the rule looks for them. */
function byControl(options: PolicyOptions): RuleOptions {
  const plain: Record<string, number> = {};
  const groups: Record<string, Record<string, number>> = { utilization: {}, held: {} };
  for (const [option, value] of Object.entries(options)) {
    const [, group, control] = BY_CONTROL.exec(option) ?? [];
    if (group === undefined || control === undefined) plain[option] = value;
    else groups[group]![control] = value;
  }
  return { ...plain, utilizations: groups.utilization!, held: groups.held! } as RuleOptions;
}

function entryOf(rule: string): PolicyEntry {
  const entry = POLICIES.get(rule);
  if (entry === undefined) throw new PolicyNotFoundError(rule, policyNames());
  return entry;
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
