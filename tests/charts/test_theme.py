"""The colours: texts can be read on their grounds, and the signs of weights be told apart."""

import pytest

import nnviz
from nnviz.charts.theme import DARK, LIGHT, Palette
from nnviz.engine.manner import DETAILS
from tests.examples import MAZUR_WITH_BIASES


def luminance(colour: str) -> float:
    """Return the relative luminance of #rrggbb (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_can_be_read_and_signs_be_told_apart(palette: Palette) -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    texts = {"text": palette.text, "muted": palette.muted, "warning": palette.warning} | palette.kinds
    for name, colour in texts.items():
        for ground in (palette.card, palette.lit_soft):
            assert contrast(colour, ground) >= 4.5, (name, ground)
    assert contrast(palette.text, palette.page) >= 4.5
    assert contrast(palette.muted, palette.page) >= 4.5
    assert contrast(palette.on_accent, palette.accent) >= 4.5
    for sign in (palette.positive, palette.negative):
        assert contrast(sign, palette.card) >= 3
    blues = [int(sign[5:7], 16) - int(sign[1:3], 16) for sign in (palette.positive, palette.negative)]
    assert min(abs(blue) for blue in blues) >= 64
    assert blues[0] > 0 > blues[1]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_kind_of_quantity_has_a_colour(palette: Palette) -> None:
    example, found = MAZUR_WITH_BIASES, set()
    for detail in DETAILS:
        manner = nnviz.Manner(detail=detail)
        for optimizer in (nnviz.GradientDescent(), nnviz.Momentum(), nnviz.Adam()):
            iteration = nnviz.trace(
                example.network, example.inputs, example.targets, example.learning_rate, manner, optimizer=optimizer,
                weight_decay=0.1,
            )  # fmt: skip
            found |= {quantity.kind for quantity in iteration.plan.by_id.values()}
    assert palette.kinds.keys() == found
