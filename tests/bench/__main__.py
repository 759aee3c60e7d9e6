"""Run benches one after the other: ``python -m tests.bench [name ...]``; no name runs all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
NAMES = sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))


def main(wanted: list[str]) -> int:
    """Run the benches `wanted`; return 2 for an unknown name, else 1 where any missed its mark."""
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        print(f"no such bench: {', '.join(unknown)}; there are: {', '.join(NAMES)}", file=sys.stderr)  # noqa: T201
        return 2
    codes = []
    for name in wanted or NAMES:
        print(f"== {name}", flush=True)  # noqa: T201
        codes.append(subprocess.run([sys.executable, "-m", f"tests.bench.bench_{name}"], check=False).returncode)
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
