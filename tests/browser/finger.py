"""A finger that moves over the page."""

from tests.browser.visit import Visit


def swipe(visit: Visit, start: tuple[float, float], across: float, down: float) -> None:
    """Move a finger over the page in a line, as a browser gets it from a screen; the page may scroll on after it."""
    visit.stays = False
    touches = visit.page.context.new_cdp_session(visit.page)
    for part in range(11):
        spot = {"x": start[0] + across * part / 10, "y": start[1] + down * part / 10}
        event = "touchMove" if part else "touchStart"
        touches.send("Input.dispatchTouchEvent", {"type": event, "touchPoints": [spot]})
    touches.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
