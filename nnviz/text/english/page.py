"""The page itself, its player, and the server."""

SENTENCES = {
    # What the buttons say
    "button.forward": "Forward",
    "button.backward": "Backward",
    "button.previous": "Previous",
    "button.play": "Play",
    "button.pause": "Pause",
    "button.restart": "Restart",
    "button.next": "Next iteration",
    "button.restart_resets": "Back to iteration 1, before its first step; the numbers stay.",
    "button.keys": "Keys",
    "button.present": "Present",
    "button.present_end": "End presentation",
    "button.copy": "Copy link",
    "button.qr": "QR code",
    "theme.title": "Theme",
    "theme.system": "System",
    "theme.light": "Light",
    "theme.dark": "Dark",
    "settings.rail": "Numbers and settings",
    "page.more": "More about this iteration and the whole training",
    "button.copied": "Link copied",
    "button.copy_failed": "Copy it from the address bar",
    "player.step": "Step",
    "player.speed": "Speed",
    "player.rate": "{rate} / s",
    "player.region": "Player",
    "refusal.forward_first": "Backward comes after the forward pass: first compute everything up to {name}.",
    "refusal.forward_done": "The forward pass is done: Backward goes on.",
    "refusal.iteration_done": "Iteration {number:,} is done: Forward begins the next one.",
    "refusal.diverged": (
        "Iteration {number:,} ends here: the error has diverged, so there are no new weights to go on with."
    ),
    "refusal.last": "Iteration {number:,} is the last one that this page computes. Restart goes back to the first.",
    "refusal.at_start": "This is the start.",
    "hint.forward": "Backward waits until the forward pass is done.",
    "hint.backward": "The forward pass is done: now Backward.",
    "hint.in_backward": "Forward waits until this iteration is done.",
    "hint.end": "Iteration {number:,} is done: Forward begins the next one.",
    # The path through the lessons
    "path.title": "The path",
    "path.descent": "Gradient descent",
    "path.derivative": "The sigmoid’s derivative",
    "path.step-by-step": "Backpropagation, step by step",
    "path.single-neuron": "A neuron learns Fahrenheit",
    "path.any-layers": "Any number of layers: XOR",
    "path.done": "done",
    "path.forget": "Forget what is done",
    "path.onward": "Where to go next:",
    # The page
    "page.name": "nnviz",
    "page.lessons": "Lessons",
    "page.worksheets": "Worksheets",
    "page.results": "Results",
    "page.alone": "Open in nnviz",
    "lesson.network.link": "Network",
    "lesson.network.heading": "Backpropagation, number by number",
    "lesson.network.title": "nnviz: backpropagation, number by number",
    "lesson.network.description": (
        "Watch one iteration of a neural network’s training happen, number by number, forwards and back."
    ),
    "page.by_samples": "Factors are those of sample {number}; gradients are summed over all {count} samples.",
    "page.legend": (
        "Line width shows how large a weight is: blue is positive, orange negative. α is the learning rate, y the "
        "target, ∂ a gradient of E, → a new value."
    ),
    "invitation.mouse": "Point at a number for all its digits.",
    "invitation.touch": "",
    "invitation.network_mouse": (
        "Point at a number for all its digits. Click on a weight or a neuron for its whole story."
    ),
    "invitation.network_touch": "Tap a weight or a neuron for its whole story.",
    "page.exact_result": "All digits: {note}",
    "page.failed": "The server did not answer. Nothing is lost, and the page goes on by itself as soon as it does.",
    "page.failed_once": "The server did not answer. Nothing is lost: try it again.",
    "page.slow": "The server is taking long to answer. Nothing is lost: what you asked for comes as soon as it does.",
    "page.too_large": (
        "That is {size} MB, and the server takes {most} MB at most: nothing has changed. Use fewer samples, or a "
        "smaller file."
    ),
    "page.error": "The server met an error and did not do that. Nothing else is lost: what you see is as it was.",
    "page.renewed": "This page was older than the server, so it has been loaded anew, at the same place.",
    "page.outdated": (
        "There is a newer version of this page. Nothing is lost: you can go on, or load it now, at the same place."
    ),
    "page.renew": "Load it now",
    "page.not_understood": "The server did not understand what this page asked. Nothing else is lost.",
    "page.waiting": "Computing …",
    "page.legend_fixed": "Dashed: fixed.",
    "page.legend_marks": (
        "Blue weights are positive, orange negative. ∂ gradient of E, → new value, × factor, + term, α∂ change."
    ),
    "missing.title": "nnviz: no such page",
    "missing.heading": "There is no such page",
    "missing.words": "The address may be misspelt, or from another version of nnviz.",
    "missing.home": "Go to the Network page",
    "keys.title": "Keys",
    "keys.right": "one step forward",
    "keys.left": "one step back",
    "keys.space": "play and pause",
    "keys.home": "to the start of this iteration",
    "keys.end": "to the end of this iteration",
    "keys.n": "next iteration",
    "keys.r": "restart",
    "keys.present": "present: picture, formula and player alone",
    "keys.escape": "end presenting, close what is open",
    "keys.help": "this list",
    "dialog.close": "Close",
    "qr.title": "This page as a QR code",
    "qr.picture": "QR code of the link below",
    "qr.alone": (
        "Only this computer can open the link. So that others in your network can, serve nnviz with HOST=0.0.0.0."
    ),
    "qr.too_long": (
        "The link is too long for a QR code that a phone can read: it would have to have {most:,} characters or fewer. "
        "Copy the link instead, or save a file."
    ),
}
