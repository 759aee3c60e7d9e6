"""Change modules in small wrong ways and hold their unit tests to notice: ``python -m tests.mutation``."""

# ruff: noqa: T201 - a command line prints

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.mutation.operators import mutants
from tests.mutation.running import ROOT, baseline, outcomes, path_of, warm_up

FOLDER = Path(__file__).parent
RESULTS = ROOT / ".mutation"
#: The part of the mutants that are not equivalent that must be killed, module by module.
WANTED = 0.9


def main() -> int:
    """Run the mutants of the chosen modules, print a table and every survivor; return 1 below the mark."""
    modules: dict[str, list[str]] = yaml.safe_load((FOLDER / "modules.yaml").read_text(encoding="utf-8"))
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__, allow_abbrev=False)
    parser.add_argument("--module", action="append", choices=sorted(modules), help="test only this module; repeatable")
    parser.add_argument("--jobs", type=int, default=2, help="mutants tested at one time (default: 2)")
    parser.add_argument("--fresh", action="store_true", help="forget the results of earlier runs")
    parser.add_argument(
        "--survivors", action="store_true", help="test only what survived the last run, and trust what it killed"
    )
    args = parser.parse_args()
    warm_up()
    excused: dict[str, dict[str, str]] = yaml.safe_load((FOLDER / "equivalent.yaml").read_text(encoding="utf-8"))
    reports = []
    for module in args.module or modules:
        tests = tuple(modules[module])
        known = {} if args.fresh else _earlier(module, tests, killed_only=args.survivors)
        reports.append(_test(module, tests, known, excused.get(module, {}), jobs=args.jobs))
    print(f"\n{'module':45} mutants killed (late) equivalent survived   rate     s")
    for report in reports:
        print(
            f"{report['module']:45} {report['mutants']:7} {report['killed']:6} {report['timeout']:6} "
            f"{report['equivalent']:10} {len(report['survivors']):8} {report['rate']:6.1%} {report['seconds']:5.0f}"
        )
    (RESULTS / "summary.json").write_text(json.dumps(reports, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return int(any(report["rate"] < WANTED or report["stale"] for report in reports))


def _test(
    module: str, tests: tuple[str, ...], known: dict[str, str], excused: dict[str, str], *, jobs: int
) -> dict[str, Any]:
    """Test the mutants of one module whose outcome is not known yet; excused ones are not run."""
    began = time.monotonic()
    source = path_of(module).read_text(encoding="utf-8")
    lines = {mutant.name: mutant.line for mutant in mutants(source)}
    found = {name: outcome for name, outcome in known.items() if name in lines and name not in excused}
    open_ones = lines.keys() - found.keys() - excused.keys()
    print(f"{module}: {len(lines)} mutants, {len(open_ones)} to test", flush=True)
    if open_ones:
        limit = 10 + 5 * baseline(module, tests)
        chosen = (mutant for mutant in mutants(source) if mutant.name in open_ones)
        for mutant, outcome in outcomes(module, chosen, tests, jobs=jobs, limit=limit):
            found[mutant.name] = outcome
            _remember(module, tests, found)
    survivors = sorted(name for name, outcome in found.items() if outcome == "survived")
    for name in sorted(survivors, key=lambda name: (lines[name], name)):
        print(f"  survived: {path_of(module).relative_to(ROOT)}:{lines[name]}: {name}")
    stale = sorted(excused.keys() - lines.keys())
    for name in stale:
        print(f"  equivalent.yaml names a mutant that no longer exists; remove it: {name}")
    counted = len(lines) - len(excused.keys() & lines.keys())
    return {
        "module": module,
        "mutants": len(lines),
        "killed": sum(outcome == "killed" for outcome in found.values()),
        "timeout": sum(outcome == "timeout" for outcome in found.values()),
        "equivalent": len(lines) - counted,
        "survivors": survivors,
        "stale": stale,
        "rate": 1 - len(survivors) / counted if counted else 1.0,
        "seconds": time.monotonic() - began,
    }


@cache
def _digest(module: str, tests: tuple[str, ...]) -> str:
    """Return a digest of all that decides an outcome: the package, its tests and these tools."""
    files = sorted(path for path in (ROOT / "socdialog").rglob("*") if path.suffix in {".py", ".yaml"})
    folders = sorted({path for test in tests for path in (ROOT / test.split("::")[0]).parent.glob("*.py")})
    digest = hashlib.sha256(module.encode())
    for path in (*files, *folders, *sorted(FOLDER.glob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _remember(module: str, tests: tuple[str, ...], found: dict[str, str]) -> None:
    RESULTS.mkdir(exist_ok=True)
    content = {"digest": _digest(module, tests), "outcomes": dict(sorted(found.items()))}
    path = RESULTS / f"{module}.json"
    # Whole or not at all: a run may be stopped at any moment.
    path.with_suffix(".new").write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    path.with_suffix(".new").replace(path)


def _earlier(module: str, tests: tuple[str, ...], *, killed_only: bool) -> dict[str, str]:
    """Return the outcomes of an interrupted or earlier run that still hold."""
    path = RESULTS / f"{module}.json"
    if not path.exists():
        return {}
    content = json.loads(path.read_text(encoding="utf-8"))
    if killed_only:
        return {name: outcome for name, outcome in content["outcomes"].items() if outcome != "survived"}
    return dict(content["outcomes"]) if content["digest"] == _digest(module, tests) else {}


if __name__ == "__main__":
    sys.exit(main())
