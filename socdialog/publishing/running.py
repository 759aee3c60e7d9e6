"""Run one notebook through papermill in this process. The only module that knows papermill.

The engine runs the cells in the interpreter that runs this code, whatever kernels the machine has;
the same notebook runs the same way with ``papermill`` and an ordinary kernel.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from pathlib import Path

import papermill
from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines

from socdialog.publishing.notebook_shell import new_shell

_ENGINE = "socdialog"


class _InProcess(Engine):  # type: ignore[misc]
    """Executes the cells one after another in this process and stops at the first error."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: NotebookExecutionManager, kernel_name: str, **_: object) -> None:
        del kernel_name
        shell = new_shell()
        executed = Path(nb_man.output_path)
        for cell in nb_man.nb.cells:
            if cell.cell_type != "code" or not cell.source.strip():
                continue
            # What ran so far, should this cell end the process. papermill's own way, twice a cell, costs as much as
            # the cells do; what it would say of the clock and of each cell is not kept anyway.
            executed.write_text(json.dumps(nb_man.nb), encoding="utf-8")
            number, outputs, good = shell.run(cell.source)
            cell.execution_count = number
            cell.outputs = [NotebookNode(output) for output in outputs]  # type: ignore[no-untyped-call]
            if not good:
                break


papermill_engines.register(_ENGINE, _InProcess)


def run_notebook(notebook: Path, executed: Path, *, parameters: Mapping[str, object], folder: Path) -> None:
    """Run `notebook` with `parameters` in the working folder `folder`; write it to `executed` as it goes.

    Parameters become what JSON makes of them: papermill would write a tuple as the text "(1, 2)".

    Raises
    ------
    papermill.PapermillExecutionError
        When a cell fails; `executed` then holds what ran.
    """
    logging.getLogger("papermill").setLevel(logging.ERROR)
    papermill.execute_notebook(
        _literal(notebook),
        _literal(executed),
        parameters=json.loads(json.dumps(dict(parameters))),
        engine_name=_ENGINE,
        kernel_name="python3",
        language="python",
        progress_bar=False,
        cwd=folder,
    )


def _literal(path: Path) -> str:
    """Return a path as papermill takes it: braces in it would name a parameter."""
    return str(path).replace("{", "{{").replace("}", "}}")
