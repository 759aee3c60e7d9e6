"""The notebooks that a build runs: each is there, and takes what it is given."""

from __future__ import annotations

from collections.abc import Iterator

from socdialog.errors import UsageError
from socdialog.intake.problems import Problem
from socdialog.parameters import page_parameters, study_countries
from socdialog.store.study import COMPARISON, PROFILE, Notes, Study


def notebook_problems(study: Study, notes: Notes) -> Iterator[Problem]:
    """Report what would keep a notebook in the study's own folder from running.

    Those that every study has are the package's where the study keeps no copy of both.
    """
    try:
        known = study_countries(study.raw)
    except UsageError:
        return  # the checks of the table say why
    own = all((study.notebooks / one.file).is_file() for one in (COMPARISON, PROFILE))
    for notebook in notes.every_notebook(len(known)) if own else notes.notebooks:
        given = {"country": next(iter(known), None)} if notebook.run == "for_each_country" else {}
        try:
            page_parameters(study.notebooks / notebook.file, given, known=known)
        except UsageError as problem:
            for line in problem.details or (problem.title,):
                yield Problem(f"{study.notebooks.name}/{notebook.file}", 0, "", line, "error", "notebook")
