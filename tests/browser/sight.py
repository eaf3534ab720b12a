"""What a window shows at each step of an iteration: measured on the screen, not read from the data."""

MOVES = """
    const byId = (id) => document.getElementById(id);
    const box = (node) => node.getBoundingClientRect();
    const within = (inner, outer, slack = 1) => inner.left >= outer.left - slack && inner.right <= outer.right + slack
        && inner.top >= outer.top - slack && inner.bottom <= outer.bottom + slack;
    const windowBox = {left: 0, top: 0, right: innerWidth, bottom: innerHeight};
    const still = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const shown = (node) => {
        const {left, right, top, bottom} = box(node);
        const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return hit !== null && (node.contains(hit) || hit.contains(node));
    };
    const go = async (step) => {
        const slider = byId("step");
        slider.value = step;
        slider.dispatchEvent(new Event("input", {bubbles: true}));
        const place = step ? new RegExp(`step ${step} of`) : /not begun/i;
        while (!place.test(byId("meta").textContent)) await still();
        await still();
    };
    const end = Number(byId("step").max), found = [], say = (step, what) => found.push(`step ${step}: ${what}`);
"""
WALK = """async ({steps}) => {MOVES
    const texts = () => [...document.querySelectorAll("#network .scatterlayer text")]
        .filter((text) => text.textContent.replaceAll("\\u200b", "").trim())
        .map((text) => ({text: text.textContent, box: box(text)}));
    const covers = (one, other) => [[one, other], [other, one]].some(([a, b]) => a.text.startsWith(b.text)
        && Math.abs(a.box.left + a.box.right - b.box.left - b.box.right) < 4);  // on a background of its own
    const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1.5
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3;
    let place = null;
    for (let step = 0; step <= end; step += 1) {
        if (steps && !steps.includes(step)) continue;
        await go(step);
        const picture = byId("picture"), network = box(byId("network"));
        if (!within(network, box(picture), 2)) say(step, `the picture ${JSON.stringify(network)} is cut off`);
        if (!within(box(picture), windowBox)) say(step, "the picture is not in the window");
        const here = JSON.stringify([network.left, network.top, network.width].map(Math.round));
        if (place !== null && here !== place) say(step, `the picture slides from ${place} to ${here}`);
        place = here;
        for (const id of ["forward", "backward", "previous", "step"]) {
            if (!within(box(byId(id)), windowBox) || !shown(byId(id))) say(step, `${id} is not in sight`);
        }
        if (step) {
            const result = document.querySelector("#formula .result") ?? byId("sentence");
            if (!within(box(result), windowBox) || !within(box(result), box(byId("step-card")))) {
                say(step, "the result is not in sight");
            }
            for (const row of [...document.querySelectorAll("#table tr.lit")].slice(0, 1)) {
                const frame = box(byId("table")), seen = box(row);
                const isIn = seen.top >= frame.top - 1 && seen.bottom <= frame.bottom + 1;
                if (!isIn || !within(frame, windowBox)) say(step, "the row of the table is not in sight");
            }
        }
        const written = texts();
        for (const {text, box: one} of written) {
            if (!within(one, box(picture), 2)) say(step, `“${text}” is cut off`);
        }
        written.forEach((one, number) => written.slice(number + 1).forEach((other) => {
            if (meet(one.box, other.box) && !covers(one, other)) say(step, `“${one.text}” and “${other.text}” meet`);
        }));
    }
    return found;
}""".replace("MOVES", MOVES)
TOGETHER = """async ({places, steps}) => {MOVES
    for (let step = 1; step <= end; step += 1) {
        if (steps && !steps.includes(step)) continue;
        await go(step);
        const boxes = places.map((place) => [place, box(document.querySelector(place))]);
        boxes.forEach(([place, one], number) => {
            if (!one.height || !within(one, windowBox)) say(step, `${place} is not in sight`);
            for (const [other, two] of boxes.slice(number + 1)) {
                const isApart = one.right <= two.left || two.right <= one.left
                    || one.bottom <= two.top || two.bottom <= one.top;
                if (!isApart) say(step, `${place} and ${other} meet`);
            }
        });
    }
    return found;
}""".replace("MOVES", MOVES)
PAINTED = """(graph) => {
    const plain = (text) => String(text).replaceAll(/<br>/g, "").replaceAll(/<[^>]*>/g, "").replaceAll("\\u200b", "");
    const asked = graph.data.filter(({mode, visible}) => /text/.test(mode) && visible !== false)
        .flatMap(({text}) => [text].flat()).map(plain).filter(Boolean).sort();
    const painted = [...graph.querySelectorAll(".scatterlayer text")]
        .map((text) => plain(text.textContent)).filter(Boolean).sort();
    return {asked, painted};
}"""
DRAWN = """() => document.documentElement.dataset.ready
    && document.getElementById("picture").dataset.room === ["clientWidth", "clientHeight"].map((side) =>
        Math.max(100, Math.floor(document.getElementById("picture")[side] / 10) * 10)).join(" ")
    && !document.querySelector("#network .js-plotly-plot")._transitioning"""
