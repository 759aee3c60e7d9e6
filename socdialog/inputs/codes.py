"""Codes as people write them: countries by code or name in any language, terms by code or label, columns by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from socdialog import codebook
from socdialog.advice import LISTED, meanings, unknown
from socdialog.codebook.other_writings import everyday_names, meant
from socdialog.errors import UsageError
from socdialog.folding import fold
from socdialog.inputs.missing import is_missing, listed

#: So many values are suggested at most.
_OFFERED = 5
#: Shorter words mean too many things to suggest a term by.
_LEAST_LETTERS = 3
_VOWELS = frozenset("aeio")


def country(value: str, *, among: Iterable[str] = (), name: str = "country") -> str:
    """Return the code of a country, however it is written.

    Parameters
    ----------
    value
        ISO 3166-1 alpha-3 or alpha-2 code, or a name in any language that Unicode CLDR has.
    among
        Codes of the table or study at hand; one of them is taken as it stands.
    name
        Name of the argument.

    Raises
    ------
    UsageError
        When no country, or more than one, is written so.

    Examples
    --------
    >>> country("KZ"), country("Turkey"), country("Грузия")
    ('KAZ', 'TUR', 'GEO')
    """
    found, problem = _country(value, frozenset(among), name)
    if problem:
        raise UsageError(problem, hint=_countries_hint(among))
    return found


def countries(values: str | Iterable[str], *, among: Iterable[str] = (), name: str = "countries") -> tuple[str, ...]:
    """Return the codes of one or several countries, each once, in the order given.

    Raises
    ------
    UsageError
        With one line for each value that is not a country; or when there is none.

    Examples
    --------
    >>> countries("KAZ"), countries(["Kyrgyzstan", "KZ"])
    (('KAZ',), ('KGZ', 'KAZ'))
    """
    known = frozenset(among)
    given = _one_or_many(values, name)
    pairs = [_country(value, known, name) for value in given]
    problems = [problem for _, problem in pairs if problem]
    if problems:
        raise UsageError(problems[0], details=problems[1:], hint=_countries_hint(known))
    return tuple(dict.fromkeys(found for found, _ in pairs))


def code(value: str, terms: Mapping[str, str], *, what: str, name: str) -> str:
    """Return the code of a term that is given by its code or by its label.

    Parameters
    ----------
    value
        A code, or a label with case and diacritics ignored.
    terms
        Labels by code.
    what
        What a term is called in an error, such as ``topic``.
    name
        Name of the argument.

    Raises
    ------
    UsageError
        When no term, or more than one, is written so; with the terms that it may mean.

    Examples
    --------
    >>> code("Wages", {"wages": "Wages", "hours": "Working time"}, what="topic", name="topic")
    'wages'
    """
    return codes([value], terms, what=what, name=name)[0]


def codes(values: str | Iterable[str], terms: Mapping[str, str], *, what: str, name: str) -> tuple[str, ...]:
    """Return the codes of one or several terms, each once, in the order given; see `code`."""
    found: dict[str, None] = {}
    problems: list[str] = []
    for value in _one_or_many(values, name):
        written = _written(value, terms)
        if len(written) == 1:
            found[written[0]] = None
        elif not isinstance(value, str):
            problems.append(f"{name}: {value!r} is not the code or label of {_one(what)}")
        elif written:
            problems.append(f"{name}: {value!r} is the label of {' and '.join(sorted(written))}; write the code")
        else:
            problems.append(f"{name}: {_unknown(value, terms, what)}")
    if problems:
        raise UsageError(problems[0], details=problems[1:], hint=_terms_hint(terms))
    return tuple(found)


def choice(value: str, allowed: Sequence[str], *, what: str, hint: str = "") -> str:
    """Return one of a short list of words that an option may have.

    Raises
    ------
    UsageError
        For any other value, with the list.
    """
    if not isinstance(value, str) or value not in allowed:
        raise UsageError(unknown(what, str(value), allowed), hint=hint or f"One of {', '.join(allowed)}.")
    return value


def column_names(
    values: str | Iterable[str], there: Iterable[str], *, name: str = "by", least: int = 0
) -> tuple[str, ...]:
    """Return one or several names of columns, each once; a text is one column.

    Raises
    ------
    UsageError
        For a column that is not `there`, or fewer than `least`.

    Examples
    --------
    >>> column_names("country", ["country", "year"])
    ('country',)
    """
    given = [values] if isinstance(values, str) else listed(values, name=name)
    columns = list(there)
    wrong = [value for value in given if value not in columns]
    if wrong:
        raise UsageError(
            f"{name}: {unknown('column', str(wrong[0]), columns)}",
            details=[f"{name}: {unknown('column', str(value), columns)}" for value in wrong[1:]],
            hint=f"columns of the table: {', '.join(columns) or 'none'}",
        )
    if len(given) < least:
        raise UsageError(f"{name} names no column", hint=f"columns of the table: {', '.join(columns) or 'none'}")
    return tuple(dict.fromkeys(str(value) for value in given))


def text(value: str, *, name: str) -> str:
    """Return a text that is not empty.

    Raises
    ------
    UsageError
        For an empty text, or what is none.
    """
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{name}: {value!r} is not a text", hint=f'write {name}="…" in quotes')
    return value


def yes_or_no(value: bool, *, name: str) -> bool:
    """Return what a switch is set to.

    Raises
    ------
    UsageError
        For anything but True or False: a text such as ``"no"`` would count as True.
    """
    if not isinstance(value, bool):
        raise UsageError(f"{name}: {value!r} is neither True nor False", hint=f"write {name}=True or {name}=False")
    return value


def suggestions(value: str, terms: Mapping[str, str]) -> tuple[str, ...]:
    """Return the codes that a text may mean, by the words of their labels first, else by spelling; at most five.

    Examples
    --------
    >>> suggestions("density", {"UD": "Trade union density", "ED": "Employer density", "DAYS": "Days not worked"})
    ('ED', 'UD')
    """
    asked = [word for word in fold(value).split() if len(word) >= _LEAST_LETTERS]
    named = [one for one, label in sorted(terms.items()) if asked and _has_words(asked, fold(f"{label} {one}"))]
    if 0 < len(named) <= _OFFERED:
        return tuple(named)
    spelt = meanings(value, terms) or [
        one for label in meanings(value, terms.values()) for one, other in sorted(terms.items()) if other == label
    ]
    return tuple(spelt)[:_OFFERED] or tuple(named)[:_OFFERED]


def _one(what: str) -> str:
    """Return a noun with its article."""
    return f"{'an' if what[:1] in _VOWELS else 'a'} {what}"


def _has_words(asked: Sequence[str], label: str) -> bool:
    """Say whether each word asked begins a word of a label."""
    words = label.split()
    return all(any(word.startswith(one) for word in words) for one in asked)


def _one_or_many(values: Any, name: str) -> list[Any]:
    given = [values] if isinstance(values, str) or is_missing(values) else listed(values, name=name)
    if not given:
        raise UsageError(f"{name} is an empty list", hint=f"leave {name} out for all")
    return given


def _country(value: Any, among: frozenset[str], name: str) -> tuple[str, str]:
    """Return the code of a country and no problem, or the problem that there is."""
    if not isinstance(value, str) or not value.strip():
        return "", f"{name}: {value!r} is not a country; write its code or name in quotes, such as 'KAZ'"
    world = codebook.known_terms("iso_countries")
    for written in (value, value.strip().upper()):
        if written in among or written in world:
            return written, ""
    found = meant("iso_countries", value)
    own = [one for one in found if one in among] or list(found)
    if len(own) == 1:
        return own[0], ""
    if not own:
        named = [*((term.label, one) for one, term in world.items()), *everyday_names("iso_countries")]
        near = meanings(value, (name for name, _ in named))
        own = list(dict.fromkeys(one for name, one in named if name in near))
    allowed = among | set(own) if own or not among else among
    return "", f"{name}: {unknown('country', value, allowed or world, own)}"


def _countries_hint(among: Iterable[str]) -> str:
    listed_ = sorted(set(among))
    rule = "a country is an ISO 3166-1 code or a name"
    return f"{rule}; the data has {', '.join(listed_)}" if 0 < len(listed_) <= 2 * LISTED else rule


def _written(value: Any, terms: Mapping[str, str]) -> list[str]:
    """Return the codes of which a value is the code or the label."""
    if not isinstance(value, str) or value in terms:
        return [value] if isinstance(value, str) else []
    folded = fold(value)
    by_code = [one for one in terms if fold(one) == folded] if folded else []
    return by_code or ([one for one, label in terms.items() if fold(label) == folded] if folded else [])


def _unknown(value: str, terms: Mapping[str, str], what: str) -> str:
    near = suggestions(value, terms)
    if not near:
        return unknown(what, value, terms)
    told = " or ".join(f"{one!r} ({terms[one]})" if terms[one] and terms[one] != one else repr(one) for one in near)
    return f"{value!r} is not a known {what}; did you mean {told}?"


def _terms_hint(terms: Mapping[str, str]) -> str:
    every = ", ".join(sorted(terms))
    return f"known: {every}" if 0 < len(terms) <= 4 * LISTED else "sd.find() looks by any word"
