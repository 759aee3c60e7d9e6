"""Damage copies of the shipped study at random and hold the commands to their contract: ``python -m tests.fuzz``."""

# ruff: noqa: T201 - a command line prints

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.fuzz.contract import hold
from tests.fuzz.mutations import Mutation
from tests.smaller_study import smaller_study

SHIPPED = Path(__file__).parents[2] / "data" / "raw"


def main() -> int:
    """Run the mutations and print counts and every violation with its seed."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--mutations", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1, help="of the first mutation; each further one adds 1")
    parser.add_argument(
        "--clean", type=int, default=1, metavar="N", help="write the tables of every N-th without errors"
    )
    parser.add_argument(
        "--pages", type=int, default=8, metavar="N", help="make pages of every N-th study without errors"
    )
    parser.add_argument(
        "--sites", type=int, default=80, metavar="N", help="build a site of every N-th of them; 0 = never"
    )
    parser.add_argument(
        "--whole", type=int, default=20, metavar="N", help="every N-th on the whole data, else two countries"
    )
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after this time")
    args = parser.parse_args()
    counts: Counter[str] = Counter()
    violations: Counter[str] = Counter()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        smaller = smaller_study(SHIPPED, folder / "smaller", about=frozenset({"KGZ", "TJK"}))
        sound = 0
        for seed in range(args.seed, args.seed + args.mutations):
            if time.monotonic() - began > args.seconds:
                break
            dice = random.Random(seed)  # noqa: S311 - no secret
            data = folder / dice.choice(["data", "data", "data", "survey [2026]", "a{b,c}", "*", "two\nlines", "é 'x'"])
            shutil.copytree(SHIPPED if seed % args.whole == 0 else smaller, data / "raw")
            done = [Mutation(data / "raw", dice).apply() for _ in range(dice.choice([1, 1, 1, 2, 3]))]
            clean = args.clean > 0 and sound % args.clean == 0
            pages = int(args.pages > 0 and sound % args.pages == 0)
            outcome = hold(
                data, clean=clean, pages=pages, sites=args.sites > 0 and sound % args.sites == args.sites - 1
            )
            sound += outcome.reached not in {"errors", "nothing"}
            counts[outcome.reached] += 1
            if outcome.violation:
                violations[outcome.violation[:160]] += 1
                print(f"seed {seed} in {data.name!r}: {'; '.join(done)}\n    {outcome.violation}", flush=True)
            for left in folder.iterdir():
                if left != smaller.parent:
                    shutil.rmtree(left, ignore_errors=True)
    seconds = time.monotonic() - began
    print(f"{sum(counts.values())} studies in {seconds:.0f} s, by how far they came: {dict(counts)}")
    print(f"{sum(violations.values())} violations of {len(violations)} kinds", *violations.most_common(), sep="\n")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
