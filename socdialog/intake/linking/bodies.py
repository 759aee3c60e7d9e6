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
_LATIN = re.compile("[A-Za-z]")
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
    columns = (pl.col("report_id"), pl.col("type"), pl.col("token"))
    parts = [frame.filter(pl.col("known").is_not_null()).rename({"known": "token"}).select(*columns, shown="name")]
    unknown = frame.filter(pl.col("known").is_null())
    for name in names:
        some = unknown.filter(pl.col(name).is_not_null())
        parts.append(some.with_columns(token=by_text(name, fold)).select(*columns, shown=pl.col(name)))
        words = _split(some, by_text(name, lambda text: words_of(text, places))).with_columns(type=pl.lit("word"))
        parts.append(words.select(*columns, shown=pl.lit(None, dtype=pl.String)))
    return pl.concat(parts)


def _split(frame: pl.DataFrame, words: pl.Expr) -> pl.DataFrame:
    """Return a row for each of the words, as ``token``."""
    some = frame.with_columns(token=words.str.split(" ")).explode("token", empty_as_null=False)
    return some.filter(pl.col("token").str.len_chars() > 0)


def parties(actors: pl.DataFrame, places: frozenset[str]) -> pl.DataFrame:
    """Return what parts two reports when none of it is common; see `socdialog.intake.linking.facts.Facts`.

    The parts are the bodies of the side that parts, those that gather, the callers of a gathering, the callers
    that do not act everywhere, and the numbers of bodies. The tokens of a body are its id where it is resolved,
    and its words and acronym. A body without any, such as "the ministry", is not here: it can be any body.
    """
    know = knowledge()
    known = pl.col("org_id") if "org_id" in actors.columns else pl.lit(None, dtype=pl.String)
    latin = by_text("name", lambda name: _LATIN.search(name) is not None, pl.Boolean)
    bodies = actors.with_row_index("body").with_columns(id=known, known=known.is_not_null(), latin=latin)
    words = [_split(bodies, by_text(name, lambda text: words_of(text, places))) for name in ("name", "acronym")]
    ids = bodies.filter("known").with_columns(token=pl.concat_str(pl.lit("="), "id"))
    party_columns = ("report_id", "part", "body", "known", "latin", "token")
    columns = ("report_id", "body", "known", "latin", "token", "side", "role")
    named = pl.concat([some.select(columns) for some in (ids, *words)])
    gathers, calls = (
        pl.col("side") == know.side_that_gathers,
        pl.col("role").is_in(with_alike("roles", sorted(know.roles_that_part))),
    )
    parts = {
        "side": pl.col("side") == know.side_that_parts,
        "gathers": gathers & pl.col("known"),
        "role": calls,
        "own_role": calls & ~pl.col("side").is_in(sorted(know.sides_everywhere)),
    }
    found = [
        named.filter(who).select(pl.lit(part).alias("part"), pl.exclude("side", "role")) for part, who in parts.items()
    ]
    numbers = _split(bodies.filter(gathers), by_text("name", numbers_of)).with_columns(
        part=pl.lit("number"), known=pl.lit(value=True), token=pl.concat_str(pl.lit("="), "token")
    )
    return pl.concat([part.select(party_columns) for part in (*found, numbers)]).unique().sort(party_columns)
