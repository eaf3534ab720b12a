"""An iteration of a network as a Plotly picture: where everything is, what is written there, and what is lit."""
