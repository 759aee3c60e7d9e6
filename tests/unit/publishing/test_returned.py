"""Only the notebook that was sent comes back, whatever else a worker says; its outputs are data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from small_study import notebook

from socdialog.errors import DataError
from socdialog.publishing.executor import Task
from socdialog.publishing.returned import refuse_other_cells

SENT = notebook("country: str = 'KAZ'\nyears: list[int] = []", "country")
TASK = Task("UZB", SENT.encode(), {"country": "UZB", "years": (2010, 2020), "note": None, "deep": True}, Path())
INJECTED = '# Parameters\ncountry = "UZB"\nyears = [2010, 2020]\nnote = None\ndeep = True\n'


def executed(*, injected: str | list[str] = INJECTED, sources: tuple[str, ...] | None = None) -> dict[str, Any]:
    """What papermill makes of the notebook: its cells, and one with the parameters after the first."""
    content = json.loads(SENT)
    first, *others = content["cells"]
    given = {"cell_type": "code", "metadata": {"tags": ["injected-parameters"]}, "source": injected, "outputs": []}
    content["cells"] = [first, given, *others]
    for cell, source in zip([first, *others], sources or (), strict=sources is not None):
        cell["source"] = source
    return content


def test_the_notebook_that_was_sent_is_taken_in_either_form_of_its_lines() -> None:
    refuse_other_cells(TASK, executed())
    refuse_other_cells(TASK, executed(injected=INJECTED.splitlines(keepends=True)))


@pytest.mark.parametrize(
    ("returned", "reason"),
    [
        (executed(sources=("country: str = 'KAZ'\nyears: list[int] = []", "'UZB'")), "its cells differ"),
        ({**executed(), "cells": executed()["cells"][:-1]}, "its cells differ"),
        ({**executed(), "cells": [*executed()["cells"], executed()["cells"][-1]]}, "its cells differ"),
        ({**executed(), "cells": executed()["cells"][::-1]}, "its cells differ"),
        (executed(injected=INJECTED.replace("UZB", "TKM")), "its parameters differ"),
        (executed(injected=INJECTED.replace("True", "1.5")), "its parameters differ"),
        (executed(injected=INJECTED + "more = 1\n"), "its parameters differ"),
        (executed(injected=INJECTED + "import os\n"), "no executed notebook"),
        (executed(injected=INJECTED + "more = open('x')\n"), "no executed notebook"),
        (executed(injected=INJECTED + "a, b = 1, 2\n"), "no executed notebook"),
        (executed(injected="((" * 5000), "no executed notebook"),
        ({}, "no executed notebook"),
        ({"cells": [1]}, "no executed notebook"),
        ({"cells": "x"}, "no executed notebook"),
        ({"cells": [{"cell_type": "code", "source": 1}]}, "no executed notebook"),
    ],
)
def test_another_notebook_is_refused(returned: dict[str, Any], reason: str) -> None:
    with pytest.raises(DataError, match=reason):
        refuse_other_cells(TASK, returned)
