"""Each public function × each wrong argument: one clear error. Each right way to write one: the same answer.

Loaders, charts, metrics over tables and formulas have suites of their own; all others are here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from inspect import isfunction, signature
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import polars as pl
import pytest
from polars.testing import assert_frame_equal

import socdialog as sd
from socdialog.errors import UsageError
from socdialog.loaders.fresh import clean_study
from socdialog.profiles import Profile
from socdialog.results import Result
from socdialog.sources.descriptions import keep_description
from tests.official import DENSITY, HEADER, csv, kept
from tests.official import study as official_study
from tests.smaller_study import smaller_study
from tests.unit.display.test_charts_arguments import RIGHT as CHARTS
from tests.unit.loaders.test_load_tables_arguments import LOADERS
from tests.unit.metrics.test_counting_arguments import FORMULAS
from tests.unit.metrics.test_metrics_arguments import METRICS

NAN = float("nan")
DATES = ("soon", "2018-13", True, 2018.5, NAN, pd.NaT, pd.NA, "", [2018])
SWITCH = ("no", 1, None)
TEXT = ("", " ", 5, None)
NUMBER = ("5", True, object())
SEVERAL = ("ab", 5, None, NAN, pd.NA, ["a"], [True])
#: What an error without a hint says of what would be right.
RIGHT_ONES = r"did you mean|; known: |whole number of \d|number between"
LISTS = ("Atlantis", ["KGZ", "Atlantis"], ["KGZ"], "KGZ", ["KGZ", "BRA"], ["KGZ", None], "", 5, True, NAN, pd.NA)
NO_TABLE = ("events", 5, None, [1], pl.DataFrame({"nothing": [1]}))
SERIES = pl.DataFrame(
    {
        "area": ["KAZ"] * 2,
        "freq": ["A"] * 2,
        "year": [2019, 2020],
        "period": ["2019", "2020"],
        "series_source": ["A:1"] * 2,
        "kind": ["reported"] * 2,
        "obs_status": [None, "B"],
        "sex": ["SEX_T", "SEX_F"],
        "value": [1.0, 2.0],
    },
    schema_overrides={"obs_status": pl.String},
)
RESULT = sd.metrics.activity.events_by(pl.DataFrame({"event_id": ["a"], "kind": ["strike"]}), "kind")


@dataclass(frozen=True)
class Case:
    """What a function may be given, the same written otherwise, and what it must refuse."""

    right: Mapping[str, Any] = field(default_factory=dict)
    same: Sequence[Mapping[str, Any]] = ()
    wrong: Mapping[str, Sequence[Any]] = field(default_factory=dict)


_PAGE = {"since": DATES, "until": (*DATES, 1990), "edition": ("soon", "2026-13", 5, None), "with_people": SWITCH}
_SAME_DATES = ({"since": "2018"}, {"since": 2018})
CASES: Mapping[str, Case] = {
    "check": Case(wrong={"today": DATES}),
    "check_parameters": Case(),
    "clean": Case(wrong={"today": DATES}),
    "compare": Case(
        {"countries": ["KGZ", "TJK"], "indicator": "SDG_0882_NOC_RT"},
        ({"countries": ("Киргизия", "tj")}, {"countries": pl.Series(["KG", "Tajikistan"])}),
        {
            "countries": (*LISTS, [], None),
            "indicator": ("nothing", *TEXT, NAN, ["SDG_0882_NOC_RT"]),
            "classification": ("SEX_X", *TEXT[:-1], NAN),
            "series": SWITCH,
        },
    ),
    "compare_vintages": Case(
        {"a": "2026-02", "b": date(2026, 2, 28), "indicator": "SDG_0882_NOC_RT"},
        (),
        dict.fromkeys(("a", "b"), ("soon", *TEXT, NAN)) | {"indicator": ("nothing", *TEXT[:-1], NAN)},
    ),
    "country_profile": Case(
        {"country": "KGZ", "since": 2018, "until": "2020-05-12"},
        (
            *({"country": one} for one in ("KG", "Kyrgyzstan", "Киргизия", "kirgisistan")),
            *({"until": one} for one in (date(2020, 5, 12), datetime(2020, 5, 12, 9))),
            {"since": "2018"},
        ),
        {"country": ("Kyrgystn", "Atlantis", "BRA", *TEXT, ["KGZ"], NAN, pd.NA), **_PAGE},
    ),
    "find": Case({"words": "union"}, wrong={"words": (*TEXT, ["union"]), "limit": (0, 2.5, "ten", None, True)}),
    "load": Case(
        {"table": "ratifications", "countries": ["KGZ"], "since": "2018-05-12"},
        ({"countries": "KG"}, {"countries": ("Киргизия",)}, {"since": date(2018, 5, 12)}),
        {
            "table": ("ratification", *TEXT, ["events"]),
            "countries": (*LISTS[:2], [None], [], 5, True, NAN),
            **{name: tuple(one for one in DATES if one is not None) for name in ("since", "until")},
            "labels": ("xx", "", 5, None, NAN),
        },
    ),
    "regional_comparison": Case(
        {"countries": ["KGZ", "TJK"], "since": 2018},
        ({"countries": ("tj", "Kyrgyzstan")}, {"since": "2018"}),
        {"countries": LISTS, **_PAGE},
    ),
    "sources_of": Case({"what": "KGZ"}, wrong={"what": ("nothing", ["nothing"], "", *NO_TABLE, NAN, {})}),
    "tables.frame": Case(
        {"data": SERIES, "caption": "Values"}, wrong={"data": NO_TABLE[:-1], "caption": TEXT, "note": TEXT[1:]}
    ),
    "tables.result": Case({"found": RESULT}, wrong={"found": NO_TABLE, "caption": TEXT[:-1]}),
    "metrics.agreement.cohen_kappa": Case(
        {"first": ["a", "b"], "second": ["a", "b"]}, wrong={"first": SEVERAL[:-2], "second": SEVERAL[:-2]}
    ),
    "metrics.agreement.fleiss_kappa": Case({"units": [["a", "b"]]}, wrong={"units": SEVERAL}),
    "metrics.agreement.krippendorff_alpha": Case(
        {"codings": [[1, 2], [1, 2]], "level": "nominal"}, wrong={"codings": SEVERAL, "level": ("ordinl", 5, None)}
    ),
    **{
        f"metrics.bargaining.{name}": Case({"shares": [0.5, 0.5]}, wrong={"shares": SEVERAL})
        for name in ("concentration", "effective_number")
    },
    **{
        f"metrics.bargaining.{name}": Case(
            {"members": [5, 5], "total": 10}, wrong={"members": SEVERAL, "total": NUMBER}
        )
        for name in ("shares", "effective_number_of_confederations")
    },
    "metrics.comparisons.compare_words": Case(
        {"name": "A", "value": 1.0, "other_name": "B", "other": 2.0, "unit": "percent"},
        wrong={
            "name": TEXT,
            "value": NUMBER,
            "other_name": TEXT,
            "other": NUMBER,
            "digits": (-1, 1.5, "1", None),
            "unit": TEXT[1:],
            "difference_unit": (" ", 5),
        },
    ),
    "metrics.disputes.on_basis": Case(
        {"since": 2018, "until": 2020, "basis": "beginning"},
        wrong={"since": DATES, "until": (*DATES, 2016), "basis": ("begining", 5, None)},
    ),
    **{
        f"metrics.intervals.{name}": Case(
            {"counts": [1, 2], **more}, wrong={"counts": (*SEVERAL, [-1], [1.5]), **wrong}
        )
        for name, more, wrong in (
            ("effective_classes", {}, {}),
            ("herfindahl", {}, {"unbiased": SWITCH}),
            ("shannon", {"estimator": "ml"}, {"estimator": ("mle", 5, None)}),
        )
    },
    "metrics.intervals.rate_ratio": Case(
        {"count": 10, "exposure": 2.0, "other_count": 5, "other_exposure": 3.0},
        wrong={
            **dict.fromkeys(("count", "other_count"), (*NUMBER, -1, 1.5)),
            "exposure": NUMBER,
            "other_exposure": NUMBER,
            "confidence": (0, 1, 95, "0.95", None, True),
        },
    ),
    "metrics.standards.status_as_of": Case({"as_of": 2020}, wrong={"as_of": (*DATES, None)}),
}
#: What asks ILOSTAT has a study of its own, which keeps one data set.
DATA_SET = f"{DENSITY}_A"
_YEARS = ("soon", "2018", 2018.5, True, 20180, NAN)
_IDS = ("ILR_TUMT_NOC_R_A", "", 5, None, [], [5])
_CHOSEN = {"countries": ("Atlantis", ["KZA"], [None], 5, None, ""), "since": _YEARS, "until": (*_YEARS, 1990)}
_CODES = {"codes": (5, "SEX_T", {"nothing": ["SEX_T"]}, {"sex": ["SEX_X"]}, {"sex": 5})}
ILOSTAT: Mapping[str, Case] = {
    "contents": Case(
        {"offline": True, "country": "KAZ"},
        ({"country": "Қазақстан"},),
        {"search": TEXT[:-1], "subject": ("fishing", *TEXT[:-1]), "country": ("Atlantis", "TUR", *TEXT[:-1])}
        | {"lang": ("xx", 5, None), "offline": ("no", 1)},
    ),
    "dictionary": Case({"var": "sex", "offline": True}, wrong={"var": ("sexes", "../sex", *TEXT), "lang": ("xx", 5)}),
    "fetch": Case(
        {"ids": DATA_SET},
        wrong={"by": ("area", 5, None), "ids": (5, None, [], [5], ""), "check": SWITCH}
        | {"codes": (5, "SEX_T", {"sex": 5}), "countries": ([None], 5, None, "")},
    ),
    "get": Case(
        {"ids": DATA_SET, "offline": True, "countries": ["KAZ"], "since": 2018},
        ({"ids": [DATA_SET]}, {"countries": "KAZ"}),
        {"ids": _IDS, "labels": ("label_", 5, None), "offline": ("no", 1), **_CHOSEN, **_CODES},
    ),
    "newer": Case(),
    "read": Case({"data_set": DATA_SET}, wrong={"data_set": _IDS[:4], "vintage": ("2025", *TEXT, NAN)}),
    "sections_add_up_to": Case({"frame": SERIES, "of": "sex"}, wrong={"frame": NO_TABLE, "of": ("area", *TEXT)}),
    "shares": Case({"frame": SERIES, "of": "sex"}, wrong={"frame": NO_TABLE, "of": ("area", *TEXT)}),
    "with_lines": Case({"frame": SERIES}, wrong={"frame": NO_TABLE}),
}
EVERY = {**CASES, **{f"sources.ilostat.{name}": case for name, case in ILOSTAT.items()}}
#: Options of `fetch` and `newer` about the service itself, which the tests with a service ask.
OF_SERVICE = {"client", "lang", "best_source", "by", "since", "until", "offline"}


def public(module: ModuleType, above: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function below a module, by where a person finds it."""
    for name in module.__all__:
        thing = getattr(module, name)
        if isinstance(thing, ModuleType):
            yield from public(thing, f"{above}{name}.")
        elif isfunction(thing):
            yield f"{above}{name}", thing


FUNCTIONS = dict(public(sd))
#: What asks the service itself.
ASK = {"sources.ilostat.fetch", "sources.ilostat.newer"}
#: Functions that work on a study.
STUDIES = [name for name, one in FUNCTIONS.items() if "data" in signature(one).parameters and "tables." not in name]
PAIRS = [(name, option) for name, case in EVERY.items() for option in case.wrong]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, raw_folder: Path) -> Path:
    """A study of every shipped country with the reports of two."""
    data = tmp_path_factory.mktemp("face") / "data"
    smaller_study(raw_folder, data, about=frozenset({"KGZ", "TJK"}), every_country=True)
    clean_study(data)
    return data


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study that keeps one data set of ILOSTAT, its contents and one dictionary."""
    data = official_study(tmp_path_factory.mktemp("official"))
    header = HEADER.replace("time", "sex,time")
    rows = [f"KAZ,FX:1,{DENSITY},SEX_{sex},{year},46.9," for sex in "TF" for year in (2012, 2018)]
    kept(data, csv(rows, header=header), "26/02/2026 10:15:00")
    updated = {"last.update": ["26/02/2026"], "subject": ["Industrial relations"]}
    for kind, name, columns in (
        ("contents", "indicator.en", {"id": [DATA_SET], **updated}),
        ("contents", "ref_area.en", {"id": ["KAZ_A"], **updated}),
        ("dictionaries", "sex.en", {"sex": ["SEX_T"], "sex.label": ["Total"]}),
    ):
        keep_description(data / "raw", kind, name, pl.DataFrame(columns), state="")
    return data


@pytest.fixture
def call(small: Path, official: Path) -> Callable[..., Any]:
    """Call a public function by its name, of the study that is its own."""

    def called(name: str, options: Mapping[str, Any]) -> Any:
        function = FUNCTIONS[name]
        own = official if "ilostat" in name else small
        return function(**({"data": own} if name in STUDIES else {}), **options)

    return called


def as_frames(found: Any) -> list[pl.DataFrame]:
    """What is the same where two answers are the same."""
    if isinstance(found, Profile):
        return [found.frame, found.rows, pl.DataFrame({"name": found.name, "shown": [repr(found.about)]})]
    return [found.frame if isinstance(found, Result) else found]


def test_every_public_function_is_given_wrong_arguments_somewhere() -> None:
    """A function that the library gains needs cases here, unless its suite takes all of its kind."""
    others = {*LOADERS, *(f"charts.{name}" for name in CHARTS)}
    others |= {f"metrics.{name}" for name in METRICS}
    others |= {name for name, one in FUNCTIONS.items() if one in {*METRICS.values(), *FORMULAS.values()}}
    assert set(FUNCTIONS) == {*EVERY, *others}
    assert not set(EVERY) & others


def test_every_option_is_given_wrong_values() -> None:
    for name, case in EVERY.items():
        open_to_all = {"data", *(OF_SERVICE if "ilostat" in name else ())}
        assert set(signature(FUNCTIONS[name]).parameters) - set(case.wrong) <= open_to_all, name


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_documents_what_it_takes_gives_and_refuses_with_an_example(name: str) -> None:
    function, told = FUNCTIONS[name], str(FUNCTIONS[name].__doc__)
    options = signature(function).parameters
    gives = str(signature(function).return_annotation) != "None"
    for heading in (*(["Parameters"] * bool(options)), *(["Returns"] * gives), "Raises", "Examples"):
        assert f"    {heading}\n    {'-' * len(heading)}\n" in told, heading
    for option in options:
        assert re.search(rf"^    (?:\w+, )*{option}(?:, \w+)*$", told, re.MULTILINE), option
    assert ">>> " in told.split("    Examples\n")[1]


@pytest.mark.parametrize(("name", "option"), PAIRS)
def test_a_wrong_argument_of_any_function_is_one_clear_error(
    name: str, option: str, call: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOCDIALOG_ILOSTAT", "http://127.0.0.1:9")
    for wrong in EVERY[name].wrong[option]:
        with pytest.raises(UsageError) as refused:
            call(name, {**EVERY[name].right, option: wrong})
        assert refused.value.title.strip()
        assert refused.value.hint or re.search(RIGHT_ONES, str(refused.value)), "says what would be right"


@pytest.mark.parametrize("name", [name for name in EVERY if name not in ASK])
def test_what_is_right_is_taken(name: str, call: Callable[..., Any]) -> None:
    """Otherwise the errors above would be about something else."""
    call(name, EVERY[name].right)


@pytest.mark.parametrize("name", [name for name, case in EVERY.items() if case.same])
def test_every_right_way_to_write_an_argument_gives_the_same(name: str, call: Callable[..., Any]) -> None:
    case = EVERY[name]
    wanted = as_frames(call(name, case.right))
    assert any(frame.height for frame in wanted)
    for other in case.same:
        found = as_frames(call(name, {**case.right, **other}))
        for one, same in zip(found, wanted, strict=True):
            assert_frame_equal(one, same)


@pytest.mark.parametrize("name", STUDIES)
def test_a_study_that_is_not_there_is_an_error(name: str) -> None:
    options = EVERY.get(name, Case()).right
    for wrong in ("", "/nowhere", 5, True, NAN, ["data"]):
        with pytest.raises(UsageError):
            FUNCTIONS[name](**options, data=wrong)


def test_the_study_of_a_page_may_be_written_as_it_writes_itself(call: Callable[..., Any]) -> None:
    """A name that only the list of countries has is a right one, wherever countries are taken."""
    for written in ("Кыргызстан", "417"):
        assert call("country_profile", {"country": written}).name == "Kyrgyzstan"
        assert call("load", {"table": "ratifications", "countries": written})["country"].unique().to_list() == ["KGZ"]
