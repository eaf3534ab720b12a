"""The table of the weights: a row header per weight, a column header per factor."""

from dash import html

from nnviz.draw.table import columns
from nnviz.engine.plan import Plan
from nnviz.engine.quantities import Quantity
from nnviz.text import say
from nnviz.ui.attributes import attributes


def weights_table(plan: Plan) -> html.Section:
    """Return the table with every cell unknown; player.js fills the cells in as the steps happen."""
    headers = columns(plan)
    head = html.Tr([html.Th(say("table.weight"), scope="col"), *(html.Th(h, scope="col") for h in headers.values())])
    body = [_row(parameter, list(headers)) for parameter in plan.trained]
    table = html.Table([html.Caption(say("table.caption")), html.Thead(head), html.Tbody(body)], id="weights")
    scroller = html.Div(
        table, className="scroller", tabIndex=0, role="region", **attributes(aria_label=say("table.caption"))
    )
    notes = [
        html.P(say("table.hint"), className="note"),
        html.P(say("page.legend_short"), className="note short-legend"),
    ]
    return html.Section([scroller, *notes], id="table-card", className="card")


def _row(parameter: Quantity, keys: list[str]) -> html.Tr:
    at = parameter.place.key
    choose = html.Button(
        parameter.name,
        type="button",
        className="choose",
        **attributes(aria_controls="chain-card", aria_expanded="false"),
    )
    cells = [html.Td("", **attributes(data_column=key)) for key in keys]
    return html.Tr([html.Th(choose, scope="row"), *cells], **attributes(data_at=at, data_row=at))
