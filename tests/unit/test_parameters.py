"""Parameters of a run: strict types, all problems at once, nothing that runs."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_study import notebook

from socdialog.errors import UsageError
from socdialog.parameters import (
    NAMES,
    check_parameters,
    checked,
    declared,
    study_countries,
    unknown_injected,
)

TAKEN = "give a year (2018), month ('2018-05') or day ('2018-05-12')"
STUDY = ("AZE", "KAZ", "TUR")


def problems(**values: object) -> tuple[str, ...]:
    with pytest.raises(UsageError) as refused:
        checked(values, known=STUDY)
    assert refused.value.exit_code == 2
    return refused.value.details


def test_good_values_come_back_as_they_are() -> None:
    found = checked({"countries": ["TUR", "AZE"], "since": 2010, "until": None, "edition": "2026-11"}, known=STUDY)
    assert found.values() == {
        "country": None,
        "countries": ("AZE", "TUR"),
        "since": 2010,
        "until": None,
        "edition": "2026-11",
        "with_people": False,
    }


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"contry": "KAZ"}, "'contry' is not a known parameter; did you mean 'country'?"),
        ({"country": "kaz"}, "country: 'kaz' is not a known country; did you mean 'KAZ'?"),
        ({"country": 7}, "country: 7 is not a code in quotes, such as 'AZE'"),
        ({"country": "DEU"}, "country: DEU (Germany) is not a country of this study; it has AZE, KAZ, TUR"),
        ({"countries": "KAZ"}, "countries: 'KAZ' is not a list of codes; write ['AZE']"),
        ({"countries": ["KAZ", "KAZ"]}, "countries: 'KAZ' is repeated"),
        ({"since": "007"}, f"since: '007' is not a date; {TAKEN}"),
        ({"since": "٢٠١٠"}, f"since: '٢٠١٠' is not a date; {TAKEN}"),
        ({"since": "1e3"}, f"since: '1e3' is not a date; {TAKEN}"),
        ({"until": True}, f"until: True is not a date; {TAKEN}"),
        ({"since": 2010.0}, f"since: 2010.0 is not a date; {TAKEN}"),
        ({"since": 7}, f"since: 7 is not a date; {TAKEN}"),
        (
            {"since": "2020-05", "until": 2010},
            "since: 2020-05 is later than until, 2010; give the earlier date as since",
        ),
        ({"edition": "soon"}, "edition: 'soon' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"edition": 2026}, "edition: 2026 is not a date in quotes; write YYYY, YYYY-MM or YYYY-MM-DD"),
        ({"with_people": "no"}, "with_people: 'no' is neither True nor False"),
        ({"with_people": 0}, "with_people: 0 is neither True nor False"),
    ],
)
def test_each_mistake_is_one_line(values: dict[str, object], said: str) -> None:
    assert problems(**values) == (said,)


def test_all_mistakes_are_told_at_once() -> None:
    assert len(problems(contry="KAZ", country="KAX", since="20", until="x", edition="soon", with_people=1)) == 6


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (2010, 2010),
        ("2010", 2010),
        ("2018-05", "2018-05"),
        (date(2018, 5, 12), "2018-05-12"),
        (datetime(2018, 5, 12, 7), "2018-05-12"),
    ],
)
def test_a_page_is_built_with_one_form_of_a_date_however_it_was_given(given: object, value: int | str) -> None:
    found = checked({"since": given, "until": given}, known=STUDY)
    assert (found.since, found.until) == (value, value)
    assert checked(found.values(), known=STUDY) == found


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from([*NAMES, "other"]), st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text())
    )
)
def test_whatever_is_given_is_right_or_refused(values: dict[str, object]) -> None:
    try:
        found = checked(values, known=STUDY)
    except UsageError:
        return
    values = {name: str(value) if name in {"since", "until"} and value else value for name, value in values.items()}
    kept = {
        name: str(value) if name in {"since", "until"} and value else value for name, value in found.values().items()
    }
    assert {name: value for name, value in kept.items() if name in values} == {
        name: tuple(sorted(value)) if isinstance(value, list) else value for name, value in values.items()
    }


def test_the_parameters_cell_is_read_and_not_run(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(notebook('country: str = "KAZ"\n# a remark\nuntil: int | None = None\ncountries: list[str] = []'))
    assert declared(path) == {"country": "KAZ", "until": None, "countries": ()}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("country = 'KAZ'", "line 1: `country = 'KAZ'` is not `name: type = literal`"),
        ("since: int = 2000 + 10", "line 1: `since: int = 2000 + 10` is not `name: type = literal`"),
        ("import os", "line 1: `import os` is not `name: type = literal`"),
        ("contry: str = 'KAZ'", "line 1: 'contry' is not a known parameter; did you mean 'country'?"),
    ],
)
def test_a_parameters_cell_with_anything_else_is_refused(tmp_path: Path, source: str, said: str) -> None:
    path = tmp_path / "a.ipynb"
    path.write_text(notebook(source))
    with pytest.raises(UsageError) as refused:
        declared(path)
    assert refused.value.details == (said,)


def test_the_shipped_notebooks_declare_what_a_run_gives() -> None:
    folder = Path(__file__).parents[2] / "notebooks"
    years = {"since": None, "until": None, "edition": "", "with_people": False}
    assert declared(folder / "country_profile.ipynb") == {"country": "KAZ", **years}
    assert declared(folder / "regional_comparison.ipynb") == {"countries": (), **years}


def test_countries_come_from_the_study(raw_folder: Path, tmp_path: Path) -> None:
    found = study_countries(raw_folder)
    assert (len(found), found["TUR"]) == (9, "Türkiye")
    with pytest.raises(UsageError, match="cannot be read"):
        study_countries(tmp_path)


PARAMETERS = 'country: str = "KAZ"\nsince: int = 2010\nuntil: int | None = None'
FIRST = "import socdialog as sd\n\nsd.check_parameters()"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["", PARAMETERS, '# Parameters\ncontry = "KAZ"\n', FIRST], ["'contry'", "did you mean 'country'?"]),
        (["", PARAMETERS, '# Parameters\ncountries = ["KAZ"]\n', FIRST], ["did you mean 'country'?"]),
        (
            ["", PARAMETERS, '# Parameters\ncountry = "KAZ"\nfoo = 1\n', FIRST],
            ["'foo'", "known: country, since, until"],
        ),
        # Nothing but the remark tells it from a cell of one's own where the notebook declares nothing.
        (["", '# Parameters\ncontry = "KAZ"\n', FIRST], ["did you mean 'country'?"]),
        (["", "topic = 'wages'", "# Parameters\ntopci = 'pay'\n", FIRST], ["did you mean 'topic'?"]),
        # The same notebook, its wrong cell run twice: the first one declares nothing.
        (["", PARAMETERS, "# Parameters\nyear = 1", FIRST, "# Parameters\nyear = 1", FIRST], ["'year'"]),
    ],
)
def test_an_injected_parameter_that_nobody_declares_is_refused(cells: list[str], said: list[str]) -> None:
    (line,) = unknown_injected(cells)
    for part in said:
        assert part in line


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [""],
        ["", FIRST],
        ["", PARAMETERS, FIRST],
        ["", PARAMETERS, '# Parameters\nuntil = 2015\ncountry = "TUR"\n', FIRST],
        ["", '# Parameters\ncountry = "TUR"\n', FIRST],
        ["", "topic = 'wages'", "# Parameters\ntopic = 'pay'\n", FIRST],
        # What a person sets is no parameter, whatever it is and wherever.
        ["", "mine = 1", PARAMETERS, "also_mine = 2", FIRST],
        ["", PARAMETERS, "# Parameters\nmine: int = 1", FIRST],
        ["", PARAMETERS, "# Parameters\nmine = 1\nprint(mine)", FIRST],
        ["", PARAMETERS, "# Parameters\nmine += 1", FIRST],
        ["", PARAMETERS, "# Parameters\na.b = 1", FIRST],
        ["", PARAMETERS, "# Parameters\na = b = 1", FIRST],
        ["", PARAMETERS, "# Parameters\n%time x = 1", FIRST],
        # Corrected and run once more; or removed.
        ["", PARAMETERS, "# Parameters\nyear = 1", FIRST, '# Parameters\ncountry = "TUR"', FIRST],
        ["", PARAMETERS, "# Parameters\nyear = 1", FIRST, FIRST],
    ],
)
def test_what_is_declared_or_set_by_a_person_is_not_refused(cells: list[str]) -> None:
    assert unknown_injected(cells) == []


def test_outside_a_notebook_no_parameter_is_refused() -> None:
    check_parameters()
