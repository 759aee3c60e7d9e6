"""Which tests run in one process, where several processes share the tests: those that share what is dear to make.

The mark ``xdist_group`` of pytest-xdist 3.8 says the same and has no effect under pytest 9.2, of which it tells nobody
(issue 1386 of pytest-xdist): each process then made each shared thing again. Whatever stands on the path of a test is
known where tests are given to processes, whichever versions meet.
"""

from __future__ import annotations

from collections.abc import Mapping

from xdist.scheduler import LoadScopeScheduling

#: What the paths of tests begin with, and what the tests share. All others run file by file.
TOGETHER: Mapping[str, str] = {
    # Studies of many kinds, and their pages.
    "tests/builds/test_shapes.py": "studies of many kinds",
    # Sites of the small study, and what they are built from.
    "tests/builds/": "builds",
    "tests/notebooks/": "builds",
    "tests/faults/": "faults",
    # The shipped study as it is published.
    "tests/net/": "shipped study",
    "tests/site/": "shipped study",
    "tests/data/test_pages_agree.py": "shipped study",
    "tests/unit/profiles/test_end_products.py": "shipped study",
    "tests/unit/publishing/test_plan.py": "shipped study",
    # The shipped study, read and cleaned.
    "tests/unit/loaders/": "cleaned study",
    # Seconds and memory are measured, which others must not disturb.
    "tests/project/test_bench_memory.py": "measured",
    "tests/unit/publishing/test_local.py": "measured",
    "tests/unit/publishing/test_running.py": "measured",
}


def scope_of(nodeid: str) -> str:
    """What a test runs together with: the name of what it shares, or its file."""
    path = nodeid.partition("::")[0]
    return next((shared for begin, shared in TOGETHER.items() if path.startswith(begin)), path)


class TogetherScheduling(LoadScopeScheduling):
    """Gives the tests that share something to one process, in the order in which they stand.

    Of that order the tests of whole sites come early and the many short ones late, so that no process waits long for
    the last one.
    """

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)
