"""Run the cells of a notebook inside this process, with the outputs a Jupyter kernel would give.

There is no transport, no port and no second process: whoever wants a fresh state forks one first.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import TextIOBase
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

Output = dict[str, Any]


class _Outputs:
    """The outputs of one cell, as nbformat writes them."""

    def __init__(self) -> None:
        self.found: list[Output] = []
        self.by_id: dict[str, Output] = {}

    def add(self, output: Output) -> None:
        last = self.found[-1] if self.found else {}
        if output["output_type"] == "stream" and last.get("output_type") == "stream" and last["name"] == output["name"]:
            last["text"] += output["text"]
        else:
            self.found.append(output)


class _Stream(TextIOBase):
    """What a cell prints."""

    def __init__(self, shell: NotebookShell, name: str) -> None:
        self._shell, self._name = shell, name

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if text:
            self._shell.outputs.add({"output_type": "stream", "name": self._name, "text": text})
        return len(text)


class _Publisher(DisplayPublisher):
    """Gives what a cell displays to the outputs of the cell."""

    def publish(
        self,
        data: dict[str, Any],
        metadata: dict[str, Any] | None = None,
        source: object = None,
        *,
        transient: Mapping[str, Any] | None = None,
        update: bool = False,
        **_: object,
    ) -> None:
        del source
        outputs = self.shell.outputs
        name = (transient or {}).get("display_id")
        if update and name in outputs.by_id:
            outputs.by_id[name].update(data=data, metadata=metadata or {})
            return
        output = {"output_type": "display_data", "data": data, "metadata": metadata or {}}
        if name is not None:
            outputs.by_id[name] = output
        outputs.add(output)

    def clear_output(self, wait: bool = False) -> None:
        del wait
        self.shell.outputs.found.clear()


class _Hook(DisplayHook):
    """Gives the value of a cell's last expression to the outputs of the cell."""

    def write_output_prompt(self) -> None:
        """Write nothing: a notebook has its prompt in the margin."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        assert isinstance(self.shell, NotebookShell)
        self.shell.outputs.add(
            {
                "output_type": "execute_result",
                "data": format_dict,
                "metadata": md_dict or {},
                "execution_count": self.prompt_count,
            }
        )

    def finish_displayhook(self) -> None:
        """Nothing to flush."""


class NotebookShell(InteractiveShell):
    """An interactive shell whose outputs are kept and not printed."""

    outputs = _Outputs()

    def init_io(self) -> None:
        """Leave the streams of the process alone."""

    def enable_gui(self, gui: object = None) -> None:
        """There is no window to show."""

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.outputs.add(
            {"output_type": "error", "ename": etype.__name__, "evalue": str(evalue), "traceback": list(stb)}
        )

    def run(self, source: str) -> tuple[int, list[Output], bool]:
        """Run one cell; return its number, its outputs and whether it went well."""
        self.outputs = _Outputs()
        with redirect_stdout(_Stream(self, "stdout")), redirect_stderr(_Stream(self, "stderr")):
            result = self.run_cell(source, store_history=True)  # type: ignore[no-untyped-call]
        return self.execution_count - 1, self.outputs.found, bool(result.success)


def new_shell() -> NotebookShell:
    """Return the shell of this process: no history on disk, no profile of the user, no colours."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    shell = NotebookShell.instance(config=config, display_pub_class=_Publisher, displayhook_class=_Hook)
    assert isinstance(shell, NotebookShell)
    sys.displayhook = shell.displayhook
    return shell
