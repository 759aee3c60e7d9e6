"""The project's habits: ``python -m nox -l`` lists them."""

from __future__ import annotations

import nox

nox.needs_version = ">=2024.10"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.sessions = ["lint", "types", "imports", "tests"]
nox.options.reuse_existing_virtualenvs = True

LOCK = "requirements.lock"
#: What only the documentation needs, so that users do not install it.
DOCS_LOCK = "docs/requirements.lock"


def install(session: nox.Session, *, many_processes: bool = True) -> None:
    """Install every dependency as locked, by hash, and then the project as its wheel."""
    if many_processes:
        # uv compiles no module unless it is told to; then each of the many processes of the tests would.
        session.env.update({"UV_COMPILE_BYTECODE": "1", "PYTHONDONTWRITEBYTECODE": ""})
    session.install("--require-hashes", "-r", LOCK)
    # The build tool is locked too, so nothing is fetched that the lock does not name.
    session.install("--no-deps", "--no-build-isolation", "--force-reinstall", ".")


@nox.session
def site(session: nox.Session) -> None:
    """Build every profile from the shipped data into site/; options pass through: ``-- KAZ --jobs 1``."""
    install(session)
    session.run("socdialog", "build", *session.posargs)


@nox.session
def lab(session: nox.Session) -> None:
    """Open JupyterLab in this folder, with a kernel named socdialog; options pass through: ``-- --no-browser``."""
    install(session)
    kernel = ("--prefix", session.virtualenv.location, "--name", "socdialog", "--display-name", "socdialog")
    session.run("python", "-m", "ipykernel", "install", *kernel, silent=True)
    session.run("jupyter", "lab", *(session.posargs or ["notebooks/tour.ipynb"]))


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; ``-- -k name`` chooses some."""
    install(session)
    session.run("python", "-m", "pytest", "-n", "auto", "--dist", "loadgroup", *session.posargs)


@nox.session(name="long")
def long_tests(session: nox.Session) -> None:
    """Run the tests that take long and watch what shorter ones watch too."""
    install(session)
    session.run("python", "-m", "pytest", "-n", "auto", "--dist", "loadgroup", "-m", "long", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Run the tests and say which branches none of them takes."""
    install(session)
    session.run(
        "python",
        "-m",
        "pytest",
        "-n",
        "auto",
        "--cov=socdialog",
        "--cov-report=term-missing:skip-covered",
        *session.posargs,
    )


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and form, notebooks too."""
    install(session)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types, strictly."""
    install(session)
    session.run("mypy")


@nox.session
def imports(session: nox.Session) -> None:
    """Check that imports run downwards only, room by room."""
    install(session)
    session.run("lint-imports")


@nox.session
def static(session: nox.Session) -> None:
    """Check style, types and imports with one installation: what `lint`, `types` and `imports` do one by one."""
    install(session, many_processes=False)
    for command in (["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"], ["lint-imports"]):
        session.run(*command)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation into docs/_build/html, without a warning, and test it; open index.html there."""
    install(session)
    session.install("--require-hashes", "-r", DOCS_LOCK)
    session.run("python", "-m", "sphinx", "-W", "--keep-going", "-E", "-q", "docs", "docs/_build/html")
    session.run("python", "-m", "pytest", "tests/docs", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure what is claimed, each as a ratio against a named peer in one run; ``-- build`` chooses."""
    install(session)
    session.run("python", "-m", "tests.bench", *session.posargs)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Damage copies of the data at random and hold the commands to their contract; ``-- --mutations 500 --seed 7``."""
    install(session)
    session.run("python", "-m", "tests.fuzz", *session.posargs)


@nox.session
def mutation(session: nox.Session) -> None:
    """Change modules in small wrong ways, one at a time, and hold their unit tests to notice; ``-- --module NAME``."""
    install(session)
    # The package of this folder is tested, not the installed one: it is changed as it is imported.
    session.run("python", "-m", "tests.mutation", *session.posargs, env={"PYTHONPATH": "."})


@nox.session
def lock(session: nox.Session) -> None:
    """Pin every dependency anew, for all Pythons at once, with hashes and no index address."""
    session.install("uv")
    extras = ("stats", "cluster", "spreadsheet", "pandas", "excel")
    groups = ("--group", "dev", *(word for extra in extras for word in ("--extra", extra)))
    for lock, chosen in ((LOCK, groups), (DOCS_LOCK, ("--group", "docs", "--constraints", LOCK))):
        session.run(
            *("uv", "pip", "compile", "pyproject.toml", *chosen),
            # pip 23, which comes with Python 3.11 and 3.12, asks for `coverage[toml]` with its extra.
            *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-strip-extras"),
            *("--no-emit-index-url", "--no-annotate"),
            *("--custom-compile-command", "python -m nox -s lock", "--quiet", "--output-file", lock),
        )
