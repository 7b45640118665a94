"""Set up if needed, then run: `python3 run.py [ARGS]` is `pathwizard ARGS`.

`python3 run.py test [--full] [pytest arguments]` runs format, lint, types, floors and tests.
Standard library only. The Python that runs this file is never changed: everything goes into
`.venv` beside it, built from `lock.txt` with every hash checked.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

LEAST = (3, 11)
ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "lock.txt"
WINDOWS = os.name == "nt"


def say(words):
    """One line on standard error; standard output belongs to the program."""
    print(words, file=sys.stderr, flush=True)


def stamp():
    """What the environment was built from: the lock and this Python."""
    python = "{}.{}.{}".format(*sys.version_info[:3])
    return hashlib.sha256(LOCK.read_bytes() + python.encode() + str(ROOT).encode()).hexdigest()[:16]


def python_of(folder):
    """The interpreter of an environment."""
    return folder / ("Scripts/python.exe" if WINDOWS else "bin/python")


def quiet(command, **environment):
    """Runs a command without its output; what it said is shown only where it fails."""
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **environment},
    )
    if done.returncode:
        say(done.stdout[-4000:])
    return done.returncode == 0


def possible(command):
    """Whether a command can be run here at all."""
    try:
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return done.returncode == 0


def build(folder):
    """Makes the environment in one of three ways; the message where none is to be had."""
    install = ["install", "--quiet", "--require-hashes", "--requirement", str(LOCK)]
    me = sys.executable
    if possible([me, "-c", "import venv, ensurepip"]):
        return quiet([me, "-m", "venv", str(folder)]) and quiet(
            [str(python_of(folder)), "-m", "pip", "--disable-pip-version-check", *install]
        )
    if possible([me, "-c", "import venv"]) and possible([me, "-m", "pip", "--version"]):
        return quiet([me, "-m", "venv", "--without-pip", str(folder)]) and quiet(
            [
                me,
                "-m",
                "pip",
                "--disable-pip-version-check",
                "--python",
                str(python_of(folder)),
                *install,
            ]
        )
    uv = shutil.which("uv")
    if uv:
        # A hospital's network often has a certificate authority that only the system knows; the
        # second name is the one of older versions.
        system = {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"}
        return quiet([uv, "venv", "--quiet", "--python", me, str(folder)]) and quiet(
            [uv, "pip", *install, "--python", str(python_of(folder))], **system
        )
    say(
        "pathwizard needs one of these to set itself up, and this Python has none:\n"
        "  Debian or Ubuntu:  apt install python3-venv\n"
        "  Fedora:            dnf install python3-pip\n"
        "  others:            pip or uv for Python {}.{}".format(*sys.version_info[:2])
    )
    return False


def set_up():
    """The interpreter of a finished environment; builds one where lock or Python have changed.

    It is built beside its place and moved there whole, so that a failed installation leaves
    nothing half-working behind.
    """
    wanted = stamp()
    folder = ROOT / f".venv-{wanted}"
    if (folder / "finished").exists():
        return python_of(folder)
    say("Setting up (once, about a minute) ...")
    with Busy(ROOT / ".venv.lock"):
        if (folder / "finished").exists():
            return python_of(folder)
        shutil.rmtree(folder, ignore_errors=True)
        if not build(folder):
            shutil.rmtree(folder, ignore_errors=True)
            say(
                "The set-up did not succeed; nothing was left behind. Mend the above and try again."
            )
            sys.exit(1)
        packages = subprocess.run(
            [
                str(python_of(folder)),
                "-c",
                "import sysconfig; print(sysconfig.get_path('purelib'))",
            ],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        ).stdout.strip()
        (Path(packages) / "pathwizard-checkout.pth").write_text(str(ROOT) + "\n")
        (folder / "finished").write_text(wanted)
        for old in ROOT.glob(".venv-*"):
            if old != folder:
                shutil.rmtree(old, ignore_errors=True)
    return python_of(folder)


class Busy:
    """Lets one set-up run at a time; the others wait for it."""

    def __init__(self, path):
        self._path = path
        self._file = None

    def __enter__(self):
        self._file = open(self._path, "w")
        if not WINDOWS:
            import fcntl

            fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_):
        self._file.close()


def test(python, arguments):
    """Every check; the last line is pytest's own."""
    bin_ = python.parent
    environment = {**os.environ, "PATH": "{}{}{}".format(bin_, os.pathsep, os.environ["PATH"])}
    failed = []
    for name, command in (
        ("ruff format", [str(bin_ / "ruff"), "format", "--check", "--quiet", "."]),
        ("ruff check", [str(bin_ / "ruff"), "check", "--quiet", "."]),
        ("mypy", [str(bin_ / "mypy")]),
        ("import-linter", [str(bin_ / "lint-imports")]),
        ("pytest", [str(python), "-m", "pytest", "-n", "2", *arguments]),
    ):
        if failed and name == "pytest":
            say("Not clean: {}. The tests run all the same.".format(", ".join(failed)))
        if subprocess.run(command, cwd=ROOT, env=environment).returncode:
            failed.append(name)
    return 1 if failed else 0


def main():
    """Set-up, then the program or the tests."""
    if sys.version_info[:2] < LEAST:
        say(
            "pathwizard needs Python {}.{} or newer; this is {}.{}. "
            "Install a newer Python and run it with that: python3.12 run.py".format(
                *LEAST, *sys.version_info[:2]
            )
        )
        sys.exit(1)
    arguments = sys.argv[1:]
    python = set_up()
    if arguments[:1] == ["test"]:
        sys.exit(test(python, arguments[1:]))
    command = [str(python), str(ROOT / "cli.py"), *arguments]
    if WINDOWS:
        sys.exit(subprocess.run(command).returncode)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
