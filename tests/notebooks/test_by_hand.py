"""The shipped notebooks, run by hand with an ordinary kernel from any folder, and what they refuse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_study import ROOT

import socdialog as sd
from socdialog.errors import UsageError

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def papermill(cleaned: Path, folder: Path, *parameters: str, notebook: str = "country_profile") -> tuple[int, str]:
    """Run a shipped notebook as a person does; return the exit code and what was said."""
    command = [sys.executable, "-m", "papermill", str(ROOT / "notebooks" / f"{notebook}.ipynb"), "out.ipynb"]
    given = [
        word for name, value in zip(parameters[::2], parameters[1::2], strict=True) for word in ("-p", name, value)
    ]
    ended = subprocess.run(
        [*command, "-k", "python3", *given],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SOCDIALOG_DATA": str(cleaned)},
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stderr


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_source_notebooks_carry_no_outputs(path: Path) -> None:
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert cells
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)


def test_papermill_by_hand(cleaned: Path, tmp_path: Path) -> None:
    code, said = papermill(cleaned, tmp_path, "country", "TKM", "since", "2015-03", "until", "2026-05-12")
    assert code == 0, said
    shown = (tmp_path / "out.ipynb").read_text(encoding="utf-8")
    assert "Turkmenistan" in shown
    assert "March 2015 to 12 May 2026" in shown
    assert "Passed unknown parameter: since" not in said


#: More that is wrong with the profile of a country; the tests of parameters look at each.
MORE_WRONG = (
    (("country", "DEU"), "DEU (Germany) is not a country of this study"),
    (("country", "TKM", "since", "abc"), "since: 'abc' is not a date"),
    (("country", "TKM", "with_people", "no"), "with_people: 'no' is neither True nor False"),
)


@pytest.mark.parametrize(
    ("notebook", "parameters", "said"),
    [
        ("country_profile", ("contry", "TKM"), "'contry' is not a known parameter; did you mean 'country'?"),
        ("regional_comparison", ("country", "KAZ"), "'country' is not a known parameter; did you mean 'countries'?"),
        *(pytest.param("country_profile", *wrong, marks=pytest.mark.long) for wrong in MORE_WRONG),
    ],
)
def test_a_wrong_parameter_by_hand_fails_with_the_nearest_right_one(
    cleaned: Path, tmp_path: Path, notebook: str, parameters: tuple[str, ...], said: str
) -> None:
    code, errors = papermill(cleaned, tmp_path, *parameters, notebook=notebook)
    assert code == 1
    assert said in errors


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if path.stem != "tour"], ids=lambda path: path.stem)
def test_a_notebook_looks_at_its_parameters_before_it_does_anything(path: Path) -> None:
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert "parameters" in cells[0]["metadata"]["tags"]
    lines = "".join(cells[1]["source"]).splitlines()
    assert lines.index("sd.check_parameters()") < min(n for n, line in enumerate(lines) if line.startswith("profile"))


def test_a_profile_refuses_what_a_build_refuses_all_at_once(cleaned: Path) -> None:
    with pytest.raises(UsageError) as refused:
        sd.country_profile("DEU", since="no", until=True, edition="soon", data=cleaned)  # type: ignore[arg-type]
    said = "\n".join(refused.value.details)
    for line in (
        "DEU (Germany) is not a country",
        "since: 'no' is not a date",
        "until: True is not a date",
        "edition: 'soon'",
    ):
        assert line in said
    with pytest.raises(UsageError, match="parameters") as refused:
        sd.country_profile("KAZ", since=2020, until=2010, data=cleaned)
    assert "since: 2020 is later than until, 2010" in refused.value.details[0]
    with pytest.raises(UsageError) as refused:
        sd.regional_comparison(["KAZ", "FRA", "DEU"], since=2010.5, data=cleaned)  # type: ignore[arg-type]
    assert len(refused.value.details) == 3
    with pytest.raises(UsageError):
        sd.country_profile(None, data=cleaned)  # type: ignore[arg-type]
