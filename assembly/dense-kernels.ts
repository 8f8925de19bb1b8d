/**
 * The arithmetic of dense layers, four numbers at a time. AssemblyScript, compiled by scripts/setup.mjs.
 *
 * All matrices lie row by row in one memory that the caller lays out: float32, rows padded to a multiple of 8 numbers,
 * a multiple of 4 rows. Every sum is taken in one fixed order, without fused multiply-add, so that
 * src/networks/script-kernels.ts gives the same bytes.
 * @module
 */

/** tanh(x) = x·P(x²)/Q(x²) on [-9, 9], fitted by iterated least squares; error below 4e-7. */
const LIMIT: f32 = 9;
const P0: f32 = 1;
const P1: f32 = 0.13380685448646545;
const P2: f32 = 0.003495192853733897;
const P3: f32 = 0.000020602923541446216;
const P4: f32 = 1.3346788563239897e-8;
const Q0: f32 = 1;
const Q1: f32 = 0.4671400189399719;
const Q2: f32 = 0.025875456631183624;
const Q3: f32 = 0.00032850034767761827;
const Q4: f32 = 7.773195989102533e-7;

function tanh4(value: v128): v128 {
  const x = f32x4.min(f32x4.max(value, f32x4.splat(-LIMIT)), f32x4.splat(LIMIT));
  const s = f32x4.mul(x, x);
  let p = f32x4.add(f32x4.mul(f32x4.splat(P4), s), f32x4.splat(P3));
  p = f32x4.add(f32x4.mul(p, s), f32x4.splat(P2));
  p = f32x4.add(f32x4.mul(p, s), f32x4.splat(P1));
  p = f32x4.add(f32x4.mul(p, s), f32x4.splat(P0));
  let q = f32x4.add(f32x4.mul(f32x4.splat(Q4), s), f32x4.splat(Q3));
  q = f32x4.add(f32x4.mul(q, s), f32x4.splat(Q2));
  q = f32x4.add(f32x4.mul(q, s), f32x4.splat(Q1));
  q = f32x4.add(f32x4.mul(q, s), f32x4.splat(Q0));
  const y = f32x4.div(f32x4.mul(x, p), q);
  return f32x4.min(f32x4.max(y, f32x4.splat(-1)), f32x4.splat(1));
}

/** 0 linear, 1 tanh, 2 rectified. */
function activate(value: v128, activation: i32): v128 {
  if (activation === 1) return tanh4(value);
  if (activation === 2) return f32x4.max(value, f32x4.splat(0));
  return value;
}

/** y = activation(x·w + bias); x [rows, inputs], w [inputs, outputs], y [rows, outputs]. A bias at address 0 is none. */
export function forward(
  x: usize,
  w: usize,
  bias: usize,
  y: usize,
  rows: i32,
  inputs: i32,
  outputs: i32,
  activation: i32,
): void {
  const xStride = (<usize>inputs) << 2;
  const wStride = (<usize>outputs) << 2;
  for (let r = 0; r < rows; r += 4) {
    const x0 = x + <usize>r * xStride;
    for (let o = 0; o < outputs; o += 8) {
      let b0 = f32x4.splat(0);
      let b1 = f32x4.splat(0);
      if (bias !== 0) {
        b0 = v128.load(bias + ((<usize>o) << 2));
        b1 = v128.load(bias + ((<usize>o) << 2), 16);
      }
      let a00 = b0;
      let a01 = b1;
      let a10 = b0;
      let a11 = b1;
      let a20 = b0;
      let a21 = b1;
      let a30 = b0;
      let a31 = b1;
      let p0 = x0;
      let p1 = x0 + xStride;
      let p2 = p1 + xStride;
      let p3 = p2 + xStride;
      let wp = w + ((<usize>o) << 2);
      const end = p0 + xStride;
      while (p0 < end) {
        const w0 = v128.load(wp);
        const w1 = v128.load(wp, 16);
        let s = v128.load32_splat(p0);
        a00 = f32x4.add(a00, f32x4.mul(s, w0));
        a01 = f32x4.add(a01, f32x4.mul(s, w1));
        s = v128.load32_splat(p1);
        a10 = f32x4.add(a10, f32x4.mul(s, w0));
        a11 = f32x4.add(a11, f32x4.mul(s, w1));
        s = v128.load32_splat(p2);
        a20 = f32x4.add(a20, f32x4.mul(s, w0));
        a21 = f32x4.add(a21, f32x4.mul(s, w1));
        s = v128.load32_splat(p3);
        a30 = f32x4.add(a30, f32x4.mul(s, w0));
        a31 = f32x4.add(a31, f32x4.mul(s, w1));
        p0 += 4;
        p1 += 4;
        p2 += 4;
        p3 += 4;
        wp += wStride;
      }
      let yp = y + <usize>r * wStride + ((<usize>o) << 2);
      v128.store(yp, activate(a00, activation));
      v128.store(yp, activate(a01, activation), 16);
      yp += wStride;
      v128.store(yp, activate(a10, activation));
      v128.store(yp, activate(a11, activation), 16);
      yp += wStride;
      v128.store(yp, activate(a20, activation));
      v128.store(yp, activate(a21, activation), 16);
      yp += wStride;
      v128.store(yp, activate(a30, activation));
      v128.store(yp, activate(a31, activation), 16);
    }
  }
}

/** dy becomes dy·activation'(…), read off the layer's outputs y; count is a multiple of 4. */
export function activationGradient(dy: usize, y: usize, count: i32, activation: i32): void {
  if (activation === 0) return;
  const one = f32x4.splat(1);
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < (<usize>count) << 2; i += 16) {
    const out = v128.load(y + i);
    const gradient = v128.load(dy + i);
    if (activation === 1) v128.store(dy + i, f32x4.mul(gradient, f32x4.sub(one, f32x4.mul(out, out))));
    else v128.store(dy + i, v128.and(gradient, f32x4.gt(out, zero)));
  }
}

/** dw += xᵀ·dz and db += the column sums of dz, row after row. */
export function weightGradient(x: usize, dz: usize, dw: usize, db: usize, rows: i32, inputs: i32, outputs: i32): void {
  const xStride = (<usize>inputs) << 2;
  const zStride = (<usize>outputs) << 2;
  // 64 rows at a time stay in the nearest cache while all blocks of weights pass over them.
  for (let start = 0; start < rows; start += 64) {
    const count = min(64, rows - start);
    const xs = x + <usize>start * xStride;
    const zs = dz + <usize>start * zStride;
    const zEnd = zs + <usize>count * zStride;
    for (let o: usize = 0; o < zStride; o += 32) {
      let b0 = v128.load(db + o);
      let b1 = v128.load(db + o, 16);
      for (let zp = zs + o; zp < zEnd; zp += zStride) {
        b0 = f32x4.add(b0, v128.load(zp));
        b1 = f32x4.add(b1, v128.load(zp, 16));
      }
      v128.store(db + o, b0);
      v128.store(db + o, b1, 16);
    }
    for (let i: usize = 0; i < xStride; i += 16) {
      for (let o: usize = 0; o < zStride; o += 32) {
        const g0 = dw + (i >> 2) * zStride + o;
        const g1 = g0 + zStride;
        const g2 = g1 + zStride;
        const g3 = g2 + zStride;
        let a00 = v128.load(g0);
        let a01 = v128.load(g0, 16);
        let a10 = v128.load(g1);
        let a11 = v128.load(g1, 16);
        let a20 = v128.load(g2);
        let a21 = v128.load(g2, 16);
        let a30 = v128.load(g3);
        let a31 = v128.load(g3, 16);
        let xp = xs + i;
        for (let zp = zs + o; zp < zEnd; zp += zStride) {
          const z0 = v128.load(zp);
          const z1 = v128.load(zp, 16);
          let s = v128.load32_splat(xp);
          a00 = f32x4.add(a00, f32x4.mul(s, z0));
          a01 = f32x4.add(a01, f32x4.mul(s, z1));
          s = v128.load32_splat(xp, 4);
          a10 = f32x4.add(a10, f32x4.mul(s, z0));
          a11 = f32x4.add(a11, f32x4.mul(s, z1));
          s = v128.load32_splat(xp, 8);
          a20 = f32x4.add(a20, f32x4.mul(s, z0));
          a21 = f32x4.add(a21, f32x4.mul(s, z1));
          s = v128.load32_splat(xp, 12);
          a30 = f32x4.add(a30, f32x4.mul(s, z0));
          a31 = f32x4.add(a31, f32x4.mul(s, z1));
          xp += xStride;
        }
        v128.store(g0, a00);
        v128.store(g0, a01, 16);
        v128.store(g1, a10);
        v128.store(g1, a11, 16);
        v128.store(g2, a20);
        v128.store(g2, a21, 16);
        v128.store(g3, a30);
        v128.store(g3, a31, 16);
      }
    }
  }
}

/** wt = wᵀ; w [inputs, outputs]. */
export function transpose(w: usize, wt: usize, inputs: i32, outputs: i32): void {
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o++) {
      store<f32>(wt + ((<usize>(o * inputs + i)) << 2), load<f32>(w + ((<usize>(i * outputs + o)) << 2)));
    }
  }
}

/** One step of Adam on `count` parameters, a multiple of 4; the gradients are multiplied by `scale` first and set to 0. */
export function adam(
  parameters: usize,
  gradients: usize,
  first: usize,
  second: usize,
  count: i32,
  scale: f32,
  beta1: f32,
  beta2: f32,
  stepSize: f32,
  secondScale: f32,
  epsilon: f32,
): void {
  const s = f32x4.splat(scale);
  const b1 = f32x4.splat(beta1);
  const c1 = f32x4.splat(1 - beta1);
  const b2 = f32x4.splat(beta2);
  const c2 = f32x4.splat(1 - beta2);
  const size = f32x4.splat(stepSize);
  const correction = f32x4.splat(secondScale);
  const eps = f32x4.splat(epsilon);
  const zero = f32x4.splat(0);
  for (let i: usize = 0; i < (<usize>count) << 2; i += 16) {
    const g = f32x4.mul(v128.load(gradients + i), s);
    const m = f32x4.add(f32x4.mul(b1, v128.load(first + i)), f32x4.mul(c1, g));
    const v = f32x4.add(f32x4.mul(b2, v128.load(second + i)), f32x4.mul(c2, f32x4.mul(g, g)));
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(v, correction)), eps);
    v128.store(parameters + i, f32x4.sub(v128.load(parameters + i), f32x4.div(f32x4.mul(size, m), root)));
    v128.store(first + i, m);
    v128.store(second + i, v);
    v128.store(gradients + i, zero);
  }
}
