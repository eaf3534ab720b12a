"""Examples as the page calls them, which one is chosen, and how one builds a network of one's own."""

import re

from playwright.sync_api import expect

from tests.browser.visit import Visit

AND, MAZUR, FIRST = "One neuron learns AND", "2-2-2, Mazur’s example", "2-2-1, step by step"
OWN, ADD_LAYER = "A network of your own", "Add a layer (up to 6)"


def chosen(visit: Visit, option: str) -> None:
    """The example that is chosen is this one."""
    expect(visit.page.locator("#preset option:checked")).to_have_text(option)


def has_built(visit: Visit) -> None:
    """The address comes to hold a network that was built."""
    visit.is_at(re.compile("[?&]layers="))
