"""The command `dok-guide`."""

import argparse
import errno
import os
import sys
from importlib import import_module

from dok_guide.commands import UsageError, counted, folder
from dok_guide.load import default_root
from dok_guide.source import CatalogError, Problem

#: The modules of `commands/`, in the order of the help.
COMMANDS = (
    "check", "new", "site", "serve", "release", "versions", "export", "component", "diff", "review",
    "assess", "reach", "collect", "operator",
)  # fmt: skip
#: The exit codes that every command has; `assess` has more.
FINE, FOUND, USAGE, STOPPED, NO_READER = 0, 1, 2, 130, 141

#: What to do when the system refuses a file.
_CURES = {
    errno.ENOENT: "give the path of something that is there",
    errno.EACCES: "give another path, or change its permissions",
    errno.EPERM: "give another path, or change its permissions",
    errno.EROFS: "give a path that can be written",
    errno.EISDIR: "give a file instead of a folder",
    errno.ENOTDIR: "give a path whose folders are folders",
    errno.EEXIST: "give a path whose folders are folders",
    errno.ENOSPC: "make room on the disk",
    errno.EADDRINUSE: "give another one with --address",
}


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return the exit code.

    0 if all is well, 1 if files have problems, 2 if the command can't be done as it was given, 130
    if it was interrupted. `assess` has more codes, which `dok_guide.commands.assess` names.
    """
    try:
        return _done(sys.argv[1:] if arguments is None else arguments)
    except CatalogError as error:
        _report(error.problems)
        return FOUND
    except UsageError as error:
        print(f"dok-guide: {error}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        _drop_output()
        return NO_READER
    except OSError as error:
        print(f"dok-guide: {_explained(error)}", file=sys.stderr)
        _drop_output()
        return USAGE
    except KeyboardInterrupt:
        print("dok-guide: stopped", file=sys.stderr)
        return STOPPED


def _done(arguments: list[str]) -> int:
    options = parser(arguments).parse_args(arguments)
    code = int(options.run(options))
    sys.stdout.flush()  # so that a full disk is noticed here
    return code


class _Version(argparse.Action):
    """Prints the version; looking it up takes time that other commands don't need."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib import metadata

        print(parser.prog, metadata.version("dok-guide"))
        parser.exit()


def parser(arguments: list[str] | None = None) -> argparse.ArgumentParser:
    """Return the parser for a command line, by default one that knows all commands.

    Only the modules of commands that the line names are imported.
    """
    result = argparse.ArgumentParser(
        prog="dok-guide", description="Check and publish the controls of the guide."
    )
    result.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    result.add_argument(
        "--controls", type=folder, default=default_root(), metavar="DIR",
        help="the folder of the controls (default: ./controls, or else those of this version)",
    )  # fmt: skip
    commands = result.add_subparsers(required=True, metavar="COMMAND")
    for name in [name for name in COMMANDS if name in (arguments or ())] or COMMANDS:
        import_module(f"dok_guide.commands.{name}").add(commands)
    return result


def _drop_output() -> None:
    """Let what can't be printed go, or Python would complain about it once more at its end."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report(problems: list[Problem]) -> None:
    in_actions = os.environ.get("GITHUB_ACTIONS") == "true"
    for problem in problems:
        print(problem.annotation() if in_actions else problem)
    print(counted(len(problems), "problem"), file=sys.stderr)


def _explained(error: OSError) -> str:
    what = f"{error.filename}: " if error.filename else ""
    cure = f"; {_CURES[error.errno]}" if error.errno in _CURES else ""
    return f"{what}{error.strerror or error}{cure}"


if __name__ == "__main__":
    sys.exit(main())
