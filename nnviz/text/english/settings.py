"""What may be set, and what is wrong with a text that is not allowed."""

SENTENCES = {
    # The settings
    "settings.title": "Numbers",
    "settings.weights": "Start weights",
    "settings.biases": "Start biases",
    "settings.sample": "Sample",
    "settings.training": "Training",
    "settings.target": "target",
    "settings.upstream": "given ∂E/∂ŷ",
    "settings.rate": "learning rate",
    "settings.note": "A change starts over at iteration 1 and keeps you at the same step.",
    "settings.defaults": "Original numbers",
    "settings.defaults_resets": "Back to the example’s own numbers; you stay at the same step.",
    "problem.choice": "Allowed are {allowed}.",
    "problem.whole": "A whole number from {least} to {most:,} is allowed.",
    "problem.only": "Only {only} is allowed.",
    "problem.loss_activation.sigmoid": (
        "Binary cross-entropy needs a sigmoid output. Choose sigmoid for the output layer, or another loss."
    ),
    "problem.loss_activation.softmax": (
        "Softmax and categorical cross-entropy go together: the outputs are shares of classes, and the loss is that "
        "of the right class. Choose both, or neither."
    ),
    "problem.last_only": "Softmax is an activation of the outputs alone. Choose another for the layers before them.",
    "problem.one_share": (
        "Softmax needs an output for each class, so at least two: a single one would always be 1. Give the output "
        "layer more neurons, or choose sigmoid with binary cross-entropy."
    ),
    "problem.loss_shares": (
        "The targets say which class a sample is of, so they must add up to 1; those of sample {sample} add up to "
        "{total}. Type 1 at its class."
    ),
    "problem.loss_targets": (
        "Cross-entropy needs targets from 0 to 1; that of sample {sample} is {given}. Change it, or the loss."
    ),
    "problem.layers": "There may be up to {most} layers after the inputs.",
    "problem.layer": (
        "A layer is a number of neurons, an activation ({activations}) and biases ({biases}), such as: 3 sigmoid "
        "trained. A leaky ReLU may have its slope below 0 behind its name: 3 leaky_relu 0.1 trained."
    ),
    "problem.step": (
        "A step needs a network of one layer and half squared error: no gradient goes back through it, and the "
        "perceptron’s rule is for one layer."
    ),
    "problem.negative_slope": "The slope of a leaky ReLU below 0 is a number from 0 to 1.",
    "problem.last_layer": "The output layer cannot be removed.",
    "problem.start": "A start is a rule ({rules}), a factor and a seed, such as: normal 0.1 7.",
    "problem.data": "Up to {most:,} samples are allowed, each with {columns} numbers, such as: 0,0,1;0,1,0.",
    "problem.names": (
        "There must be {columns} names, with commas between them: those of the inputs, then those of the targets."
    ),
    "problem.data_sample": "Sample {number} is “{given}”.",
    "problem.batch": "Allowed are {all}, or {most:1|a whole number from 1 to {most:,}}.",
    "problem.batches": "Batches are a batch size and an order, such as 2 in-order or 2 shuffled 7; or all.",
    "problem.samples": "There may be up to {most:,} samples.",
    "problem.last_sample": "This is the only sample, so it cannot be removed.",
    "problem.kept": "{problem} {kept} is still in use.",
    "problem.data_differ": "The data have {number} there: leave one of the two out.",
    "problem.empty": "Type a number, such as 0.5 or 2e-3.",
    "problem.not_a_number": "Not a number. Allowed are numbers such as 0.5 (or 0,5), −3, 2e-3 and 1/3.",
    "problem.too_large": "Too large. The largest number allowed is about 1.8e308.",
    "problem.too_small": "Too small for a 64-bit float, which would make it 0.",
    "problem.not_positive": "It must be greater than 0.",
    "problem.by_zero": "Nothing can be divided by 0.",
    "problem.doubtful": "{question}",
    "doubt.comma": "Is {given} the number {decimal} or {thousands}? Write it without the comma.",
    "doubt.point": "Is {given} the number {decimal} or {thousands}? Write it without the point.",
    "problem.scale": "The factor may be up to {most:,.0f}.",
    "problem.gone": "That number is no longer there.",
    "link.problem": "Not everything in this link could be used as it is. {details}",
    "link.broken": "{label} cannot be {given}: {kept} is used instead. {reason}",
    "link.unused": "{label} cannot be {given}, which is left out. {reason}",
    "link.missing": "Left out, and filled in: {names}.",
    "link.surplus": "Unknown, and ignored: {names}.",
    "link.repeated": "Given more than once, so that the first value is used: {names}.",
    "link.iteration_limit": "The iteration must be a whole number from 1 to {limit}: 1 is used instead.",
    "link.step_limit": "The step must be a whole number from 0 to {limit}: 0 is used instead.",
    "link.diverged": "The error diverges in iteration {number}: that one is shown.",
    "link.other": "The run to compare with could not be read.",
    "link.left_out": "{problem} It is left out.",
    "link.trained": "How far it was trained must be a whole number from 0 to {limit}; it is ignored.",
    "link.dismiss": "Dismiss",
    "link.too_long": (
        "These are too many numbers for a link, which may be {most:,} characters long. Save a file instead."
    ),
    "link.other_too_long": (
        "Both runs together are too long for a link, so it holds the one on this page. Save a file to keep both."
    ),
    "link.in_file": "There were too many numbers for this link. Open the file that was saved with them.",
    # Picture, steps, symbols and update
    "view.title": "Picture, steps, symbols and update",
    "view.note": "These change what is shown, not where you are.",
    "diagram.title": "Picture",
    "diagram.network": "the network",
    "diagram.graph": "as a computation graph",
    "diagram.network.label": "The network",
    "diagram.graph.label": "The computation as a graph",
    "diagram.graph.legend": (
        "Values flow along the arrows; gradients (∂) flow back, multiplied by the local derivative (blue ×) of each "
        "arrow on its way. Where paths meet, what comes along each (+) is added up. → is a new value."
    ),
    "diagram.tied": (
        "In a computation graph each weight and bias is in one place. As some are tied here, this is the network."
    ),
    "diagram.too_large": "As a computation graph this network would be too large to read, so here is the network.",
    "detail.title": "Level of detail",
    "detail.layer": "by layer, in matrices",
    "detail.neuron": "by neuron",
    "detail.term": "by term and factor",
    "notation.title": "Symbols",
    "notation.numbered": "w1, h1, ŷ",
    "notation.indexed": "w²₁₃, z, a, δ",
    "gradients.title": "Gradients",
    "gradients.parameters": "that the update needs",
    "gradients.inputs": "at the inputs too",
    "update.title": "The update",
    "update.once": "after all gradients",
    "update.in-place": "in place (wrong!)",
    "update.output-for-input": "output for input (wrong!)",
    # Building a network
    "build.title": "Build a network",
    "build.inputs": "inputs",
    "build.layers": "layers",
    "build.hidden": "Hidden layer {number}",
    "build.output": "Output layer",
    "build.neurons": "neurons",
    "build.negative_slope": "slope below 0",
    "build.add": "Add a layer (up to {most})",
    "build.remove": "Remove",
    "build.remove_layer": "Remove hidden layer {number}",
    "activation.title": "activation",
    "activation.identity": "identity",
    "activation.sigmoid": "sigmoid",
    "activation.tanh": "tanh",
    "activation.sloping": "{name} (slope {slope} below 0)",
    "activation.relu": "ReLU",
    "activation.leaky_relu": "leaky ReLU",
    "activation.elu": "ELU",
    "activation.softplus": "softplus",
    "activation.gelu": "GELU",
    "activation.step": "step (perceptron)",
    "activation.softmax": "softmax",
    "biases.title": "biases",
    "biases.none": "none",
    "biases.trained": "trained",
    "biases.fixed": "fixed",
    "biases.one": "one, trained",
    "biases.mixed": "each as it is set",
    # What of the weights and biases is held, absent or tied
    "role.title": "{name} is",
    "role.trained": "trained",
    "role.fixed": "fixed",
    "role.absent": "absent, no link",
    "role.same": "the same as {name}",
    "held.fixed": "fixed",
    "held.absent": "absent",
    "held.tied": "tied",
    "loss.title": "loss",
    "loss.half_squared_error": "half squared error",
    "loss.mean_squared_error": "squared error",
    "loss.mean_absolute_error": "absolute error",
    "loss.binary_cross_entropy": "binary cross-entropy, ŷ = σ(z)",
    "loss.upstream_gradient": "given ∂E/∂ŷ, an upstream gradient",
    "loss.categorical_cross_entropy": "categorical cross-entropy, ŷ = softmax(z)",
    "reduction.title": "E is",
    "reduction.batchmean": "the mean over samples, the sum over outputs",
    "reduction.mean": "the mean over samples and outputs",
    "reduction.sum": "the sum over samples and outputs",
    "start.title": "Weight initialization",
    "start.hand": "by hand",
    "start.uniform": "uniform, ±factor",
    "start.unit": "from 0 to factor, biases too",
    "start.normal": "normal · factor",
    "start.xavier": "Xavier · factor",
    "start.he": "He · factor",
    "start.scale": "factor",
    "start.seed": "seed",
    "start.draw": "Draw again",
    "start.note": "The same seed gives the same weights. A weight that you type yourself is set by hand.",
    # The batches
    "batches.title": "batches",
    "batches.size": "batch size",
    "batches.note": "“all”, or how many samples each iteration uses; the next iteration takes the next ones.",
    "test.title": "test",
    "test.fold": "Samples for a test",
    "test.share": "kept apart (%)",
    "test.note": (
        "From {least} to {most} % of the samples are not trained on, or none. Their loss stands beside the other in "
        "the curve: where it rises while the other falls, the network learns its samples by heart. The same seed draws "
        "the same samples."
    ),
    "test.mark": "test",
    "problem.share": "Allowed are 0, for no test, and whole numbers from {least} to {most}.",
    "problem.split": "A test is a percentage and a seed, such as 20 1; or none.",
    "problem.test_sample": "Sample {number} is kept apart for the test, so no step uses it. Choose another one.",
    "order.title": "order",
    "order.in-order": "in order",
    "order.shuffled": "shuffled each epoch",
    # The data
    "data.title": "Data",
    "data.sample": "sample",
    "data.names": "names",
    "data.count": "of {count:,}; its numbers are shown.",
    "data.count_in_batches": "of {count:,}; its numbers stand here. The steps show a sample of the batch.",
    "data.shape": "Each sample has {columns}. There {count:is|are} {count:,} now; up to {most:,} are allowed.",
    "data.table": "The samples",
    "data.show": "Show sample {number}",
    "data.cell": "{label} of sample {number}",
    "data.rows": "Samples {first:,} to {last:,} of {count:,}.",
    "data.add": "Add a sample",
    "data.remove": "Remove this sample",
    "data.csv": "Or paste CSV, one row per sample",
    "data.placeholder": "0,0,1",
    "data.use": "Use this CSV",
    "data.upload": "Or open a CSV file:",
    "data.used": "The samples are in use. {details}",
    "names.lost": (
        "{names} cannot name {count:a column|columns} here: such a name is one of the network’s own symbols, "
        "stands twice, or has no letters. The {count:column is|columns are} called {symbols}."
    ),
    # Files
    "file.title": "Save and open",
    "file.note": "A file holds the network, the data, the settings and where you are.",
    "file.picture": "The picture as",
    "file.svg": "Save the picture as SVG",
    "file.png": "Save the picture as PNG",
    "file.elsewhere_too": (
        "Networks of other programs open too: safetensors, ONNX, and JSON of a state dict, of scikit-learn or of Keras."
    ),
    "file.save": "Save as a file",
    "file.open": "Open a file:",
    "file.not_ours": "This is not a file that nnviz has saved. Nothing has changed.",
    "file.too_large": "This is more than 8 MB; no file that nnviz saves is as large.",
    "file.elsewhere": "This file was saved on another page, “{lesson}”. Nothing has changed.",
    "file.repeated": "Given more than once: {names}.",
    "file.opened": "The file is open. {details}",
    "file.problem": "This file could not be opened, so nothing has changed. {details}",
    # Samples
    "samples.workbook": "This is a workbook; save it as CSV.",
    "samples.pdf": "This is a PDF; save its table as CSV.",
    "samples.image": "This is an image; the numbers are needed as CSV.",
    "samples.binary": "This is not text; save it as CSV.",
    "samples.too_large": "This is more than 1 MB; 5,000 samples are the most.",
    "samples.none": "There is no sample: type or paste at least one row of numbers.",
    "samples.many": "There are {given:,} samples, and {limit:,} are the most allowed.",
    "samples.quote": 'Row {row}: a quote (") opens a cell and does not close in the same row.',
    "samples.long": "Row {row}: a cell has more than {limit:,} characters.",
    "samples.length": (
        "Row {row}: the number of cells is {given}, when {separator} separate them as in the first row. "
        "Known separators are {known}."
    ),
    "samples.unknown_separator": "Row {row}: “{sign}” is not known as a separator. Known are {known}.",
    "samples.counts": "Row {row} is {cells}: it counts up, as the header of columns without names does.",
    "samples.header_or_sample": "Is it a header or a sample? Nothing is changed yet.",
    "data.header": "It is a header",
    "data.is_sample": "It is a sample",
    "samples.separator.semicolon": "semicolons",
    "samples.separator.tab": "tabs",
    "samples.separator.bar": "bars (|)",
    "samples.separator.comma": "commas",
    "samples.separator.blank": "blanks",
    "samples.column": "Row {row}, column {number}",
    "samples.column.named": "Row {row}, column {number} ({name})",
    "samples.cell.empty": "{place}: the cell is empty; a number belongs there.",
    "samples.cell.not_a_number": "{place}: “{cell}” is not a number. Allowed are numbers such as 0.5, −3 and 2e-3.",
    "samples.cell.by_zero": "{place}: “{cell}” is not a number, as nothing can be divided by 0.",
    "samples.cell.doubtful": (
        "{place}: is {cell} the number {decimal} or {thousands}? No other cell tells. Write {clear} if it is the "
        "first, {thousands} if it is the second."
    ),
    "samples.cell.too_large": "{place}: “{cell}” is too large. The largest number allowed is about 1.8e308.",
    "samples.cell.too_small": "{place}: “{cell}” is too small for a 64-bit float, which would make it 0.",
    "columns.number": "Column {number}",
    "columns.inputs": "{names} {count:is the input|are the inputs}.",
    "columns.targets": "{names} {count:is the target|are the targets}.",
    "columns.class": "{name} says the class, and gets an output for each: {names}.",
    "columns.left_out": "{names} {count:is|are} left out.",
    "columns.left_out.empty": (
        "{names} {count:is|are} left out: {count:a cell of it is|each has a cell that is} empty, the first in "
        "row {row}."
    ),
    "columns.left_out.no_number": (
        "{names} {count:is|are} left out: {count:a cell of it is|each has a cell that is} not a number, the first "
        "“{cell}” in row {row}."
    ),
    "columns.left_out.names": (
        "{names} {count:is|are} left out: {count:it has|each has} more than {most} names, and {most} classes are the "
        "most."
    ),
    "columns.left_out.inputs": "{names} {count:is|are} left out: {most} inputs are the most.",
    "columns.scaled": "({name} − {start})/{unit}",
    "columns.scale.deviation": "The inputs are standardized by mean and standard deviation{part}, about {forms}.",
    "columns.scale.range": "The inputs are scaled by the range{part} to 0 … 1, about {forms}.",
    "columns.of_training": "of the samples that are trained on",
    "columns.title": "Columns and scaling",
    "columns.roles": "Each column is",
    "columns.note": (
        "The network gets an input for each column that is one, and an output for each target, or for each class that "
        "a column names."
    ),
    "columns.offer": (
        "Used so, it makes a network with as many inputs and outputs; then each column can be made something else, and "
        "the inputs can be scaled."
    ),
    "columns.use": "Use it so",
    "column.menu": "column {name}",
    "column.input": "an input",
    "column.target": "a target",
    "column.class": "the class",
    "column.-": "left out",
    "scale.title": "inputs are",
    "scale.none": "as they are",
    "scale.deviation": "standardized",
    "scale.range": "scaled to 0 … 1",
    "columns.most": "There are {given} columns, and {most} are the most.",
    "columns.width": "Row {row} has {given} {given:cell|cells}, and the first one {expected}.",
    "columns.count": "The line of columns names {given}, and the table has {expected}.",
    "columns.no_input": "No column is an input: at least one must be.",
    "columns.no_target": "No column is a target or the class: at least one must be.",
    "columns.two_classes": "Only one column can be the class; here it is {names}. Make the others something else.",
    "columns.class_and_target": (
        "The class takes all outputs, so {names} cannot be {count:a target|targets} beside {name}. Leave "
        "{count:it|them} out, or make {count:it an input|them inputs}."
    ),
    "columns.one_class": "All samples are of the class “{name}”; at least two classes are needed.",
    "columns.unknown": "“{given}” is not known in the line of columns. Allowed are {allowed}.",
    "columns.too_large": "The inputs are too large to be scaled.",
    "columns.most.inputs": "There are {given} inputs, and {most} are the most. Leave some of the columns out.",
    "columns.most.outputs": "There are {given} outputs, and {most} are the most.",
    "columns.most.classes": "There are {given} classes, and {most} are the most: each gets an output.",
    "samples.the_target": "the target",
    "samples.needed": "Each row needs {count} numbers: {inputs}, then {targets}.",
}
