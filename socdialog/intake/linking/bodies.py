"""What reports call bodies and people: resolved ids, whole names, words of their own, and numbers in names.

Words that any body may bear tell nothing: legal forms, kinds of body, countries, places, ordinary
words. What is left is compared by sound or meaning, so that one name in two alphabets is one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

import polars as pl

from socdialog.codebook.attributes import with_alike
from socdialog.folding import fold
from socdialog.intake.distinct import by_text
from socdialog.intake.linking.knowledge import knowledge
from socdialog.intake.names.concepts import concept
from socdialog.intake.names.forms import own_name
from socdialog.intake.names.transliteration import phonetic_key
from socdialog.intake.names.words import organisation_words

#: Words shorter than this say little in a name.
_WORD = 3
_NUMBER = re.compile(r"\d+")


def place_words(*texts: pl.Series) -> frozenset[str]:
    """Return the folded words of names of places."""
    return frozenset(word for series in texts for text in series.drop_nulls().unique() for word in fold(text).split())


@cache
def _of_no_body() -> frozenset[str]:
    """Return the words that tell no body from another, wherever in a name they are."""
    forms = (organisation_words().legal_forms, organisation_words().legal_forms_at_end)
    return knowledge().words_of_no_body | {phrase[0] for some in forms for phrase in some if len(phrase) == 1}


@lru_cache(maxsize=65536)
def _own_words(name: str) -> tuple[tuple[str, str], ...]:
    """Return the words of `name` that are its own, each with what it is compared as."""
    words = [word for word in own_name(name) if word not in _of_no_body() and not word.isdigit()]
    # A last s may be a plural's, which names in other alphabets keep and this word has lost.
    sounds = [(word, concept((word,)) or phonetic_key(word).removesuffix("s")) for word in words]
    return tuple((word, sound) for word, sound in sounds if len(word) >= _WORD and sound)


def words_of(name: str, places: frozenset[str]) -> str:
    """Return what the words of `name` are compared as, without those of `places`."""
    return " ".join(dict.fromkeys(sound for word, sound in _own_words(name) if word not in places))


def numbers_of(name: str) -> str:
    """Return the numbers in `name`: bodies that differ in them are two, as two locals of one union."""
    return " ".join(sorted({number.lstrip("0") for number in _NUMBER.findall(fold(name))} - {""}))


def organisations(actors: pl.DataFrame, places: frozenset[str]) -> pl.DataFrame:
    """Return the tokens of bodies: ids of the resolved, and names and words of the others."""
    return _tokens(actors, ["name", "acronym"], resolved="org_id", kind="organisation", places=places)


def officials(people: pl.DataFrame) -> pl.DataFrame:
    """Return the tokens of people; reasons are published, so what a report calls them is left out."""
    found = _tokens(people, ["name"], resolved="person_id", kind="person", places=frozenset())
    return found.with_columns(shown=pl.lit(None, dtype=pl.String))


def _tokens(frame: pl.DataFrame, names: list[str], *, resolved: str, kind: str, places: frozenset[str]) -> pl.DataFrame:
    known = pl.col(resolved) if resolved in frame.columns else pl.lit(None, dtype=pl.String)
    frame = frame.with_columns(known=known, type=pl.lit(kind))
    told = (pl.col("report_id"), pl.col("type"), pl.col("token"))
    parts = [frame.filter(pl.col("known").is_not_null()).rename({"known": "token"}).select(*told, shown="name")]
    unknown = frame.filter(pl.col("known").is_null())
    for name in names:
        some = unknown.filter(pl.col(name).is_not_null())
        parts.append(some.with_columns(token=by_text(name, fold)).select(*told, shown=pl.col(name)))
        words = _split(some, by_text(name, lambda text: words_of(text, places))).with_columns(type=pl.lit("word"))
        parts.append(words.select(*told, shown=pl.lit(None, dtype=pl.String)))
    return pl.concat(parts)


def _split(frame: pl.DataFrame, words: pl.Expr) -> pl.DataFrame:
    """Return a row for each of the words, as ``token``."""
    some = frame.with_columns(token=words.str.split(" ")).explode("token", empty_as_null=False)
    return some.filter(pl.col("token").str.len_chars() > 0)


def employers(actors: pl.DataFrame, places: frozenset[str]) -> pl.DataFrame:
    """Return the bodies of the side that parts: ``report_id``, ``body`` (its number), ``known``, ``token``.

    The tokens of a body are its id where it is resolved, and its words and acronym. A body without any,
    such as "the ministry", is not returned: it can be whatever the other report names.
    """
    known = pl.col("org_id") if "org_id" in actors.columns else pl.lit(None, dtype=pl.String)
    side = actors.filter(pl.col("side") == knowledge().side_that_parts).with_row_index("body")
    side = side.with_columns(id=known, known=known.is_not_null())
    told = ("report_id", "body", "known", "token")
    words = [_split(side, by_text(name, lambda text: words_of(text, places))) for name in ("name", "acronym")]
    ids = side.filter("known").with_columns(token=pl.concat_str(pl.lit("="), "id"))
    return pl.concat([part.select(told) for part in (ids, *words)]).unique().sort(told)


def parties(actors: pl.DataFrame) -> pl.DataFrame:
    """Return what parts two reports when none of it is common: ``report_id``, ``part``, ``token``.

    Bodies that gather, callers of a gathering, and the numbers of the bodies of one side.
    """
    gathers = pl.col("side") == knowledge().side_that_gathers
    numbers = _split(actors.filter(gathers), by_text("name", numbers_of))
    found = [numbers.select("report_id", part=pl.lit("number"), token=pl.col("token"))]
    if "org_id" in actors.columns:
        known = actors.filter(pl.col("org_id").is_not_null())
        for part, who in (
            ("gathers", gathers),
            ("role", pl.col("role").is_in(with_alike("roles", sorted(knowledge().roles_that_part)))),
        ):
            found.append(known.filter(who).select("report_id", part=pl.lit(part), token=pl.col("org_id")))
    return pl.concat(found).unique().sort("report_id", "part", "token")
