"""What the command line takes and refuses, for every command alike."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from socdialog import cli
from socdialog.arguments import count, seconds, target


def parsers(parser: argparse.ArgumentParser, *words: str) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Every parser of the command line with the words that lead to it."""
    yield words, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield from parsers(inner, *words, name)


ALL = dict(parsers(cli._parser()))
OPTIONS = [
    (words, option)
    for words, parser in ALL.items()
    for option in parser._option_string_actions
    if option.startswith("--")
]
PATHS = {"--data", "--out", "--into"}


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    return capsys.readouterr().err


def test_every_command_is_looked_at() -> None:
    assert {("build",), ("schedule", "cron"), ("review", "link")} <= set(ALL)
    assert (("build",), "--since") in OPTIONS


@pytest.mark.parametrize("words", ALL, ids=" ".join)
def test_no_option_may_be_shortened(words: tuple[str, ...]) -> None:
    assert ALL[words].allow_abbrev is False, "a parser does not inherit it"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("build", "--sinc", "2015"), "'--sinc' is not a known option; did you mean '--since'?"),
        (("build", "--sinc=2015"), "'--sinc' is not a known option; did you mean '--since'?"),
        (("build", "--with-peopl"), "did you mean '--with-people'?"),
        (("schedule", "cron", "--mial", "x"), "did you mean '--mail'?"),
        (("check", "--out", "x"), "'--out' is not a known option"),
        (("chek",), "'chek' is not a known command; did you mean 'check'?"),
        (("Build",), "'Build' is not a known command; did you mean 'build'?"),
        (("unpublish", "x"), "'unpublish' is not a known command; known: new, check"),
        (("review", "lnik"), "'lnik' is not a known decision; known: link, name, withhold, ids"),
        (("review", "link", "a", "b", "same", "--why", "w", "--by", "c", "--o", "2026"), "'--o' is not a known option"),
    ],
)
def test_the_nearest_option_is_named(arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said in refused(capsys, *arguments)


@pytest.mark.parametrize(("words", "option"), [one for one in OPTIONS if one[1] in PATHS])
def test_every_path_option_knows_home_and_refuses_what_is_no_path(
    words: tuple[str, ...],
    option: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    action = ALL[words]._option_string_actions[option]
    assert callable(action.type)
    assert action.type("~/x") == tmp_path / "x"
    for wrong in ("", "~nouser-of-this-name/x", "x" * 5000):
        with pytest.raises(argparse.ArgumentTypeError):
            action.type(wrong)
    if words == ("build",):
        for form in ([option, "~nouser-of-this-name/x"], [f"{option}=~nouser-of-this-name/x"]):
            assert "no home folder is known for ~nouser-of-this-name" in refused(capsys, *words, *form)
        assert "the path is empty" in refused(capsys, *words, f"{option}=")


def test_home_is_meant_after_an_equals_sign_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for form in (["--out=~/site"], ["--out", "~/site"]):
        assert cli._parser().parse_args(["build", *form]).out == tmp_path / "site"


def test_a_local_target_knows_home_and_a_remote_one_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert target("~/www") == f"{tmp_path}/www"
    for text in ("host:~/www", "www/", "rsync://host/www"):
        assert target(text) == text
    for wrong in ("", "~nouser-of-this-name"):
        with pytest.raises(argparse.ArgumentTypeError):
            target(wrong)
    parse = cli._parser().parse_args
    assert (
        parse(["publish", "~/www"]).target
        == parse(["schedule", "cron", "--publish=~/www"]).publish
        == f"{tmp_path}/www"
    )


def test_numbers_have_bounds_that_clocks_and_calendars_keep() -> None:
    assert [count("1"), count("1000000")] == [1, 1_000_000]
    for wrong in ("0", "-1", "", "1.0", "x", "1000001", "9" * 5000, "²"):
        with pytest.raises(argparse.ArgumentTypeError):
            count(wrong)
    assert [seconds("0"), seconds("1.5"), seconds("3e7")] == [0.0, 1.5, 3e7]
    for wrong in ("-1", "nan", "inf", "3.1e7", "", "x"):
        with pytest.raises(argparse.ArgumentTypeError):
            seconds(wrong)
