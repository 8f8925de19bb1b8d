/** What the host does. @module */

/** Runs a step's own operation. `listed` environments, those of `left`, are left to it, or all; `item` says of which of its parts. */
export declare function call(step: i32, item: i32, listed: i32): void;
