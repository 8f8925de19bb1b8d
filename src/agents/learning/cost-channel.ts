/** Costs of constrained learning, read off infos. @module */
import { InvalidOptionError } from "../../errors.js";
import type { EnvStream } from "./env-stream.js";
import { ReturnScale, type ReturnScaleState } from "./return-scale.js";

/** What a constraint limits. */
export interface ConstraintOptions {
  /** The cost: a key of infos with one number per environment, such as `violations`. */
  readonly costKey: string;
  /** What the cost is a share of, such as `arrivals`; null for a cost per step. */
  readonly perKey: string | null;
  /** The most that the mean cost, or the share, may be. Above 0. */
  readonly costLimit: number;
}

type Numbers = Readonly<Record<string, ArrayLike<number> | undefined>>;

/** Reads cost − limit · amount at every step, in units of the deviation of its discounted sum, and adds costs up. */
export class CostChannel {
  readonly #options: ConstraintOptions;
  readonly #scale: ReturnScale;
  readonly #excess: Float64Array;
  #costs = 0;
  #amounts = 0;

  constructor(options: ConstraintOptions, numEnvs: number, gamma: number) {
    this.#options = options;
    this.#scale = new ReturnScale(numEnvs, gamma);
    this.#excess = new Float64Array(numEnvs);
  }

  /** Reads one step's. @throws InvalidOptionError where infos lack a key */
  read(stream: EnvStream, into: Float64Array): void {
    const { costKey, perKey, costLimit } = this.#options;
    for (let env = 0; env < into.length; env++) {
      const [cost, amount] = [readInfo(stream, costKey, env), perKey === null ? 1 : readInfo(stream, perKey, env)];
      this.#costs += cost;
      this.#amounts += amount;
      this.#excess[env] = cost - costLimit * amount;
    }
    const hasEnded = (env: number): boolean => stream.terminations[env] === 1 || stream.truncations[env] === 1;
    this.#scale.scale(this.#excess, hasEnded, into);
  }

  /** The mean cost, or share, since the last call; 0 where nothing came. */
  take(): number {
    const share = this.#amounts > 0 ? this.#costs / this.#amounts : 0;
    [this.#costs, this.#amounts] = [0, 0];
    return share;
  }

  get state(): ReturnScaleState {
    return this.#scale.state;
  }

  set state(state: ReturnScaleState) {
    this.#scale.state = state;
  }
}

/** One environment's number in the infos of a step; those of an episode's last step are in `finalInfo`. */
function readInfo({ infos }: EnvStream, key: string, env: number): number {
  const { finalInfo, _finalInfo } = infos as { readonly finalInfo?: Numbers; readonly _finalInfo?: Uint8Array };
  const source = _finalInfo?.[env] === 1 ? finalInfo! : (infos as Numbers);
  const value = source[key]?.[env];
  if (typeof value === "number") return value;
  throw new InvalidOptionError("costKey and perKey", `keys of infos (${Object.keys(infos).join(", ")})`, key);
}
