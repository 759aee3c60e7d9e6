"""Compare what the shipped study publishes with the net, or freeze it: ``python -m tests.net [--freeze WHY]``."""

# ruff: noqa: T201 - a command line prints

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.net import frozen, shipped

EXPLAINED = Path(__file__).parent / "explained.md"


def main() -> int:
    """Print what was lost and gained; with ``--freeze`` keep it as the new net, explained by one line."""
    parser = argparse.ArgumentParser(prog="tests.net", description=__doc__, allow_abbrev=False)
    parser.add_argument("--freeze", metavar="WHY", help="write the net and explain the change in explained.md")
    args = parser.parse_args()
    if args.freeze is not None and not args.freeze.strip():
        parser.error("--freeze needs a reason, such as --freeze 'the source corrected its figure'")
    with tempfile.TemporaryDirectory() as folder:
        data = shipped.frozen(Path(folder, "snapshot"))
        profiles = shipped.every_profile(data)
        shipped.write(Path(folder, "site"), data, profiles)
        now = frozen.cast(profiles, Path(folder, "site"))
    found = frozen.differences(frozen.read(), now) if frozen.FOLDER.is_dir() else []
    print("\n".join(found) or "nothing lost, nothing gained")
    if args.freeze is None:
        return int(bool(found))
    heads = [line for line in found if not line.startswith(" ")]
    frozen.write(now)
    with EXPLAINED.open("a", encoding="utf-8") as out:
        out.write(f"- {frozen.seal()}: {' '.join(args.freeze.split())} ({'; '.join(heads) or 'no difference'})\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
