"""The command line: parse, call, print. What is heavy is imported by the command that needs it."""

# ruff: noqa: T201 - a command line prints

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import socdialog
from socdialog import console, machine
from socdialog.arguments import Parser, count, folder, listed, seconds, target
from socdialog.errors import UsageError

if TYPE_CHECKING:
    from socdialog.publishing.building import Options

_CODES = "exit codes: 0 done; 1 the data has errors or a page failed; 2 wrong use; 3 another build did not end in time"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    console.prepare()
    try:
        args = _parser().parse_args(arguments)
    except SystemExit as ended:
        raise SystemExit(console.finish(int(ended.code or 0))) from None
    return console.finish(machine.run(lambda: int(args.run(args) or 0), draws=args.run in (_build, _verify)))


#: Options that several commands share.
_SHARED: dict[str, dict[str, Any]] = {
    "--data": {"type": folder, "metavar": "DIR", "help": "folder that holds raw/; default: the nearest data/"},
    "--out": {"type": folder, "default": Path("site"), "metavar": "DIR", "help": "the site; default: site"},
    "--wait": {"type": seconds, "default": 600.0, "metavar": "S", "help": "seconds to wait for another build"},
    "--jobs": {"type": count, "default": 0, "metavar": "N", "help": "notebooks at once; default: one a core"},
    "--timeout": {"type": seconds, "default": 600.0, "metavar": "S", "help": "seconds a notebook may take"},
    "--executor": {
        "default": "local",
        "metavar": "WHERE",
        "help": "local, dask://host:port or tls://host:port; default: this machine. Workers of a cluster see the "
        "data and are trusted with the values of pages",
    },
    "--json": {"action": "store_true", "help": "tell the progress as JSON lines"},
    "--why": {"required": True, "help": "what speaks for it"},
    "--by": {"required": True, "metavar": "NAME", "help": "who decides"},
    "--on": {"default": "", "metavar": "DATE", "help": "the day; default: today"},
}
_MAKING = ("--data", "--out", "--wait", "--jobs", "--timeout", "--executor", "--json")
_DECIDED = ("--why", "--by", "--on")


def _add(
    parser: Callable[..., argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int | None],
    *shared: str,
    **options: Any,
) -> argparse.ArgumentParser:
    """Make a command with `parser`: `run` carries it out, and it takes these options of `_SHARED`."""
    command = parser(name, **options)
    command.set_defaults(run=run)
    for option in shared:
        command.add_argument(option, **_SHARED[option])
    return command


def _parser() -> Parser:
    parser = Parser(
        prog="socdialog",
        description="From coded reports of union activity to published country profiles.",
        epilog=_CODES,
    )
    parser.add_argument("--version", action="version", version=f"socdialog {socdialog.__version__}")
    command = parser.add_subparsers(metavar="COMMAND", required=True).add_parser

    new = _add(command, "new", _new, help="start a study of your own in a new folder")
    new.add_argument("folder", type=folder, metavar="FOLDER", help="absent or empty; nothing is written over")
    new.add_argument(
        "--countries", type=listed, default=(), metavar="GHA,NGA", help="ISO 3166-1 alpha-3 codes, joined by commas"
    )
    new.add_argument("--title", default="", metavar="TEXT", help="of the study; default: one that names its countries")

    check = _add(command, "check", _check, "--data", help="tell every problem of data/raw")
    check.add_argument("--max-age", type=count, metavar="DAYS", help="fail too when nothing is newer than this")
    _add(command, "clean", _clean, "--data", help="make data/clean from data/raw")

    build = _add(command, "build", _build, *_MAKING, help="make the site, or single countries of it", epilog=_CODES)
    build.add_argument("countries", nargs="*", metavar="COUNTRY", help="ISO 3166-1 alpha-3 codes; default: every page")
    build.add_argument("--since", metavar="DATE", help="first year, month or day of activity; default: the notebook's")
    build.add_argument("--until", metavar="DATE", help="last year, month or day of activity; default: the notebook's")
    build.add_argument(
        "--edition", default="", metavar="DATE", help="YYYY, YYYY-MM or YYYY-MM-DD; default: of the data"
    )
    build.add_argument("--with-people", action="store_true", help="publish names and tables of officials")
    build.add_argument("--force", action="store_true", help="make every page anew")
    _into_existing(build, "--out")
    build.add_argument("--why", action="store_true", help="only say what makes each page stale")

    _add(command, "verify", _verify, *_MAKING, help="make the site again elsewhere and compare every byte")

    publish = _add(command, "publish", _publish, "--out", "--wait", help="copy the site, whole, to where it is shown")
    publish.add_argument("target", type=target, metavar="TARGET", help="a folder, or host:folder, as rsync takes it")
    _into_existing(publish, "TARGET")

    _scheduling(command("schedule", help="print a schedule that checks, builds and publishes"))
    _reviewing(_add(command, "review", _review, "--data", help="tell what waits for a person, or decide it"))
    summary = "tell how far two coders of the same texts agree, field by field"
    _add(command, "agreement", _agreement, "--data", help=summary)

    summary = "bring a register or official series into the raw data; without --apply only tell what would be written"
    importing = _add(command, "import", _import, "--data", help=summary)
    importing.add_argument("file", type=folder, metavar="FILE")
    kind = importing.add_mutually_exclusive_group(required=True)
    kind.add_argument("--map", type=folder, metavar="MAP", help="what the columns of the file are")
    kind.add_argument("--as", dest="layout", metavar="ilostat|sdmx-csv", help="official series, as published")
    importing.add_argument("--vintage", metavar="DATE", help="of official series: when the publisher last changed them")
    importing.add_argument("--apply", action="store_true", help="write the rows")
    _fetching(_add(command, "fetch", _fetch, "--data", help="fetch official series, each release kept by itself"))
    return parser


def _fetching(fetch: argparse.ArgumentParser) -> None:
    fetch.add_argument("service", choices=("ilostat",), metavar="SERVICE", help="ilostat")
    fetch.add_argument("ids", nargs="*", metavar="ID", help="such as ILR_TUMT_NOC_RT_A; with --check default: all kept")
    fetch.add_argument("--countries", type=listed, default=(), metavar="KAZ,TUR", help="areas; default: all")
    fetch.add_argument("--since", type=count, metavar="YEAR", help="first year; default: the first there is")
    fetch.add_argument("--until", type=count, metavar="YEAR", help="last year; default: the last there is")
    fetch.add_argument("--best-source", default="yes", metavar="yes|all|no", help="sources of a period; default: yes")
    fetch.add_argument("--lang", default="en", metavar="en|fr|es", help="of names; default: en")
    fetch.add_argument("--check", action="store_true", help="only tell what is newer; fetch nothing")


def _scheduling(schedule: argparse.ArgumentParser) -> None:
    kinds = schedule.add_subparsers(metavar="cron|systemd|github", dest="kind", required=True).add_parser
    for name, summary in (
        ("cron", "lines for crontab"),
        ("systemd", "units"),
        ("github", "a workflow for GitHub Pages"),
    ):
        kind = _add(kinds, name, _schedule, "--data", "--out", help=summary)
        kind.add_argument(
            "countries", nargs="*", metavar="COUNTRY", help="an entry for each; default: one entry for every page"
        )
        kind.add_argument(
            "--max-age", type=count, default=90, metavar="DAYS", help="fail when no data is newer; default: 90"
        )
        if name == "github":
            kind.set_defaults(publish=None, mail="")
        else:
            shown = "where rsync copies the site; default: --out is what is shown"
            kind.add_argument("--publish", type=target, metavar="TARGET", help=shown)
            kind.add_argument("--mail", default="", metavar="ADDRESS", help="who is told of a failure")
        kind.add_argument("--into", type=folder, metavar="DIR", help="write the files there instead of printing them")


def _reviewing(review: argparse.ArgumentParser) -> None:
    review.add_argument("--json", action="store_true", help="tell it as JSON")
    decision = review.add_subparsers(metavar="DECISION").add_parser

    link = _add(decision, "link", _review_link, *_DECIDED, help="decide whether two reports tell of one event")
    link.add_argument("reports", nargs=2, metavar="REPORT")
    link.add_argument("decision", metavar="same|different|part_of", help="part_of: the first is a part of the second")

    name = _add(decision, "name", _review_name, *_DECIDED, help="decide whom a printed name means")
    name.add_argument("name", metavar="NAME", help="as reported")
    name.add_argument("means", metavar="ID", help="of an organisation or a person, or none: nobody registered")
    name.add_argument("--country", metavar="COUNTRY", help="holds for this country only")
    name.add_argument("--report", metavar="REPORT", help="holds for this report only")

    withhold = _add(
        decision, "withhold", _review_withhold, help="keep the name of a person out of everything published, for good"
    )
    withhold.add_argument("name", metavar="NAME", help="given name and surname, as printed")

    ids = _add(decision, "ids", _review_ids, help="give every event an id that stays")
    ids.add_argument("--on", required=True, metavar="DATE", help="the day")

    for one in (link, name, withhold, ids):
        # Suppressed, so that --data before the decision is not forgotten.
        one.add_argument("--data", type=folder, metavar="DIR", default=argparse.SUPPRESS, help="folder that holds raw/")


def _into_existing(command: argparse.ArgumentParser, place: str) -> None:
    command.add_argument(
        "--into-existing",
        action="store_true",
        help=f"also where {place} holds other files and no site; none of them is deleted or replaced",
    )


def _new(args: argparse.Namespace) -> None:
    from datetime import date

    from socdialog.starting.new import new_study

    made = new_study(args.folder, countries=args.countries, title=args.title, today=date.today())  # noqa: DTZ011 - here
    print(f"{args.folder}: {len(made)} files; README.md says what each is for")
    print(f"next: cd {shlex.quote(str(args.folder))} && socdialog check && socdialog build")


def _check(args: argparse.Namespace) -> int:
    from socdialog.loaders.fresh import check_study

    report = check_study(args.data)
    for problem in report.problems:
        print(problem)
    print(f"{len(report.errors)} error(s), {len(report.warnings)} warning(s)", file=sys.stderr)
    _report_empty(args)
    old = _staleness(args)
    if old:
        print(f"socdialog: {old}", file=sys.stderr)
    return 1 if report.errors or old else 0


def _report_empty(args: argparse.Namespace) -> None:
    from socdialog.intake.still_empty import still_empty
    from socdialog.store.study import find_study

    empty = still_empty(find_study(args.data).raw)
    if empty:
        print(f"no rows yet in {empty}", file=sys.stderr)


def _staleness(args: argparse.Namespace) -> str:
    if args.max_age is None:
        return ""
    from datetime import date

    from socdialog.intake.freshness import is_stale
    from socdialog.store.study import find_study

    return is_stale(find_study(args.data), days=args.max_age, today=date.today())  # noqa: DTZ011 - the day here


def _schedule(args: argparse.Namespace) -> None:
    from socdialog.parameters import checked, study_countries
    from socdialog.publishing.schedule import Job, schedule, write
    from socdialog.store.study import find_study

    study = find_study(args.data)
    checked({"countries": tuple(args.countries)}, known=study_countries(study.raw))
    here = args.kind == "github"  # a workflow runs in the top folder of the repository, wherever that is
    data, out = (Path(args.data or "data"), args.out) if here else (study.data.absolute(), args.out.absolute())
    job = Job(
        python=sys.executable,
        data=str(data),
        out=str(out),
        countries=tuple(sorted(set(args.countries))),
        max_age=args.max_age,
        publish=args.publish or "",
        mail=args.mail,
    )
    files = schedule(args.kind, job)
    if args.into is not None:
        print(*write(files, args.into), sep="\n")
        return
    for name, text in files.items():
        head = f"# --- {name} ---\n" if len(files) > 1 else ""
        print(f"{head}{text}", end="")


def _publish(args: argparse.Namespace) -> None:
    from socdialog.publishing.publishing import publish

    found = publish(args.out, args.target, wait=args.wait, into_existing=args.into_existing)
    print(*found.lines(), sep="\n", file=sys.stderr)


def _clean(args: argparse.Namespace) -> None:
    from socdialog.loaders.fresh import clean_study

    print(clean_study(args.data).folder)


def _build(args: argparse.Namespace) -> int:
    from socdialog.publishing.building import build, why
    from socdialog.publishing.plan import Request
    from socdialog.store.study import find_study

    study = find_study(args.data)
    request = Request(
        countries=tuple(args.countries),
        since=args.since,
        until=args.until,
        edition=args.edition,
        with_people=args.with_people,
    )
    if args.why:
        print(*why(study, args.out, request), sep="\n")
        return 0
    with _options(args) as options:
        summary = build(study, args.out, request, options)
    if not args.json:
        _report_empty(args)
    return 0 if summary.good else 1


def _verify(args: argparse.Namespace) -> None:
    from socdialog.publishing.verifying import verify
    from socdialog.store.study import find_study

    study = find_study(args.data)
    with _options(args) as options:
        verdict = verify(study, args.out, options)
    if args.json:
        print(json.dumps({"same": verdict.same, "skipped": verdict.skipped}))
        return
    print(f"{verdict.same} published file(s) made again, byte for byte")
    if verdict.skipped:
        print(f"skipped, because a page failed, was kept or is stale: {', '.join(verdict.skipped)}")


def _review(args: argparse.Namespace) -> None:
    from socdialog.loaders.review import review_queue

    found = review_queue(args.data)
    if args.json:
        print(json.dumps(found.entries(), ensure_ascii=console.is_narrow(sys.stdout), indent=1))
    else:
        from socdialog.display.review_words import review_words

        print(review_words(found))


def _review_link(args: argparse.Namespace) -> None:
    from socdialog.loaders.record_decisions import decide_link

    one, other = args.reports
    print(decide_link(one, other, args.decision, why=args.why, by=args.by, on=args.on, data=args.data))


def _review_name(args: argparse.Namespace) -> None:
    from socdialog.loaders.record_decisions import decide_name

    where = {"country": args.country, "report": args.report}
    print(decide_name(args.name, args.means, why=args.why, by=args.by, on=args.on, data=args.data, **where))


def _review_withhold(args: argparse.Namespace) -> None:
    from socdialog.loaders.withholding import withhold_name

    print(withhold_name(args.name, data=args.data))


def _review_ids(args: argparse.Namespace) -> None:
    from socdialog.loaders.record_decisions import give_event_ids

    path, given = give_event_ids(on=args.on, data=args.data)
    print(f"{path}: {given} id(s) given")


def _agreement(args: argparse.Namespace) -> None:
    from socdialog.loaders.load_tables import load_reports
    from socdialog.metrics.agreement import coder_agreement

    found = coder_agreement(load_reports(data=args.data))
    print(f"{'field':<16}{'n':>5}{'known':>7}{'agreed':>8}  kappa")
    for row in found.frame.iter_rows(named=True):
        score = row["answer"] if row["value"] is None else f"{row['value']:.3f}"
        print(f"{row['field']:<16}{row['n']:>5}{row['known']:>7}{row['agreed']:>8}  {score}")
    print(found.definition)


def _import(args: argparse.Namespace) -> int:
    if args.layout is not None:
        from socdialog.importing.import_series import import_series

        series = import_series(args.file, args.layout, vintage=args.vintage, data=args.data, apply=args.apply)
        print(series)
        return 0
    if args.vintage is not None:
        raise UsageError("--vintage is of official series", hint="leave it out, or import with --as")
    from socdialog.importing.import_file import import_file

    found = import_file(args.file, args.map, data=args.data, apply=args.apply)
    print(*found.lines(), sep="\n")
    errors = len(found.errors)
    print(f"{errors:,} error(s), {len(found.problems) - errors:,} warning(s)", file=sys.stderr)
    return 1 if errors else 0


def _fetch(args: argparse.Namespace) -> int:
    from socdialog.sources import ilostat

    if args.check and not args.ids:
        found = ilostat.newer(lang=args.lang, data=args.data)
    else:
        found = ilostat.fetch(
            args.ids,
            countries=args.countries,
            since=args.since,
            until=args.until,
            best_source=args.best_source,
            lang=args.lang,
            check=args.check,
            data=args.data,
        )
    for one in found:
        print(one, file=sys.stderr if one.outcome == "failed" else sys.stdout)
    failed = sum(one.outcome == "failed" for one in found)
    print(f"{len(found)} data set(s), {failed} failed", file=sys.stderr)
    return 1 if failed else 0


@contextmanager
def _options(args: argparse.Namespace) -> Iterator[Options]:
    """Yield how to build, connected with whatever runs the notebooks."""
    from socdialog.publishing.building import Options
    from socdialog.publishing.progress import Progress

    if args.timeout == 0:
        raise UsageError("a notebook needs some time", hint="give --timeout a number above 0")
    options = Options(
        jobs=args.jobs,
        timeout=args.timeout,
        wait=args.wait,
        force=getattr(args, "force", False),
        into_existing=getattr(args, "into_existing", False),
        progress=Progress(machine=args.json),
    )
    if args.executor == "local":
        yield options
        return
    from socdialog.publishing.cluster import connected

    with connected(args.executor) as make:
        yield replace(options, make_executor=make)


if __name__ == "__main__":
    sys.exit(main())
