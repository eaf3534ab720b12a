/* The page: joins its parts, shows the answer that the document has, and then loads what may come later, Dash last. */

import * as address from "./address.mjs";
import * as gestures from "./gestures.mjs";
import * as hands from "./hands.mjs";
import * as playback from "./playback.mjs";
import * as practice from "./practice.mjs";
import * as display from "./renderer/display.mjs";
import * as fields from "./renderer/fields.mjs";
import {load} from "./renderer/later.mjs";
import {byId} from "./renderer/nodes.mjs";
import * as notices from "./renderer/notices.mjs";
import {speak} from "./renderer/words.mjs";
import * as server from "./server.mjs";
import * as trainer from "./trainer.mjs";

/** @import {Answer, Given} from "protocol" */

const {words, first} = /** @type {Given} */ (JSON.parse(byId("given").textContent ?? ""));

speak(words);
address.listen();
display.listen(playback.redraw);
fields.listen(); // before the gestures, which ask with what a hand has typed
hands.listen();
gestures.listen();
practice.listen({ask: playback.ask, shown: playback.shown});
trainer.listen(playback.forTraining);

await playback.open(first);
server.greet();
for (const button of notices.begun()) playback.press(button);
await load();
window.dash_clientside = {
  ...window.dash_clientside,
  nnviz: {
    begin: server.begin,
    receive(/** @type {Answer | null} */ answer) { playback.receive(answer); }, // Dash need not wait
    receiveSlice: trainer.receive,
  },
};
new window.DashRenderer(server.listen(playback.owner)); // the callbacks above are there before its first one
await playback.takeOver();
