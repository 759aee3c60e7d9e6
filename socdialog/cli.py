"""The command line: parse, call, print. Each command imports what it needs, so that help appears at once."""

# ruff: noqa: T201 - a command line prints

from __future__ import annotations

import argparse
import gc
import json
import os
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
from socdialog.unused_packages import hidden

if TYPE_CHECKING:
    from socdialog.publishing.building import Options

#: New objects between two looks for those that only point at each other.
_SELDOM = 50_000
_CODES = "exit codes: 0 done; 1 the data has errors or a page failed; 2 usage error; 3 another build is still running"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    console.prepare()
    try:
        args = _parser().parse_args(arguments)
    except SystemExit as ended:
        raise SystemExit(console.finish(int(ended.code or 0))) from None
    # Most objects of a command live to its end, and few lie in circles: they are seldom looked for.
    gc.set_threshold(_SELDOM)
    # pandera imports these wherever they are installed; that would be most of the time of a short command.
    with hidden("pandas", "hypothesis"):
        return console.finish(machine.run(lambda: int(args.run(args) or 0), draws=args.run in (_build, _verify)))


#: Options that several commands share.
_SHARED: dict[str, dict[str, Any]] = {
    "--data": {"type": folder, "metavar": "DIR", "help": "folder that contains raw/; default: the nearest data/"},
    "--out": {"type": folder, "default": Path("site"), "metavar": "DIR", "help": "folder of the site; default: site"},
    "--wait": {"type": seconds, "default": 600.0, "metavar": "S", "help": "seconds to wait for another build"},
    "--jobs": {
        "type": count,
        "default": 0,
        "metavar": "N",
        "help": "notebooks run at the same time; default: one per core",
    },
    "--timeout": {"type": seconds, "default": 600.0, "metavar": "S", "help": "seconds allowed for each notebook"},
    "--executor": {
        "default": "local",
        "metavar": "WHERE",
        "help": "where notebooks run: local, dask://host:port or tls://host:port; default: local. Workers of a cluster "
        "receive the data and return the values of pages",
    },
    "--json": {"action": "store_true", "help": "print progress as JSON lines"},
    "--why": {"required": True, "help": "reason"},
    "--by": {"required": True, "metavar": "NAME", "help": "person who decides"},
    "--on": {"default": "", "metavar": "DATE", "help": "date; default: today"},
}
_BUILDING = ("--data", "--out", "--wait", "--jobs", "--timeout", "--executor", "--json")
_DECIDED = ("--why", "--by", "--on")


def _add(
    parser: Callable[..., argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int | None],
    *shared: str,
    **options: Any,
) -> argparse.ArgumentParser:
    """Return a command of `parser` that calls `run` and takes these options of `_SHARED`."""
    command = parser(name, **options)
    command.set_defaults(run=run)
    for option in shared:
        command.add_argument(option, **_SHARED[option])
    return command


def _parser() -> Parser:
    parser = Parser(
        prog="socdialog",
        description="Turn coded reports of union activity into published country profiles",
        epilog=_CODES,
    )
    parser.add_argument("--version", action="version", version=f"socdialog {socdialog.__version__}")
    command = parser.add_subparsers(metavar="COMMAND", required=True).add_parser

    new = _add(command, "new", _new, help="Start a study in a new folder")
    new.add_argument("folder", type=folder, metavar="FOLDER", help="new or empty folder; no file is overwritten")
    new.add_argument(
        "--countries", type=listed, default=(), metavar="GHA,NGA", help="ISO 3166-1 alpha-3 codes, separated by commas"
    )
    new.add_argument("--title", default="", metavar="TEXT", help="title of the study; default: its countries")

    check = _add(command, "check", _check, "--data", help="List all problems in data/raw")
    check.add_argument("--max-age", type=count, metavar="DAYS", help="also fail if no data is newer than DAYS")
    _add(command, "clean", _clean, "--data", help="Validate data/raw and write data/clean")

    build = _add(command, "build", _build, *_BUILDING, help="Build the site or selected countries", epilog=_CODES)
    build.add_argument("countries", nargs="*", metavar="COUNTRY", help="ISO 3166-1 alpha-3 codes; default: every page")
    build.add_argument(
        "--since", metavar="DATE", help="first year, month or day of events; default: that of the notebook"
    )
    build.add_argument(
        "--until", metavar="DATE", help="last year, month or day of events; default: that of the notebook"
    )
    build.add_argument(
        "--edition", default="", metavar="DATE", help="YYYY, YYYY-MM or YYYY-MM-DD; default: that of the data"
    )
    build.add_argument("--with-people", action="store_true", help="also publish the names and tables of officials")
    build.add_argument("--force", action="store_true", help="rebuild every page")
    _into_existing(build, "--out")
    build.add_argument("--why", action="store_true", help="show why each page is out of date; build nothing")

    _add(command, "verify", _verify, *_BUILDING, help="Rebuild in a temporary folder and compare byte for byte")

    publish = _add(command, "publish", _publish, "--out", "--wait", help="Publish the site (all or nothing)")
    publish.add_argument("target", type=target, metavar="TARGET", help="folder, or host:folder as in rsync")
    _into_existing(publish, "TARGET")

    lab = _add(command, "lab", _lab, "--data", help="Open JupyterLab in the folder of the study")
    lab.add_argument("options", nargs="*", metavar="OPTION", help="options of JupyterLab, after --")
    _scheduling(command("schedule", help="Print a schedule that checks, builds and publishes"))
    _reviewing(_add(command, "review", _review, "--data", help="List items that need review, or record a decision"))
    summary = "Report inter-coder agreement for each field"
    _add(command, "agreement", _agreement, "--data", help=summary)

    summary = "Import a register or official series into data/raw; without --apply, only show the result"
    importing = _add(command, "import", _import, "--data", help=summary)
    importing.add_argument("file", type=folder, metavar="FILE")
    kind = importing.add_mutually_exclusive_group(required=True)
    kind.add_argument("--map", type=folder, metavar="MAP", help="file that maps the columns")
    kind.add_argument("--as", dest="layout", metavar="ilostat|sdmx-csv", help="format of official series")
    importing.add_argument("--vintage", metavar="DATE", help="release: date on which the publisher last updated them")
    importing.add_argument("--apply", action="store_true", help="write the rows")
    _fetching(_add(command, "fetch", _fetch, "--data", help="Fetch official series and keep each release"))
    return parser


def _fetching(fetch: argparse.ArgumentParser) -> None:
    fetch.add_argument("service", choices=("ilostat",), metavar="SERVICE", help="ilostat")
    fetch.add_argument(
        "ids",
        nargs="*",
        metavar="ID",
        help="data sets, such as ILR_TUMT_NOC_RT_A; default with --check: all data sets kept",
    )
    fetch.add_argument("--countries", type=listed, default=(), metavar="KAZ,TUR", help="areas; default: all")
    fetch.add_argument("--since", type=count, metavar="YEAR", help="first year; default: the first available")
    fetch.add_argument("--until", type=count, metavar="YEAR", help="last year; default: the last available")
    fetch.add_argument(
        "--best-source", default="yes", metavar="yes|all|no", help="preferred source of each period only; default: yes"
    )
    fetch.add_argument("--lang", default="en", metavar="en|fr|es", help="language of names; default: en")
    fetch.add_argument("--check", action="store_true", help="list newer releases; fetch nothing")


def _scheduling(schedule: argparse.ArgumentParser) -> None:
    kinds = schedule.add_subparsers(metavar="cron|systemd|github", dest="kind", required=True).add_parser
    for name, summary in (
        ("cron", "Print lines for crontab"),
        ("systemd", "Print systemd units"),
        ("github", "Print a workflow for GitHub Pages"),
    ):
        kind = _add(kinds, name, _schedule, "--data", "--out", help=summary)
        kind.add_argument(
            "countries",
            nargs="*",
            metavar="COUNTRY",
            help="one entry for each country; default: one entry for all pages",
        )
        kind.add_argument(
            "--max-age", type=count, default=90, metavar="DAYS", help="fail if no data is newer than DAYS; default: 90"
        )
        if name == "github":
            kind.set_defaults(publish=None, mail="")
        else:
            destination = "where to publish the site; default: --out is the published folder"
            kind.add_argument("--publish", type=target, metavar="TARGET", help=destination)
            kind.add_argument("--mail", default="", metavar="ADDRESS", help="address notified on failure")
        kind.add_argument("--into", type=folder, metavar="DIR", help="write the files to DIR instead of printing them")


def _reviewing(review: argparse.ArgumentParser) -> None:
    review.add_argument("--json", action="store_true", help="print JSON")
    decision = review.add_subparsers(metavar="DECISION").add_parser

    link = _add(decision, "link", _review_link, *_DECIDED, help="Record whether two reports are about one event")
    link.add_argument("reports", nargs=2, metavar="REPORT")
    link.add_argument(
        "decision", metavar="same|different|part_of", help="part_of: the first event is part of the second"
    )

    name = _add(decision, "name", _review_name, *_DECIDED, help="Record which organisation or person a name refers to")
    name.add_argument("name", metavar="NAME", help="name as published")
    name.add_argument("means", metavar="ID", help="ID of an organisation or a person; none: not in the registry")
    name.add_argument("--country", metavar="COUNTRY", help="apply to this country only")
    name.add_argument("--report", metavar="REPORT", help="apply to this report only")

    withhold = _add(
        decision,
        "withhold",
        _review_withhold,
        help="Withhold the name of a person from everything published, permanently",
    )
    withhold.add_argument("name", metavar="NAME", help="given name and surname, as published")

    ids = _add(decision, "ids", _review_ids, help="Give every event a permanent ID")
    ids.add_argument("--on", required=True, metavar="DATE", help="date")

    for one in (link, name, withhold, ids):
        # Suppressed, so that a --data given before the decision keeps its value.
        one.add_argument(
            "--data", type=folder, metavar="DIR", default=argparse.SUPPRESS, help="folder that contains raw/"
        )


def _into_existing(command: argparse.ArgumentParser, place: str) -> None:
    command.add_argument(
        "--into-existing",
        action="store_true",
        help=f"accept a {place} that contains other files and no site; no file of others is deleted or replaced",
    )


def _new(args: argparse.Namespace) -> None:
    from datetime import date

    from socdialog.codebook import cldr
    from socdialog.starting.new import new_study

    made = new_study(args.folder, countries=args.countries, title=args.title, today=date.today())  # noqa: DTZ011 - here
    print(f"Created {cldr.counted(len(made), 'file')} in {args.folder}; README.md describes each file")
    print(f"Next: cd {shlex.quote(str(args.folder))} && socdialog check && socdialog build")


def _check(args: argparse.Namespace) -> int:
    from socdialog.loaders.fresh import check_study

    report = check_study(args.data)
    for problem in report.problems:
        print(problem)
    _print_counts(len(report.errors), len(report.warnings))
    _report_empty(args)
    old = _staleness(args)
    if old:
        print(f"socdialog: {old}", file=sys.stderr)
    return 1 if report.errors or old else 0


def _print_counts(errors: int, warnings: int) -> None:
    from socdialog.codebook import cldr

    print(f"{cldr.counted(errors, 'error')}, {cldr.counted(warnings, 'warning')}", file=sys.stderr)


def _report_empty(args: argparse.Namespace) -> None:
    from socdialog.intake.still_empty import still_empty
    from socdialog.store.study import find_study

    empty = still_empty(find_study(args.data).raw)
    if empty:
        print(f"No rows yet in {empty}", file=sys.stderr)


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


def _lab(args: argparse.Namespace) -> None:
    from socdialog.store.study import DATA_VARIABLE, find_study

    data = find_study(args.data).data.resolve()
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={data.parent}", *args.options]
    # Notebooks read this study; the terminal is JupyterLab's from here on.
    os.execve(sys.executable, command, {**os.environ, DATA_VARIABLE: str(data)})  # noqa: S606 - no shell is wanted


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
    from socdialog.codebook import cldr
    from socdialog.publishing.verifying import verify
    from socdialog.store.study import find_study

    study = find_study(args.data)
    with _options(args) as options:
        result = verify(study, args.out, options)
    if args.json:
        print(json.dumps({"same": result.same, "skipped": result.skipped}))
        return
    print(f"Reproduced {cldr.counted(result.same, 'published file')} byte for byte")
    if result.skipped:
        print(f"Skipped, because the page failed, was kept or is out of date: {', '.join(result.skipped)}")


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
    from socdialog.codebook import cldr
    from socdialog.loaders.record_decisions import give_event_ids

    path, given = give_event_ids(on=args.on, data=args.data)
    print(f"Added {cldr.counted(given, 'ID')} to {path}")


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
    _print_counts(len(found.errors), len(found.problems) - len(found.errors))
    return 1 if found.errors else 0


def _fetch(args: argparse.Namespace) -> int:
    from socdialog.codebook import cldr
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
    print(f"{cldr.counted(len(found), 'data set')}, {failed} failed", file=sys.stderr)
    return 1 if failed else 0


@contextmanager
def _options(args: argparse.Namespace) -> Iterator[Options]:
    """Yield the options of a build, connected to the executor of its notebooks."""
    from socdialog.publishing.building import Options
    from socdialog.publishing.progress import Progress

    if args.timeout == 0:
        raise UsageError("--timeout: 0 leaves no time for a notebook", hint="give a number of seconds above 0")
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
