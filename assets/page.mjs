/* The page: joins its parts, and starts Dash once they are there. */

import * as address from "./address.mjs";
import * as gestures from "./gestures.mjs";
import * as hands from "./hands.mjs";
import * as playback from "./playback.mjs";
import * as display from "./renderer/display.mjs";
import * as fields from "./renderer/fields.mjs";
import * as server from "./server.mjs";
import * as trainer from "./trainer.mjs";

/** @import {Answer} from "protocol" */

address.listen();
display.listen(playback.redraw);
fields.listen(); // before the gestures, which ask with what a hand has typed
hands.listen();
gestures.listen();
trainer.listen(playback.forTraining);

window.dash_clientside = {
  ...window.dash_clientside,
  nnviz: {
    open: playback.open,
    receive(/** @type {Answer | null} */ answer) { playback.receive(answer); }, // Dash need not wait
    receiveSlice: trainer.receive,
  },
};
new window.DashRenderer(server.listen(playback.owner)); // the callbacks above are there before its first one
