"""Writes what Gymnasium 1.3.0 and NumPy draw, for `npm run check:gymnasium -- FILE`.

Usage, with `pip install gymnasium==1.3.0 numpy`: python scripts/gymnasium-golden.py FILE SEED...
"""

import json
import sys

import gymnasium
import numpy as np
from gymnasium.spaces import (
    Box,
    Dict,
    Discrete,
    Graph,
    MultiBinary,
    MultiDiscrete,
    OneOf,
    Sequence,
    Text,
    Tuple,
)
from gymnasium.spaces.utils import flatdim, flatten

DRAWS = {
    "random": lambda rng: [rng.random() for _ in range(8)],
    "uniform(-3,5)": lambda rng: [rng.uniform(-3, 5) for _ in range(8)],
    "normal": lambda rng: [rng.normal() for _ in range(16)],
    "exponential": lambda rng: [rng.exponential() for _ in range(16)],
    "geometric(0.25)": lambda rng: [rng.geometric(0.25) for _ in range(16)],
    "poisson(3)": lambda rng: [rng.poisson(3) for _ in range(16)],
    "poisson(300)": lambda rng: [rng.poisson(300) for _ in range(16)],
    "integers(2)": lambda rng: [rng.integers(2) for _ in range(12)],
    "integers(5)": lambda rng: [rng.integers(5) for _ in range(12)],
    "integers(7)": lambda rng: [rng.integers(7) for _ in range(12)],
    "integers(1000)": lambda rng: [rng.integers(1000) for _ in range(12)],
    "integers(2147483647)": lambda rng: [rng.integers(2147483647) for _ in range(12)],
    "integers(8589934597)": lambda rng: [rng.integers(8589934597) for _ in range(12)],
    "integers(-5,6)": lambda rng: [rng.integers(-5, 6) for _ in range(12)],
    "integers(0,2,size=9,dtype=int8)": lambda rng: rng.integers(0, 2, size=9, dtype=np.int8),
    "permutation(10)": lambda rng: rng.permutation(10),
    "choice(6)x8": lambda rng: [rng.choice(6) for _ in range(8)],
    "choice(4,p=.1.2.3.4)x8": lambda rng: [rng.choice(4, p=[0.1, 0.2, 0.3, 0.4]) for _ in range(8)],
    "interleaved: integers(10),random,integers(10),normal,integers(3)": lambda rng: [
        rng.integers(10),
        rng.random(),
        rng.integers(10),
        rng.normal(),
        rng.integers(3),
    ],
}

SEQUENCES = {
    "SeedSequence.generate_state(8,uint32)": lambda sequence: sequence.generate_state(8, np.uint32),
    "SeedSequence.spawn(3) generate_state(2)": lambda sequence: [
        child.generate_state(2) for child in sequence.spawn(3)
    ],
}

INF = np.inf
SPACES = {
    "Box(-1,1,(3,))": lambda: Box(-1, 1, (3,)),
    "Box(low=[0,-inf,-2,-inf],high=[1,inf,inf,4],float32)": lambda: Box(
        np.array([0, -INF, -2, -INF], np.float32), np.array([1, INF, INF, 4], np.float32)
    ),
    "Box(0,255,(2,2),uint8)": lambda: Box(0, 255, (2, 2), np.uint8),
    "Box(-10,10,(4,),int64)": lambda: Box(-10, 10, (4,), np.int64),
    "Box(0,1,(2,),float64)": lambda: Box(0, 1, (2,), np.float64),
    "Discrete(5)": lambda: Discrete(5),
    "Discrete(7,start=-3)": lambda: Discrete(7, start=-3),
    "MultiDiscrete([3,2,9])": lambda: MultiDiscrete([3, 2, 9]),
    "MultiDiscrete([[2,3],[4,5]],start=[[1,0],[0,-1]])": lambda: MultiDiscrete(
        np.array([[2, 3], [4, 5]]), start=np.array([[1, 0], [0, -1]])
    ),
    "MultiBinary(6)": lambda: MultiBinary(6),
    "MultiBinary([2,3])": lambda: MultiBinary([2, 3]),
    "Text(6)": lambda: Text(6),
    "Text(8,min_length=3,charset=abc)": lambda: Text(8, min_length=3, charset="abc"),
    "Dict(a=Discrete(3),b=Box(0,1,(2,)))": lambda: Dict(a=Discrete(3), b=Box(0, 1, (2,))),
    "Dict({'z':Discrete(3),'a':Dict(MultiBinary(2))})": lambda: Dict(
        {"z": Discrete(3), "a": Dict({"m": MultiBinary(2)})}
    ),
    "Tuple(Discrete(4),Box(-1,1,(2,)),Tuple(Discrete(2)))": lambda: Tuple(
        (Discrete(4), Box(-1, 1, (2,)), Tuple((Discrete(2),)))
    ),
    "Sequence(Discrete(4))": lambda: Sequence(Discrete(4)),
    "Sequence(Box(0,1,(2,)),stack=True)": lambda: Sequence(Box(0, 1, (2,)), stack=True),
    "OneOf(Discrete(3),Box(0,1,(2,)))": lambda: OneOf((Discrete(3), Box(0, 1, (2,)))),
    "Graph(Box(0,1,(2,)),Discrete(3))": lambda: Graph(Box(0, 1, (2,)), Discrete(3)),
    "Graph(Discrete(4),None)": lambda: Graph(Discrete(4), None),
}


def bits(*values):
    return np.array(values, np.int8)


MASKED = {
    "Discrete(5) mask [0,1,0,1,1]": (lambda: Discrete(5), {"mask": bits(0, 1, 0, 1, 1)}),
    "Discrete(5) mask zeros": (lambda: Discrete(5), {"mask": bits(0, 0, 0, 0, 0)}),
    "Discrete(4,start=2) probability [.1,.2,.3,.4]": (
        lambda: Discrete(4, start=2),
        {"probability": np.array([0.1, 0.2, 0.3, 0.4])},
    ),
    "MultiDiscrete([3,2]) mask ([1,0,1],[0,1])": (
        lambda: MultiDiscrete([3, 2]),
        {"mask": (bits(1, 0, 1), bits(0, 1))},
    ),
    "MultiBinary(4) mask [0,1,2,2]": (lambda: MultiBinary(4), {"mask": bits(0, 1, 2, 2)}),
}


def plain(value):
    """A value as JSON can hold it."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return value.item()
    if hasattr(value, "_asdict"):
        return {key: plain(part) for key, part in value._asdict().items()}
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value


def golden_space(make, seed):
    space = make()
    golden = {"seed_returned": plain(space.seed(seed))}
    samples = [space.sample() for _ in range(6)]
    golden["samples"] = plain(samples)
    golden["to_jsonable"] = plain(space.to_jsonable(samples[:3]))
    if space.is_np_flattenable:
        golden["flatdim"] = flatdim(space)
        golden["flatten"] = [plain(flatten(space, sample)) for sample in samples[:3]]
    golden["repr"] = str(space)
    return golden


def golden_masked(make, options, seed):
    space = make()
    space.seed(seed)
    return [plain(space.sample(**options)) for _ in range(10)]


def golden_seed(seed):
    draws = {name: plain(draw(np.random.default_rng(seed))) for name, draw in DRAWS.items()}
    sequences = {name: plain(draw(np.random.SeedSequence(seed))) for name, draw in SEQUENCES.items()}
    return {
        "rng": {**draws, **sequences},
        "spaces": {name: golden_space(make, seed) for name, make in SPACES.items()},
        "masked": {name: golden_masked(make, options, seed) for name, (make, options) in MASKED.items()},
    }


def main(file, *seeds):
    golden = {
        "gymnasium": gymnasium.__version__,
        "numpy": np.__version__,
        "seeds": {str(int(seed)): golden_seed(int(seed)) for seed in seeds},
    }
    with open(file, "w", encoding="utf-8") as stream:
        json.dump(golden, stream)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
