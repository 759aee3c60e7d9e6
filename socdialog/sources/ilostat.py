"""ILOSTAT: ask for data sets, keep every state of them, and read them back without a network."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from operator import methodcaller
from typing import Any, get_args

import polars as pl

from socdialog.advice import unknown
from socdialog.codebook import known_terms
from socdialog.errors import UsageError
from socdialog.folding import fold
from socdialog.inputs import choice, listed, text, yes_or_no
from socdialog.inputs import country as country_of
from socdialog.sources.client import Client
from socdialog.sources.descriptions import kept_description, searched
from socdialog.sources.fetching import Asking, Fetched, data_service, questions_of, replaced_ids
from socdialog.sources.lock import states
from socdialog.sources.question import FILTERS, By, Question, year_problems
from socdialog.sources.reading import read
from socdialog.sources.series import sections_add_up_to, shares, with_lines
from socdialog.sources.source_error import SourceError
from socdialog.store.study import find_study

Data = str | os.PathLike[str] | None
#: Set to anything but 0, no request is made, as with ``offline=True``.
OFFLINE_VARIABLE = "SOCDIALOG_OFFLINE"
#: Columns of a series table with the variable of ILOSTAT whose dictionary has their labels.
_VARIABLES = {
    "area": "ref_area",
    "indicator": "indicator",
    "series_source": "source",
    "sex": "sex",
    "classif1": "classif1",
    "classif2": "classif2",
    "obs_status": "obs_status",
}


def contents(
    *,
    search: str | None = None,
    subject: str | None = None,
    country: str | None = None,
    lang: str = "en",
    offline: bool | None = None,
    data: Data = None,
) -> pl.DataFrame:
    """Return the contents of ILOSTAT: its data sets, or those of one country.

    Parameters
    ----------
    search
        Words that the id, name or subject must all have; ``a|b`` means either. Case and diacritics are ignored.
    subject
        Part of the name of a subject.
    country
        A country, by ISO 3166-1 code or by name: the data sets that hold everything of this country, by frequency.
    lang
        ``en``, ``fr`` or ``es``.
    offline
        Whether to read the contents as they were last kept; default: whether ``SOCDIALOG_OFFLINE`` is set.
    data
        The folder that holds ``raw/``; default: ``SOCDIALOG_DATA``, else the nearest ``data/``.

    Returns
    -------
    DataFrame
        A row per data set, with the columns of ILOSTAT: ``id``, ``last.update``, ``n.records`` and others.

    Raises
    ------
    UsageError
        For an unknown subject, country or language, or when nothing was kept and `offline` is set.
    SourceError
        When the service gives no answer.

    Examples
    --------
    >>> sd.sources.ilostat.contents(search="union density")     # doctest: +SKIP
    """
    found = _contents("indicator" if country is None else "ref_area", lang=lang, offline=offline, data=data)
    if country is not None:
        column = "ref_area" if "ref_area" in found.columns else "id"
        codes = [one.rsplit("_", 1)[0] if column == "id" else one for one in found[column]]
        asked = country_of(country, among=codes)
        if asked not in codes:
            raise UsageError(unknown("country of ILOSTAT", asked, codes))
        found = found.filter(pl.Series([code == asked for code in codes]))
    if subject is not None:
        column = "subject.label" if "subject.label" in found.columns else "subject"
        subjects = found[column].drop_nulls().unique().to_list()
        wanted = [one for one in subjects if fold(text(subject, name="subject")) in fold(one)]
        if not wanted:
            raise UsageError(unknown("subject", subject, subjects))
        found = found.filter(pl.col(column).is_in(wanted))
    return found if search is None else searched(found, text(search, name="search"))


def _contents(by: By, *, lang: str, offline: bool | None, data: Data) -> pl.DataFrame:
    missing = f"no contents in {lang!r} were kept"
    ask = methodcaller("contents", by)
    return _described("contents", by, ask, missing=missing, lang=lang, offline=offline, data=data)


def _described(
    kind: str,
    name: str,
    ask: Callable[[Asking], pl.DataFrame],
    *,
    missing: str,
    lang: str,
    offline: bool | None,
    data: Data,
) -> pl.DataFrame:
    """Return contents or a dictionary: asked for and kept, or, without a network, as they were kept."""
    study = find_study(data)
    if _is_offline(offline):
        kept = kept_description(study.raw, kind, f"{name}.{lang}")
        if kept is None:
            raise UsageError(missing, hint="ask once with a network")
        return kept[0]
    asking = Asking(study, Client(data_service()), lang)
    found = ask(asking)
    asking.keep_descriptions()
    return found


def _is_offline(offline: bool | None) -> bool:
    if offline is None:
        return os.environ.get(OFFLINE_VARIABLE, "0") not in {"", "0"}
    return yes_or_no(offline, name="offline")


def dictionary(var: str, *, lang: str = "en", offline: bool | None = None, data: Data = None) -> pl.DataFrame:
    """Return the codes of a variable of ILOSTAT with their labels.

    Parameters
    ----------
    var
        Such as ``"ref_area"``, ``"source"``, ``"classif1"`` or ``"obs_status"``.
    lang, offline, data
        As for `contents`. A dictionary is asked for again when anything in the contents changed.

    Returns
    -------
    DataFrame
        The columns ``var`` and ``var.label``. The blank status has no entry.

    Raises
    ------
    UsageError
        For an unknown variable or language, or when nothing was kept and `offline` is set.

    Examples
    --------
    >>> sd.sources.ilostat.dictionary("obs_status")     # doctest: +SKIP
    """
    missing = f"no dictionary of {var!r} in {lang!r} was kept"
    ask = methodcaller("dictionary", var)
    return _described("dictionaries", var, ask, missing=missing, lang=lang, offline=offline, data=data)


def fetch(
    ids: str | Sequence[str] | pl.DataFrame,
    *,
    by: By = "indicator",
    countries: str | Sequence[str] = (),
    since: int | None = None,
    until: int | None = None,
    best_source: str = "yes",
    codes: Mapping[str, Sequence[str]] | None = None,
    lang: str = "en",
    check: bool = False,
    client: Client | None = None,
    data: Data = None,
) -> list[Fetched]:
    """Fetch data sets into the study; what has not changed is not asked for again.

    Parameters
    ----------
    ids
        One id, several, or rows of `contents`.
    by
        ``"indicator"``: ids such as ``ILR_TUMT_NOC_RT_A``. ``"ref_area"``: everything of a country, ``KAZ_A``.
    countries
        Codes of one or several areas; none = all.
    since, until
        Years.
    best_source
        ``"yes"``, ``"all"`` or ``"no"``; see `Question`.
    codes
        Chosen codes of ``sex``, ``classif1`` or ``classif2``.
    lang
        Of names.
    check
        Whether only to report which data sets have a newer release.
    client
        Who asks; default: one for the data service.
    data
        As for `contents`.

    Returns
    -------
    list of Fetched
        One for each id. A data set that failed is untouched.

    Raises
    ------
    UsageError
        When anything is asked for that the service does not know; nothing is asked then.
    SourceError
        When the contents cannot be had.

    Examples
    --------
    >>> sd.sources.ilostat.fetch("ILR_TUMT_NOC_RT_A")     # doctest: +SKIP
    """
    study = find_study(data)
    choice(by, get_args(By), what="kind of data set")
    areas, chosen = _codes(countries, "countries"), _by_column(codes)

    def make(data_set: str) -> Question:
        return Question(data_set, by, areas, since, until, best_source, chosen)

    questions = questions_of(_data_sets(ids), make, aliases=replaced_ids(study.raw))
    asking = Asking(study, client or Client(data_service()), lang)
    return list(asking.fetch(questions, only_compare=yes_or_no(check, name="check")))


def _data_sets(ids: str | Sequence[str] | pl.DataFrame) -> list[str]:
    """Return the ids of data sets, however they are given."""
    given = ids["id"].to_list() if isinstance(ids, pl.DataFrame) else [ids] if isinstance(ids, str) else ids
    found = [text(one, name="ids") for one in listed(given, name="ids")]
    if not found:
        raise UsageError("no data set is named", hint="name ids such as ILR_TUMT_NOC_RT_A")
    return found


def newer(*, lang: str = "en", client: Client | None = None, data: Data = None) -> list[Fetched]:
    """Report whether the data sets of the study have a newer release; nothing is fetched or written.

    Parameters
    ----------
    lang, client, data
        As for `fetch`.

    Returns
    -------
    list of Fetched
        One for each data set: ``newer`` or ``current``.

    Raises
    ------
    UsageError
        When nothing was fetched yet, or a data set is no longer in the contents.
    SourceError
        When the contents cannot be had.

    Examples
    --------
    >>> sd.sources.ilostat.newer()     # doctest: +SKIP
    """
    study = find_study(data)
    asking = Asking(study, client or Client(data_service()), lang)
    kept = [lock.data_set for lock in states(study.raw)]
    if not kept:
        raise UsageError("no data set was fetched yet", hint="name ids such as ILR_TUMT_NOC_RT_A")
    of_indicators = set(asking.contents()["id"])
    questions = [Question(one, "indicator" if one in of_indicators else "ref_area") for one in kept]
    return list(asking.fetch(questions, only_compare=True))


def get(
    ids: str | Sequence[str] | pl.DataFrame,
    *,
    by: By = "indicator",
    countries: str | Sequence[str] = (),
    since: int | None = None,
    until: int | None = None,
    best_source: str = "yes",
    codes: Mapping[str, Sequence[str]] | None = None,
    labels: str = "code",
    lang: str = "en",
    offline: bool | None = None,
    client: Client | None = None,
    data: Data = None,
) -> pl.DataFrame:
    """Fetch data sets where they changed, and return their latest states as one table.

    Parameters
    ----------
    ids, by, countries, since, until, best_source, codes
        As for `fetch`.
    labels
        ``"code"``, ``"label"`` or ``"both"``: ``both`` has labels in columns of their own, ``area.label``.
    lang, offline, data
        As for `contents`; offline, what was fetched is read.
    client
        As for `fetch`.

    Returns
    -------
    DataFrame
        As `read` returns it, with the rows that were asked for.

    Raises
    ------
    UsageError, SourceError
        As for `fetch`; a data set that failed is an error here.

    Examples
    --------
    >>> sd.sources.ilostat.get("ILR_TUMT_NOC_RT_A", countries=["KAZ", "TUR"], since=2010)     # doctest: +SKIP
    """
    choice(labels, _LABELS, what="form of labels")
    given = _data_sets(ids)
    here = _is_offline(offline)
    if not here:
        asked: Any = {"by": by, "countries": countries, "since": since, "until": until, "best_source": best_source}
        done = fetch(given, **asked, codes=codes, lang=lang, client=client, data=data)
        failed = [one for one in done if one.outcome == "failed"]
        if failed:
            raise SourceError(failed[0].cause, str(failed[0]), hint="what was kept before is there: offline=True")
    aliases = replaced_ids(find_study(data).raw)
    frame = pl.concat([read(aliases.get(one, one), data=data) for one in given])
    wanted = {"area": _codes(countries, "countries"), **_by_column(codes)}
    if here:
        _refuse_unknown(frame, wanted, since, until)
    frame = frame.filter(
        pl.col("year").is_between(since or 0, until or 9999),
        *(pl.col(name).is_in(chosen) for name, chosen in wanted.items() if chosen),
    )
    return frame if labels == "code" else _labelled(frame, labels, lang=lang, offline=offline, data=data)


_LABELS = ("code", "label", "both")


def _codes(given: str | Sequence[str], name: str) -> tuple[str, ...]:
    """Return codes as they are given; a text is one code."""
    return tuple(text(one, name=name) for one in listed([given] if isinstance(given, str) else given, name=name))


def _by_column(codes: Mapping[str, Sequence[str]] | None) -> dict[str, tuple[str, ...]]:
    """Return the codes chosen of each column."""
    if codes is not None and not isinstance(codes, Mapping):
        raise UsageError(f"codes: {codes!r} is not a mapping", hint='write codes={"sex": ["SEX_T"]}')
    return {name: _codes(given, f"codes of {name}") for name, given in (codes or {}).items()}


def _refuse_unknown(frame: pl.DataFrame, wanted: Mapping[str, Sequence[str]], since: object, until: object) -> None:
    """Refuse what is in no row that was kept; a country may have none, if there is such a country."""
    wrong = year_problems(since, until)
    for name, chosen in wanted.items():
        if name not in ("area", *FILTERS):
            wrong.append(unknown("column to choose codes of", name, FILTERS))
            continue
        known = [*frame[name].drop_nulls().unique(), *(known_terms("iso_countries") if name == "area" else ())]
        wrong += [unknown(f"code of {name}", one, known) for one in chosen if one not in known]
    if wrong:
        raise UsageError("what was kept cannot be asked so", details=wrong, hint="offline=False asks the service")


def _labelled(frame: pl.DataFrame, labels: str, *, lang: str, offline: bool | None, data: Data) -> pl.DataFrame:
    for column, var in _VARIABLES.items():
        if frame[column].null_count() == frame.height:
            continue
        names = dict(dictionary(var, lang=lang, offline=offline, data=data).iter_rows())
        label = pl.col(column).replace_strict(names, default=pl.col(column), return_dtype=pl.String)
        frame = frame.with_columns(label.alias(column if labels == "label" else f"{column}.label"))
    return frame


__all__ = ["contents", "dictionary", "fetch", "get", "newer", "read", "sections_add_up_to", "shares", "with_lines"]
__dir__ = __all__.copy
