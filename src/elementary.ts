/** Elementary functions with the same bytes on every version of Node, for everything an episode is made of. @module */
export { exp, expm1 } from "./elementary/exponential.js";
export { inverseNormal } from "./elementary/inverse-normal.js";
export { log, log1p } from "./elementary/logarithm.js";
export { pow } from "./elementary/power.js";
export { cos, sin } from "./elementary/trigonometry.js";
