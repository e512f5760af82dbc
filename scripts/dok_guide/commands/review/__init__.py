"""The command `dok-guide review`: one module for each of its tasks."""

from dok_guide.commands import Commands
from dok_guide.commands.review import convert, diff, merge, report, start
from dok_guide.commands.review.files import EXIT_CODES


def add(commands: Commands) -> None:
    """Add the command, with its tasks, to those of `dok-guide`."""
    parser = commands.add_parser(
        "review", help="start, pass on, merge, compare a checklist, report on it",
        description="Reviews that people fill in. " + EXIT_CODES,
    )  # fmt: skip
    tasks = parser.add_subparsers(required=True, metavar="TASK")
    for task in (start, convert, merge, diff, report):
        task.add(tasks)
