"""Worksheets: what stands on them, in their keys and in questions for Moodle, and the page that makes them."""

SENTENCES = {
    "repr.sheet": "Worksheet({code}, blanks: {blanks})",
    # What is not allowed
    "error.blanks": "blanks must be one of {allowed}, not {given!r}.",
    "error.kind": (
        "A network is written as inputs (1 to {inputs}), hidden neurons (1 to {hidden}) and outputs (1 to {outputs}), "
        "such as 2-2-1; or without hidden neurons, such as 2-1."
    ),
    "error.activations": (
        "activation must be one for all layers, or as many as there are layers: {expected}, not {given}."
    ),
    "error.code": "{given!r} is no code of a worksheet. Codes are such as 2-2-1.7-3.",
    "error.whole_number": "{name} must be a whole number from {least} to {most:,}, not {given!r}.",
    "error.sheet_numbers": "A worksheet of a network needs its inputs, targets and learning_rate.",
    "error.sheet_samples": "A worksheet has one sample, not {given}.",
    "error.sheet_overflow": "{name} is too large for a float, so there is nothing to calculate.",
    "error.files_there": "These files are there already: {files}. Choose another folder, or have them overwritten.",
    "worksheets.assignment": "The same numbers as an assignment on the screen, by this link:",
    "worksheets.assignment.about": (
        "Students solve one task after the other, with the hints that you allow, and save their result as a file for "
        "you."
    ),
    "worksheets.results": "Read their results",
    # The sheet
    "worksheet.title": "One iteration of backpropagation, {of}",
    "worksheet.code": "nnviz {code}",
    "worksheet.number": "sheet {number} of {count}",
    "worksheet.name": "Name",
    "worksheet.date": "Date",
    "worksheet.task.forward": "Calculate the forward pass and the error.",
    "worksheet.task.deltas": (
        "The forward pass is given. Calculate how E changes with each output, each sum and each hidden neuron."
    ),
    "worksheet.task.gradients": (
        "The forward pass and what goes back through the neurons are given. Calculate how E changes with each weight "
        "and each bias."
    ),
    "worksheet.task.update": "All gradients are given. Calculate the new weights and biases.",
    "worksheet.task.iteration": "Calculate one iteration by hand: forward, backward, and the new weights.",
    "worksheet.digits": (
        "Go on with all the digits of your calculator, and write down at least four that count, such as −0.04375."
    ),
    "worksheet.picture": "The network {of} with its numbers",
    "worksheet.qr": "QR code of the page that checks this sheet",
    "worksheet.check": "Check your numbers: scan the code.",
    "worksheet.address": "Or open",
    "worksheet.no_code": "The link of this sheet is too long for a QR code.",
    "worksheet.hidden": "hidden layer {number}: {name}",
    "worksheet.only_hidden": "hidden layer: {name}",
    "worksheet.output": "output: {name}",
    "worksheet.given": "Given",
    "worksheet.inputs": "{count:input|inputs}",
    "worksheet.upstream": "{count:given ∂E/∂ŷ|given gradients at the outputs}",
    "worksheet.targets": "{count:target|targets}",
    "worksheet.rate": "learning rate",
    "worksheet.into": "into {name}",
    "worksheet.from": "{number} (from {name})",
    "worksheet.group.forward": "Forward",
    "worksheet.group.deltas": "Back through the neurons",
    "worksheet.group.gradients": "Gradients",
    "worksheet.group.update": "Update",
    "worksheet.step": "step",
    "worksheet.calculation": "calculation",
    "worksheet.result": "result",
    # The key
    "worksheet.key": "Key",
    "worksheet.key_title": "Key: one iteration of backpropagation, {of}",
    "worksheet.open": "The same numbers on the page, step by step",
    "worksheet.who": "Who has … did …",
    "worksheet.who.how": (
        "Look for the first number that is wrong: this is what each known mistake comes to there, when all before it "
        "is right."
    ),
    "worksheet.has": "has",
    "worksheet.did": "did",
    "worksheet.or": "{one} or {other}",
    "worksheet.or_else": "{one}; or: {other}",
    "worksheet.document.sheet": "{count:Worksheet|Worksheets} {code}",
    "worksheet.document.key": "{count:Key|Keys} {code}",
    # Questions for Moodle
    "cloze.category": "Backpropagation {of}",
    "cloze.name": "Backpropagation {code}",
    "cloze.right": "Right.",
    "cloze.mistake": "It looks like this: {name}. {why}",
    "cloze.carried": "It looks like what follows from an earlier mistake: {name}.",
    "cloze.or": "{one} Or: {other}",
    # The documents and the page
    "worksheet.print": "Print this page (Ctrl+P, or ⌘P): each begins on a page of its own.",
    # The command
    "command.worksheet": "Writes worksheets, their keys, and the same as questions for Moodle, into a folder.",
    "command.worksheet.in_short": (
        "nnviz worksheet 2-2-1 --out FOLDER writes worksheets; nnviz worksheet --help says more."
    ),
    "command.worksheet.kind": "inputs, hidden neurons and outputs, such as 2-2-1, up to 3-3-2",
    "command.worksheet.activation": "{allowed}; with commas between them, one for each layer; sigmoid unless set",
    "command.worksheet.loss": "{allowed}; half_squared_error unless set",
    "command.worksheet.no_biases": "networks without biases",
    "command.worksheet.seed": "a whole number: the same gives the same sheets; 7 unless set",
    "command.worksheet.count": "how many sheets, each with other numbers, 1 to {most}; 30 unless set",
    "command.worksheet.blanks": "what is to be filled in: {allowed}; iteration, which is all, unless set",
    "command.worksheet.no_mistakes": "keys that do not list what mistakes come to",
    "command.worksheet.base": "where the page is that links and QR codes lead to; {usual} unless set",
    "command.worksheet.out": "the folder; the present one unless set",
    "command.worksheet.overwrite": "write over files that are there",
    "command.worksheet.written": "Written: {files}",
    "command.worksheet.failed": "nnviz cannot write there: {reason}.",
    # The page of worksheets
    "worksheets.title": "Worksheets: backpropagation by hand – nnviz",
    "worksheets.heading": "Worksheets",
    "worksheets.about": (
        "Numbers to calculate with on paper, each sheet with others, and a key. They are drawn until each of the known "
        "mistakes shows. The code on a sheet opens the page that checks that very sheet."
    ),
    "worksheets.link": "For teachers: worksheets with a key",
    "worksheets.make": "Make the sheets",
    "worksheets.moodle": "The same as questions for Moodle (XML)",
    "worksheets.preview": "What is printed",
    "worksheets.print": "Print with your browser (Ctrl+P, or ⌘P): this form stays off the paper.",
    "worksheets.problems": "Nothing is made yet: {count:one field has|some fields have} to be mended.",
    "order.network": "The network",
    "order.sheets": "The sheets",
    "order.sizes": "inputs-hidden-outputs",
    "order.hidden": "activation, hidden layer",
    "order.output": "activation, output",
    "order.loss": "loss",
    "order.biases": "biases",
    "order.blanks": "blanks",
    "order.seed": "seed",
    "order.count": "how many sheets",
    "order.mistakes": "mistakes in the key",
    "order.mistakes.yes": "listed",
    "order.mistakes.no": "left out",
    "order.printed": "print",
    "order.hints": "hints to each number of an assignment",
    "order.note": "The same seed gives the same sheets. A sheet without hidden neurons is 2-1.",
    "blanks.forward": "the forward pass",
    "blanks.deltas": "back through the neurons (δ)",
    "blanks.gradients": "the gradients",
    "blanks.update": "the update",
    "blanks.iteration": "all of the iteration",
    "printed.both": "sheets and keys",
    "printed.sheets": "the sheets",
    "printed.keys": "the keys",
}
