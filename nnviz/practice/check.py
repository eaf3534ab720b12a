"""A student's numbers, checked: which are right, which is the first that is wrong, and which mistake explains it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nnviz.algebra.arrays import Array
from nnviz.algebra.expressions import evaluate, references
from nnviz.algebra.trace import Step, Trace, plain
from nnviz.engine.trace import Iteration
from nnviz.player.parsing import NumeralError
from nnviz.practice.answers import NAMING, SAFE, SAME, SURE, Answer, answered, is_near, tells
from nnviz.practice.explanation import Explanation, Judged, Spot, best_of
from nnviz.practice.hypotheses import Hypothesis, Predictions, Variations, at_sample, variations_of
from nnviz.practice.mistakes import SHIFTED
from nnviz.text import say

Verdict = Literal["ok", "carried", "rough", "wrong"]
OK: Verdict = "ok"
CARRIED: Verdict = "carried"
ROUGH: Verdict = "rough"
WRONG: Verdict = "wrong"


@dataclass(frozen=True)
class Line:
    """A number of a student's, and what became of it.

    ``given`` is as typed, ``read`` the number that it was read as, and ``expected`` the exact one. With several samples
    ``sample`` counts from 1; it is None where there is one number for all. The verdict is "ok", "carried" (right from
    the student's own earlier numbers), "rough" (right in too few digits to go on with) or "wrong". One that is rough
    ``is_doubtful`` where its digits would do, but for a mistake that comes to the same. ``mistakes`` are the keys of
    those that explain a wrong number, and ``made`` is the step as it was made with them.
    """

    name: str
    sample: int | None
    given: str | float
    read: float
    expected: float
    verdict: Verdict
    is_doubtful: bool = False
    mistakes: tuple[str, ...] = ()
    made: Step | None = None


@dataclass(frozen=True)
class Check:
    """What became of a student's numbers: the lines in the order of the iteration, and the mistakes that explain them.

    ``mistakes`` are keys of ``nnviz.MISTAKES`` that together explain the wrong lines, but for one slip at most; there
    are none where nothing is wrong, or where no mistake explains what is. ``alternatives`` are other mistakes that
    would come to the same numbers.
    """

    lines: tuple[Line, ...]
    mistakes: tuple[str, ...]
    alternatives: tuple[tuple[str, ...], ...] = ()

    @cached_property
    def first_wrong(self) -> Line | None:
        """The first line that is wrong, if there is one."""
        return next((line for line in self.lines if line.verdict == WRONG), None)


POWERS = (-3, -2, -1, 1, 2, 3)
Typed = str | float
Comparison = Callable[[Answer, Array, float], NDArray[np.bool_]]


def check(iteration: Iteration, numbers: Mapping[str, Typed | Sequence[Typed | None] | ArrayLike]) -> Check:
    """Return what became of a student's numbers of an iteration, by the names or ids of its steps.

    A number may be typed, with a decimal comma or as a calculation: "0,85", "0.11·2 + 0.21·3". Where a step has a
    number a sample, they come in a row; a None among them is one that the student has not. Raises ValueError where a
    name is none of the iteration's, a number cannot be read, or there are not as many as samples, and TypeError where
    ``iteration`` is none.
    """
    if not isinstance(iteration, Iteration):
        raise TypeError(say("error.iteration_type", given=type(iteration).__name__))
    return _Checker(iteration, _by_id(iteration, numbers)).check()


def verdicts(
    iteration: Iteration, numbers: Mapping[str, Typed | Sequence[Typed | None]], of: Collection[str]
) -> dict[Spot, Verdict]:
    """Return the verdicts on the numbers ``of`` some steps, by the ids of these and by samples, counted from 0.

    Raises ValueError as ``check`` does.
    """
    checker = _Checker(iteration, _by_id(iteration, numbers))
    return {(id_, at): checker.verdict((id_, at)) for id_, at in checker.places if id_ in of}


def _by_id(iteration: Iteration, numbers: Mapping[str, object]) -> dict[str, tuple[Answer | None, ...]]:
    """Return the answers by id, one for each sample that the step has a number of."""
    found = {}
    for name, given in numbers.items():
        step = iteration.by_name.get(name) or iteration.by_id.get(name)
        if step is None:
            raise ValueError(say("error.no_such_step", given=name, example=iteration.steps[0].name))
        count = np.size(step.value)
        row = [given] if isinstance(given, str) or np.ndim(given) == 0 else list(given)  # type: ignore[arg-type,call-overload]
        if len(row) != count:
            raise ValueError(say("error.numbers_of_step", name=name, expected=count, given=len(row)))
        try:
            found[step.id] = tuple(None if one is None else answered(one) for one in row)
        except NumeralError as problem:
            raise ValueError(say("error.number_of_step", name=name, given=given)) from problem
    return found


class _Checker:
    """Checks the answers, by id, to an iteration told neuron by neuron."""

    def __init__(self, iteration: Iteration, answers: Mapping[str, tuple[Answer | None, ...]]) -> None:
        self._iteration, self._answers = iteration, answers
        self._plan = iteration.plan.by_neuron()
        self.places = [
            (step.id, at) for step in iteration.steps for at, one in enumerate(answers.get(step.id, ())) if one
        ]
        self._own = {
            id_: np.array([np.nan if one is None else one.number for one in row])
            for id_, row in answers.items()
            if id_ in self._plan.rule_of
        }
        self._scales = scales(iteration)

    @cached_property
    def _variations(self) -> Variations:
        return variations_of(self._plan)

    @cached_property
    def _following(self) -> Predictions:
        """What follows from the student's own numbers by the rules as they are."""
        return Predictions(self._variations, self._iteration.given, [()], self._own)

    @cached_property
    def _mistakes(self) -> tuple[Predictions, Predictions]:
        """What each mistake comes to that varies certain rules: by exact numbers, and by the student's own."""
        known, given = self._variations, self._iteration.given
        made = [one for one in known.singles if not known.ways[one[0]][0].is_alone]
        return Predictions(known, given, made), Predictions(known, given, made, self._own)

    def check(self) -> Check:
        """Return what became of all numbers."""
        verdicts = {place: self.verdict(place) for place in self.places}
        found = self._explanation(verdicts)
        lines = tuple(self._line(place, verdicts[place], found.of_lines.get(place)) for place in self.places)
        return Check(lines, found.mistakes, found.alternatives)

    def verdict(self, place: Spot) -> Verdict:
        """Return the verdict on a number: the digits of a right one have to be those that no mistake comes to."""
        answer, exact, scale = self._answer(place), self._exact(place), self._scales[place[0]]
        if not answer.is_right(exact, scale):
            return CARRIED if answer.is_right(self._carried(place), scale) else WRONG
        if not answer.is_fine(exact):
            return ROUGH
        if answer.has_digits_of(exact) or answer.has_digits_of(self._carried(place)):
            return OK
        if not answer.may_be_of(self._mistaken(place)):
            return OK
        return WRONG if answer.digits >= SURE else ROUGH

    def _carried(self, place: Spot) -> float:
        """Return what follows from the student's own numbers by the rule as it is."""
        id_, at = place
        return float(at_sample(self._following.of(id_), at)[0]) if id_ in self._plan.rule_of else self._exact(place)

    def _mistaken(self, place: Spot) -> Array:
        """Return the numbers of those mistakes that come to others than what follows from the student's own."""
        id_, at = place
        if id_ not in self._plan.rule_of:
            return np.empty(0)
        right, apart = self._carried(place), NAMING if self._answer(place).digits < SAFE else SAME
        exact, own = np.broadcast_arrays(*(at_sample(predicted.of(id_), at) for predicted in self._mistakes))
        differ = [np.abs(values - right) > apart * abs(right) for values in (exact, own)]
        return np.concatenate([exact[differ[0] & differ[1]], own[differ[1]]])

    def _line(self, place: Spot, verdict: Verdict, explained: Hypothesis | None) -> Line:
        id_, at = place
        answer, step = self._answer(place), self._iteration.by_id[id_]
        sample = at + 1 if np.size(step.value) > 1 else None
        exact = self._exact(place)
        is_doubtful = verdict == ROUGH and answer.is_fine(exact)
        line = Line(step.name, sample, answer.given, answer.number, exact, verdict, is_doubtful)
        if explained is None:
            return line
        if not explained:
            return replace(line, mistakes=(SHIFTED,))
        return replace(line, mistakes=self._variations.mistakes(explained), made=self._made(id_, explained))

    def _made(self, id_: str, hypothesis: Hypothesis) -> Step:
        """Return a step as it was made with mistakes, from the student's own numbers."""
        rule, expression = self._plan.rule_of[id_], self._variations.as_made(id_, hypothesis)
        own = Predictions(self._variations, self._iteration.given, [hypothesis], self._own)
        operands = {quantity.id: plain(own.used(quantity.id)[0]) for quantity in references(expression)}
        return Step(rule.phase, rule.quantity, expression, plain(evaluate(expression, operands)), operands)

    def _answer(self, place: Spot) -> Answer:
        found = self._answers[place[0]][place[1]]
        assert found is not None
        return found

    def _exact(self, place: Spot) -> float:
        return float(np.ravel(self._iteration.by_id[place[0]].value)[place[1]])

    # Which mistake

    def _explanation(self, verdicts: Mapping[Spot, Verdict]) -> Explanation:
        """Return what explains most: one mistake, else two, else one beside a slip, else one in a single line."""
        known = self._variations
        told = {place: verdict for place, verdict in verdicts.items() if place[0] in self._plan.rule_of}
        wrong = [place for place, verdict in told.items() if verdict == WRONG]
        right = [place for place, verdict in told.items() if verdict != WRONG]
        if not wrong:
            return Explanation()
        looked_for = [one for one in known.singles if len(wrong) > 1 or not known.ways[one[0]][0].is_alone]
        singles = self._judged(looked_for, wrong, right)
        best = best_of(singles, len(wrong))
        if not best:
            able = {one.hypothesis[0] for one in singles if not one.is_contradicted}
            pairs = [pair for pair in known.pairs if set(pair) <= able] if len(wrong) > 1 else []
            best = best_of(self._judged(pairs, wrong, right), len(wrong)) or best_of(singles, len(wrong) - 1)
        if not best:
            return self._made_once(wrong) if len(wrong) == 1 else Explanation()
        first, *others = best
        explained = [place for place, is_so in zip(wrong, first.explains, strict=True) if is_so]
        mistakes = known.mistakes(first.hypothesis)
        alternatives = dict.fromkeys(known.mistakes(other.hypothesis) for other in others)
        alternatives.pop(mistakes, None)
        of_lines = {place: self._of_line(place[0], first.hypothesis) for place in explained}
        return Explanation(mistakes, tuple(alternatives), of_lines)

    def _made_once(self, wrong: list[Spot]) -> Explanation:
        """Return the mistake that was made in the one line that is wrong."""
        known, [(id_, at)] = self._variations, wrong
        own = Predictions(known, self._iteration.given, known.singles, self._own)
        near = tells(self._answer((id_, at)), at_sample(own.of(id_), at), self._scales[id_], naming=0.0)
        ways = [way for way in known.affecting[id_] if near[way] and not known.ways[way][0].is_alone]
        if ways:
            return Explanation(known.mistakes((ways[0],)), (), {(id_, at): (ways[0],)})
        return Explanation((SHIFTED,), (), {(id_, at): ()}) if self._is_shifted((id_, at)) else Explanation()

    def _is_shifted(self, place: Spot) -> bool:
        """Whether a point in another place is all that is wrong with a number."""
        carried = float(at_sample(self._following.of(place[0]), place[1])[0])
        answer = self._answer(place)
        near = (tells(answer, np.array([carried * 10.0**power]), 0.0, naming=0.0)[0] for power in POWERS)
        return bool(carried) and any(near)

    def _of_line(self, id_: str, hypothesis: Hypothesis) -> Hypothesis:
        """Return the ways of a hypothesis that vary a line's own rule; all of them where none does."""
        return tuple(way for way in hypothesis if way in self._variations.affecting[id_]) or hypothesis

    def _judged(self, hypotheses: Sequence[Hypothesis], wrong: list[Spot], right: list[Spot]) -> list[Judged]:
        """Return what each hypothesis explains of the wrong lines, and whether a right line contradicts it."""
        if not hypotheses:
            return []
        given = self._iteration.given
        exact = Predictions(self._variations, given, hypotheses)
        own = Predictions(self._variations, given, hypotheses, self._own)
        count = len(hypotheses)

        def matches(place: Spot, compare: Comparison) -> NDArray[np.bool_]:
            answer, scale = self._answer(place), self._scales[place[0]]
            ways = [at_sample(predicted.of(place[0]), place[1]) for predicted in (exact, own)]
            near = np.zeros(count, dtype=bool)
            for values in ways:
                near |= np.broadcast_to(compare(answer, values, scale), (count,))
            return near

        explains = np.array([matches(place, tells) for place in wrong]).reshape(len(wrong), count)
        against = np.zeros(count, dtype=bool)
        for place in right:
            plain = float(at_sample(self._following.of(place[0]), place[1])[0])
            others = at_sample(own.of(place[0]), place[1])
            if len(others) > 1 or count == 1:
                differs = ~is_near(replace(self._answer(place), number=plain), others, self._scales[place[0]])
                against |= differs & ~matches(place, is_near)
        return [
            Judged(hypothesis, tuple(explains[:, row].tolist()), bool(against[row]))
            for row, hypothesis in enumerate(hypotheses)
        ]


def scales(iteration: Trace) -> dict[str, float]:
    """Return the largest size of a value in the pass of each step, by id."""
    largest: dict[str, float] = {}
    for step in iteration.steps:
        largest[step.phase] = max(largest.get(step.phase, 0.0), float(np.max(np.abs(step.value))))
    return {step.id: largest[step.phase] for step in iteration.steps}
