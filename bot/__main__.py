"""`vric`: reading stored pages by the line loads what reads pages, and nothing else of the bot."""

import sys

_BY_THE_LINE = ["extract", "--jsonl"]


def main() -> None:
    if sys.argv[1:] == _BY_THE_LINE:
        from bot.extract.jsonl import answer_lines  # noqa: PLC0415 - thousands of pages are read in little memory

        sys.exit(1 if answer_lines(sys.stdin, sys.stdout, sys.stderr) else 0)
    from bot.command_line import app  # noqa: PLC0415 - the same

    app()


if __name__ == "__main__":
    main()
