/* The map of ties: point, touch or use arrow keys to see one actor and whom it is tied to.
   Comfort only: the table beside the map says the same. */
(() => {
  "use strict";
  const start = (box) => {
    const svg = box.querySelector("svg");
    const told = document.querySelector("[data-map-said]");
    if (!svg || !told) return;
    const nodes = [...svg.querySelectorAll("[data-node]")].sort((a, b) => a.dataset.node - b.dataset.node);
    const labels = [...svg.querySelectorAll("[data-label]")];
    const ties = [...svg.querySelectorAll("[data-tie]")].map((line) => [line, ...line.dataset.tie.split(" ")]);
    if (!nodes.length) return;
    const at = nodes.map((g) => { const b = g.getBBox(); return [b.x + b.width / 2, b.y + b.height / 2]; });
    // Arrow keys go in reading order of the picture: from left to right.
    const order = nodes.map((_, i) => i).sort((a, b) => at[a][0] - at[b][0] || at[a][1] - at[b][1]);
    const empty = told.textContent;
    let now = -1;

    const show = (i) => {
      if (i === now) return;
      now = i;
      svg.classList.toggle("chosen", i >= 0);
      const near = new Set([String(i)]);
      ties.forEach(([line, a, b]) => {
        const mine = a === String(i) || b === String(i);
        line.classList.toggle("near", mine);
        if (mine) { near.add(a); near.add(b); }
      });
      nodes.forEach((g) => {
        g.classList.toggle("near", near.has(g.dataset.node));
        g.classList.toggle("here", g.dataset.node === String(i));
      });
      labels.forEach((l) => l.classList.toggle("near", near.has(l.dataset.label)));
      told.hidden = false;
      told.textContent = i < 0 ? empty : nodes[i].dataset.said;
    };

    // The nearest mark is meant, so that a finger need not hit it.
    const nearest = (event) => {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      let best = -1, far = 22;
      at.forEach(([x, y], i) => {
        const d = Math.hypot(x - point.x, y - point.y);
        if (d < far) { far = d; best = i; }
      });
      return best;
    };
    svg.addEventListener("pointermove", (event) => { if (event.pointerType === "mouse") show(nearest(event)); });
    svg.addEventListener("click", (event) => show(nearest(event)));
    svg.addEventListener("pointerleave", (event) => { if (event.pointerType === "mouse") show(-1); });
    box.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step) {
        const place = order.indexOf(now);
        const next = now < 0 ? (step > 0 ? 0 : order.length - 1) : (place + step + order.length) % order.length;
        show(order[next]);
      } else if (event.key === "Home") show(order[0]);
      else if (event.key === "End") show(order[order.length - 1]);
      else if (event.key === "Escape") show(-1);
      else return;
      event.preventDefault();
    });
  };
  document.querySelectorAll("[data-map]").forEach(start);
  // The page may take the map in again once new figures are there.
  document.addEventListener("htmx:afterSettle", () => document.querySelectorAll("[data-map]").forEach(start));
})();
