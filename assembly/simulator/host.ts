/** What the kernel asks its host for: functions that are rarely needed or have their one place elsewhere. @module */

/** The quantile of the standard normal distribution, for the tails. */
export declare function inverseNormal(u: f64): f64;
/** e^x. */
export declare function exp(x: f64): f64;
/** How much more work than on average a request of a tier is at a time of day. */
export declare function workFactor(tier: i32, seconds: f64): f64;
/** Start of the UTC month of a time, and of the next one. */
export declare function monthStart(seconds: f64): f64;
export declare function monthEnd(seconds: f64): f64;
/** Makes the tables of a tier for so many replicas of so many slots, as {@link SteadyQueue} reads them, and notes them in `Tier.tables`. */
export declare function fillTables(tier: i32, replicas: i32, slots: i32): void;
/** Fills the table of the gamma distribution. */
export declare function fillGamma(table: usize): void;
/** Where every request is simulated elsewhere: how many wait, are in the system, and the share of a replica's slots at work. */
export declare function waitingOf(env: i32, tier: i32): f64;
export declare function inFlightOf(env: i32, tier: i32): f64;
export declare function takeUtilization(env: i32, tier: i32, slot: i32, seconds: f64): f64;
export declare function onReplica(env: i32, tier: i32, slot: i32): f64;
