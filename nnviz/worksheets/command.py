"""The command ``nnviz worksheet 2-2-1 --count 30 --out FOLDER``, which writes sheets, keys and questions for Moodle."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence

from nnviz.engine.activations import ANYWHERE, LAST_ONLY
from nnviz.engine.losses import LOSSES
from nnviz.text import say
from nnviz.worksheets.kinds import MOST_SHEETS, USUAL_ACTIVATION, USUAL_LOSS, count_of, seed_of
from nnviz.worksheets.ways import ITERATION, WAYS
from nnviz.worksheets.worksheet import HERE, worksheet

NAME = "worksheet"


def main(arguments: Sequence[str]) -> None:
    """Write worksheets as the arguments behind the command's name ask; what is not allowed ends it with one line."""
    given = _parser().parse_args(arguments)
    try:
        sheets = worksheet(
            given.kind,
            seed_of(given.seed),
            count_of(given.count),
            given.blanks,
            activation=_activations(given),
            loss=given.loss,
            biases=not given.no_biases,
            base=given.base,
            mistakes=not given.no_mistakes,
        )
        files = sheets.save(given.out, given.overwrite)
    except (ValueError, FileExistsError) as problem:
        sys.exit(str(problem))
    except OSError as problem:
        sys.exit(say("command.worksheet.failed", reason=problem.strerror))
    print(say("command.worksheet.written", files=", ".join(map(str, files))))


def _activations(given: Namespace) -> str | list[str]:
    names = [name.strip() for name in given.activation.split(",")]
    return names[0] if len(names) == 1 else names


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog=f"nnviz {NAME}", description=say("command.worksheet"))
    parser.add_argument("kind", help=say("command.worksheet.kind"))
    about = say("command.worksheet.activation", allowed=", ".join((*ANYWHERE, *LAST_ONLY)))
    parser.add_argument("--activation", default=USUAL_ACTIVATION, help=about)
    parser.add_argument("--loss", default=USUAL_LOSS, help=say("command.worksheet.loss", allowed=", ".join(LOSSES)))
    parser.add_argument("--no-biases", action="store_true", help=say("command.worksheet.no_biases"))
    parser.add_argument("--seed", default="7", help=say("command.worksheet.seed"))
    parser.add_argument("--count", default="30", help=say("command.worksheet.count", most=MOST_SHEETS))
    blanks = say("command.worksheet.blanks", allowed=", ".join(WAYS))
    parser.add_argument("--blanks", default=ITERATION, help=blanks)
    parser.add_argument("--no-mistakes", action="store_true", help=say("command.worksheet.no_mistakes"))
    parser.add_argument("--base", default=HERE, help=say("command.worksheet.base", usual=HERE))
    parser.add_argument("--out", default=".", help=say("command.worksheet.out"))
    parser.add_argument("--overwrite", action="store_true", help=say("command.worksheet.overwrite"))
    return parser
