"""Why an answer of a statistical service, or a file of one, is not kept: a named cause and a way out."""

from __future__ import annotations

from socdialog.errors import SocdialogError

#: What can be done when the service itself cannot be asked.
BY_HAND = "download the file in a browser, then: socdialog import FILE --as ilostat --vintage DATE"


class SourceError(SocdialogError):
    """An answer or a file that is not kept; nothing was written.

    Parameters
    ----------
    cause
        Short name of the cause, the same for every address and file.
    title, hint
        As for every error of the project.
    again
        Whether asking once more may give another answer.
    wait
        Seconds that the service asks to wait before; None = not stated.
    """

    exit_code = 1

    def __init__(self, cause: str, title: str, *, hint: str = "", again: bool = False) -> None:
        super().__init__(title, hint=hint)
        self.cause, self.again = cause, again
        self.wait: float | None = None
