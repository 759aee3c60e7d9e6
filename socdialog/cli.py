"""The command line: parse, call, print. What is heavy is imported by the command that needs it."""

# ruff: noqa: T201 - a command line prints

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import socdialog
from socdialog import console, machine
from socdialog.arguments import Parser, count, folder, seconds, target
from socdialog.errors import UsageError

if TYPE_CHECKING:
    from socdialog.publishing.building import MakeExecutor, Options
    from socdialog.publishing.plan import Request

_CODES = "exit codes: 0 done; 1 the data has errors or a page failed; 2 wrong use; 3 another build did not end in time"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    console.prepare()
    try:
        args = _parser().parse_args(arguments)
    except SystemExit as ended:
        raise SystemExit(console.finish(int(ended.code or 0))) from None
    return console.finish(machine.run(lambda: int(args.run(args)), draws=args.run in (_build, _verify)))


def _parser() -> Parser:
    parser = Parser(
        prog="socdialog",
        description="From coded reports of union activity to published country profiles.",
        epilog=_CODES,
    )
    parser.add_argument("--version", action="version", version=f"socdialog {socdialog.__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    check = commands.add_parser("check", help="tell every problem of data/raw")
    _data(check)
    check.add_argument("--max-age", type=count, metavar="DAYS", help="fail too when nothing is newer than this")
    check.set_defaults(run=_check)

    clean = commands.add_parser("clean", help="make data/clean from data/raw")
    _data(clean)
    clean.set_defaults(run=_clean)

    build = commands.add_parser("build", help="make the site, or single countries of it", epilog=_CODES)
    build.add_argument("countries", nargs="*", metavar="COUNTRY", help="ISO 3166-1 alpha-3 codes; default: every page")
    _data(build)
    _making(build)
    build.add_argument("--since", metavar="DATE", help="first year, month or day of activity; default: the notebook's")
    build.add_argument("--until", metavar="DATE", help="last year, month or day of activity; default: the notebook's")
    build.add_argument(
        "--edition", default="", metavar="DATE", help="YYYY, YYYY-MM or YYYY-MM-DD; default: of the data"
    )
    build.add_argument("--with-people", action="store_true", help="publish names and tables of officials")
    build.add_argument("--force", action="store_true", help="make every page anew")
    _into_existing(build, "--out")
    build.add_argument("--why", action="store_true", help="only say what makes each page stale")
    build.set_defaults(run=_build)

    verify = commands.add_parser("verify", help="make the site again elsewhere and compare every byte")
    _data(verify)
    _making(verify)
    verify.set_defaults(run=_verify)

    publish = commands.add_parser("publish", help="copy the site, whole, to where it is shown")
    publish.add_argument("target", type=target, metavar="TARGET", help="a folder, or host:folder, as rsync takes it")
    _site(publish)
    _into_existing(publish, "TARGET")
    publish.set_defaults(run=_publish)
    _scheduling(commands.add_parser("schedule", help="print a schedule that checks, builds and publishes"))
    _reviewing(commands.add_parser("review", help="tell what waits for a person, or decide it"))

    agreement = commands.add_parser("agreement", help="tell how far two coders of the same texts agree, field by field")
    _data(agreement)
    agreement.set_defaults(run=_agreement)
    return parser


def _scheduling(schedule: argparse.ArgumentParser) -> None:
    kinds = schedule.add_subparsers(metavar="cron|systemd|github", dest="kind", required=True)
    for name, told in (("cron", "lines for crontab"), ("systemd", "units"), ("github", "a workflow for GitHub Pages")):
        kind = kinds.add_parser(name, help=told)
        kind.add_argument(
            "countries", nargs="*", metavar="COUNTRY", help="an entry for each; default: one entry for every page"
        )
        _data(kind)
        _out(kind)
        kind.add_argument(
            "--max-age", type=count, default=90, metavar="DAYS", help="fail when no data is newer; default: 90"
        )
        if name != "github":
            kind.add_argument(
                "--publish",
                type=target,
                metavar="TARGET",
                help="where rsync copies the site; default: --out is what is shown",
            )
            kind.add_argument("--mail", metavar="ADDRESS", help="who is told of a failure")
        kind.add_argument("--into", type=folder, metavar="DIR", help="write the files there instead of printing them")
        kind.set_defaults(run=_schedule, publish=None, mail="")


def _reviewing(review: argparse.ArgumentParser) -> None:
    _data(review)
    review.add_argument("--json", action="store_true", help="tell it as JSON")
    review.set_defaults(run=_review)
    decisions = review.add_subparsers(metavar="DECISION")

    link = decisions.add_parser("link", help="decide whether two reports tell of one event")
    link.add_argument("reports", nargs=2, metavar="REPORT")
    link.add_argument("decision", metavar="same|different|part_of", help="part_of: the first is a part of the second")
    _decided(link)
    link.set_defaults(run=_review_link)

    name = decisions.add_parser("name", help="decide whom a printed name means")
    name.add_argument("name", metavar="NAME", help="as reported")
    name.add_argument("means", metavar="ID", help="of an organisation or a person, or none: nobody registered")
    name.add_argument("--country", metavar="COUNTRY", help="holds for this country only")
    name.add_argument("--report", metavar="REPORT", help="holds for this report only")
    _decided(name)
    name.set_defaults(run=_review_name)

    withhold = decisions.add_parser("withhold", help="keep the name of a person out of everything published, for good")
    withhold.add_argument("name", metavar="NAME", help="given name and surname, as printed")
    _deciding_data(withhold)
    withhold.set_defaults(run=_review_withhold)

    ids = decisions.add_parser("ids", help="give every event an id that stays")
    ids.add_argument("--on", required=True, metavar="DATE", help="the day")
    _deciding_data(ids)
    ids.set_defaults(run=_review_ids)


def _decided(decision: argparse.ArgumentParser) -> None:
    decision.add_argument("--why", required=True, help="what speaks for it")
    decision.add_argument("--by", required=True, metavar="NAME", help="who decides")
    decision.add_argument("--on", default="", metavar="DATE", help="the day; default: today")
    _deciding_data(decision)


def _deciding_data(decision: argparse.ArgumentParser) -> None:
    # Suppressed, so that --data before the decision is not forgotten.
    decision.add_argument(
        "--data", type=folder, metavar="DIR", default=argparse.SUPPRESS, help="folder that holds raw/"
    )


def _data(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data", type=folder, metavar="DIR", help="folder that holds raw/; default: the nearest data/"
    )


def _out(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", type=folder, default=Path("site"), metavar="DIR", help="the site; default: site")


def _site(command: argparse.ArgumentParser) -> None:
    _out(command)
    command.add_argument("--wait", type=seconds, default=600.0, metavar="S", help="seconds to wait for another build")


def _into_existing(command: argparse.ArgumentParser, place: str) -> None:
    command.add_argument(
        "--into-existing",
        action="store_true",
        help=f"also where {place} holds other files and no site; none of them is deleted or replaced",
    )


def _making(command: argparse.ArgumentParser) -> None:
    _site(command)
    command.add_argument("--jobs", type=count, default=0, metavar="N", help="notebooks at once; default: one a core")
    command.add_argument("--timeout", type=seconds, default=600.0, metavar="S", help="seconds a notebook may take")
    command.add_argument(
        "--executor", default="local", metavar="WHERE", help="local, or dask://host:port; default: this machine"
    )
    command.add_argument("--json", action="store_true", help="tell the progress as JSON lines")


def _check(args: argparse.Namespace) -> int:
    from socdialog.loaders.fresh import check_study

    report = check_study(args.data)
    for problem in report.problems:
        print(problem)
    print(f"{len(report.errors)} error(s), {len(report.warnings)} warning(s)", file=sys.stderr)
    old = _too_old(args)
    if old:
        print(f"socdialog: {old}", file=sys.stderr)
    return 1 if report.errors or old else 0


def _too_old(args: argparse.Namespace) -> str:
    if args.max_age is None:
        return ""
    from datetime import date

    from socdialog.publishing.freshness import is_stale
    from socdialog.store.study import find_study

    return is_stale(find_study(args.data), days=args.max_age, today=date.today())  # noqa: DTZ011 - the day here


def _schedule(args: argparse.Namespace) -> int:
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
        return 0
    for name, text in files.items():
        head = f"# --- {name} ---\n" if len(files) > 1 else ""
        print(f"{head}{text}", end="")
    return 0


def _publish(args: argparse.Namespace) -> int:
    from socdialog.publishing.publishing import publish

    found = publish(args.out, args.target, wait=args.wait, into_existing=args.into_existing)
    print(*found.lines(), sep="\n", file=sys.stderr)
    return 0


def _clean(args: argparse.Namespace) -> int:
    from socdialog.loaders.fresh import clean_study

    print(clean_study(args.data).folder)
    return 0


def _build(args: argparse.Namespace) -> int:
    from socdialog.publishing.building import build, why
    from socdialog.publishing.plan import Request
    from socdialog.publishing.progress import Progress
    from socdialog.store.study import find_study

    study = find_study(args.data)
    request: Request = Request(
        countries=tuple(args.countries),
        since=args.since,
        until=args.until,
        edition=args.edition,
        with_people=args.with_people,
    )
    if args.why:
        print(*why(study, args.out, request), sep="\n")
        return 0
    progress = Progress(machine=args.json)
    with _executor(args) as make:
        summary = build(study, args.out, request, options=_options(args), progress=progress, make_executor=make)
    return 0 if summary.good else 1


def _verify(args: argparse.Namespace) -> int:
    from socdialog.publishing.progress import Progress
    from socdialog.publishing.verifying import verify
    from socdialog.store.study import find_study

    study, progress = find_study(args.data), Progress(machine=args.json)
    with _executor(args) as make:
        verdict = verify(study, args.out, options=_options(args), progress=progress, make_executor=make)
    if args.json:
        print(json.dumps({"same": verdict.same, "skipped": verdict.skipped}))
        return 0
    print(f"{verdict.same} published file(s) made again, byte for byte")
    if verdict.skipped:
        print(f"skipped, because a page failed, was kept or is stale: {', '.join(verdict.skipped)}")
    return 0


def _executor(args: argparse.Namespace) -> AbstractContextManager[MakeExecutor | None]:
    """Return what makes the executor of a build: None is this machine's."""
    if args.executor == "local":
        return nullcontext()
    from socdialog.publishing.cluster import connected

    return connected(args.executor)


def _review(args: argparse.Namespace) -> int:
    from socdialog.loaders.review import review_queue

    found = review_queue(args.data)
    if args.json:
        print(json.dumps(found.entries(), ensure_ascii=console.is_narrow(sys.stdout), indent=1))
    else:
        from socdialog.display.review_words import review_words

        print(review_words(found))
    return 0


def _review_link(args: argparse.Namespace) -> int:
    from socdialog.loaders.record_decisions import decide_link

    one, other = args.reports
    print(decide_link(one, other, args.decision, why=args.why, by=args.by, on=args.on, data=args.data))
    return 0


def _review_name(args: argparse.Namespace) -> int:
    from socdialog.loaders.record_decisions import decide_name

    where = {"country": args.country, "report": args.report}
    print(decide_name(args.name, args.means, why=args.why, by=args.by, on=args.on, data=args.data, **where))
    return 0


def _review_withhold(args: argparse.Namespace) -> int:
    from socdialog.loaders.withholding import withhold_name

    print(withhold_name(args.name, data=args.data))
    return 0


def _review_ids(args: argparse.Namespace) -> int:
    from socdialog.loaders.record_decisions import give_event_ids

    path, given = give_event_ids(on=args.on, data=args.data)
    print(f"{path}: {given} id(s) given")
    return 0


def _agreement(args: argparse.Namespace) -> int:
    from socdialog.loaders.load_tables import load_reports
    from socdialog.metrics.agreement import coder_agreement

    found = coder_agreement(load_reports(data=args.data))
    print(f"{'field':<16}{'n':>5}{'known':>7}{'agreed':>8}  kappa")
    for row in found.frame.iter_rows(named=True):
        told = row["answer"] if row["value"] is None else f"{row['value']:.3f}"
        print(f"{row['field']:<16}{row['n']:>5}{row['known']:>7}{row['agreed']:>8}  {told}")
    print(found.definition)
    return 0


def _options(args: argparse.Namespace) -> Options:
    from socdialog.publishing.building import Options

    if args.timeout == 0:
        raise UsageError("a notebook needs some time", hint="give --timeout a number above 0")
    force, into_existing = getattr(args, "force", False), getattr(args, "into_existing", False)
    return Options(jobs=args.jobs, timeout=args.timeout, wait=args.wait, force=force, into_existing=into_existing)


if __name__ == "__main__":
    sys.exit(main())
