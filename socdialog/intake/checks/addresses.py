"""Rules about addresses: readable by programs, open to everybody, and one for one text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from socdialog.codebook import Column
from socdialog.independent_sources import originals
from socdialog.intake.addresses import SCHEMES, Page, page_of, secret_of, split, unreadable
from socdialog.intake.checks.rule_context import CheckContext, Finding, apply_rules
from socdialog.intake.nothing import nothing_message

_ADDRESS = r"^https?://[^\s/?#;]+\.[^\s/?#;]+([/?#:]\S*)?$"
#: Addresses that every program reads; the others are looked at one by one.
_SURE_ADDRESS = r"^https?://([A-Za-z0-9-]{1,63}\.){1,3}[A-Za-z0-9-]{1,63}(/[^\s;]*)?$"
_LIKE_ADDRESS = re.compile(r"\w+://|www\.|https?:", re.IGNORECASE)


def bad_address(context: CheckContext) -> Iterator[Finding]:
    """Report when an address is not an http or https address, or one that programs cannot read."""
    yield from apply_rules(
        context,
        "url",
        "source",
        suspect=lambda column: ~pl.col(column.name).str.contains(_SURE_ADDRESS),
        judge=lambda column, text: _address_of(column, text) if column.type == "url" else _addresses(text),
    )


def _address_of(column: Column, text: str) -> str | None:
    return nothing_message(text, required=column.required) or _one_address(text)


def _one_address(text: str) -> str | None:
    if not re.search(_ADDRESS, text):
        return _address(text)
    fault = unreadable(text)
    return f"{text!r} is not an address: {fault}; copy it from the browser" if fault else None


def _address(text: str) -> str:
    if " " in text:
        return f"{text!r} is not an address; write spaces as %20"
    if re.match(r"(?i)https?:/*", text):
        rest = re.sub(r"(?i)^https?:/*", "", text)
        return f"{text!r} is not an address; write https:// and the host name" + (
            f", such as 'https://{rest}'" if "." in rest else ""
        )
    if "://" in text:
        return f"{text!r} is not an http or https address; give its public address on the web"
    return (
        f"{text!r} is not an address; write it in full, such as 'https://{text}'"
        if "." in text
        else f"{text!r} is not an address; write it in full with https://"
    )


def _addresses(text: str) -> str | None:
    """Judge a citation: addresses joined by semicolons, each with a remark in brackets or none, or words."""
    for part in re.split(r";(?=\s*\w+://|\s*www\.)", text):
        if part != part.strip():
            return f"{text!r} has an invalid separator; separate addresses with ';' and no spaces"
        if _LIKE_ADDRESS.match(part) and not re.search(_ADDRESS, re.sub(r" \(.*\)$", "", part)):
            return _address(part)
    messages = (_one_address(part) for part in split(text) if part.startswith(SCHEMES))
    return next((message for message in messages if message), None)


def secret_in_address(context: CheckContext) -> Iterator[Finding]:
    """Report when an address holds a key or a session, which would be published with it."""
    yield from apply_rules(
        context,
        "url",
        "source",
        suspect=lambda column: pl.col(column.name).str.contains(
            r"(?i)(token|key|auth|pass|pwd|secret|sig|sess|sid)\w*="
        ),
        judge=_secret,
    )


def _secret(_: Column, text: str) -> str | None:
    for address in split(text):
        name = secret_of(address)
        if name is not None:
            return f"the address holds {name!r}, which may give access and would be published; remove it"
    return None


def same_address(context: CheckContext) -> Iterator[Finding]:
    """Report when two sources have addresses of one page, and neither is said to copy the other.

    Sources at several places of one page, such as the lines of a register, are not the page as a whole.
    """
    sources = context.frame("sources", "source_id", "url")
    copied: dict[str, str] = {}
    if "copy_of" in sources.columns:
        copied = dict(sources.select("source_id", "copy_of").drop_nulls().iter_rows())
    rows = [
        (page, source, url, line)
        for line, source, url in sources.select("raw_line", "source_id", "url")
        .drop_nulls()
        .sort("raw_line")
        .iter_rows()
        if (page := page_of(url)) is not None
    ]
    places: dict[str, set[str]] = defaultdict(set)
    for page, _, _, _ in rows:
        places[page.address].add(page.place)
    registers = {address for address, named in places.items() if len(named - {""}) > 1}
    first: dict[Page, tuple[str, str, int]] = {}
    for page, source, url, line in rows:
        key = page if page.address in registers else Page(page.address, "")
        earlier, earlier_url, earlier_line = first.setdefault(key, (source, url, line))
        if earlier_line == line or originals(source, copied)[-1] == originals(earlier, copied)[-1]:
            continue
        message = (
            f"{url!r} of {source!r} is the address of {earlier!r} in line {earlier_line} in another writing "
            f"({earlier_url!r}); "
            "use one source per article, or name the first in copy_of"
        )
        yield Finding("sources", line, "url", message)
