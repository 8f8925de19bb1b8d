/** What a test of an operation is: what to do so that it succeeds. @module */
import type { EmulatedAccount, Reply } from "../emulated-account.js";

/** Makes what an operation needs, and calls it; gives its answer. */
export type SuccessCase = (account: EmulatedAccount) => Promise<Reply>;
/** Tests by operation id. */
export type SuccessCases = Readonly<Record<string, SuccessCase>>;
