/* Names to tap while typing a list of names, one a line. Offers only what stands in the page: holders
   of posts and organisations. Everything works without this. */
(() => {
  "use strict";
  const SHOWN = 6;
  const wire = () => {
    const source = document.getElementById("names");
    if (!source) return;
    const { people, groups, most } = JSON.parse(source.textContent);
    const lists = { people, groups, all: [...people, ...groups] };
    document.querySelectorAll("textarea[data-names]").forEach((area) => {
      const offers = document.querySelector(`[data-offers="${area.id}"]`);
      const names = lists[area.dataset.names];
      const lineAt = () => area.value.slice(0, area.selectionStart).split("\n").length - 1;
      const draw = () => {
        const lines = area.value.split("\n"), typed = (lines[lineAt()] || "").trim().toLowerCase();
        const there = new Set(lines.map((l) => l.trim().toLowerCase()));
        const full = lines.filter((l) => l.trim()).length >= most && !typed;
        const fits = full ? [] : names.filter((n) => {
          const low = n.toLowerCase();
          return !there.has(low) && low.includes(typed);
        });
        // A whole long list helps nobody: of people something has to be typed first.
        const shown = typed || names.length <= 12 || area.dataset.names === "groups" ? fits.slice(0, SHOWN) : [];
        offers.replaceChildren(...shown.map((name) => {
          const b = document.createElement("button");
          b.type = "button"; b.className = "btn plain small-btn"; b.textContent = name;
          b.addEventListener("click", () => {
            const at = lineAt(), now = area.value.split("\n");
            now[at] = name;
            const rest = now.filter((l) => l.trim());
            area.value = rest.join("\n") + (rest.length < most ? "\n" : "");
            area.focus();
            area.setSelectionRange(area.value.length, area.value.length);
            area.dispatchEvent(new Event("input", { bubbles: true }));
          });
          return b;
        }));
        offers.hidden = !shown.length;
      };
      area.addEventListener("input", draw);
      area.addEventListener("focus", draw);
      area.addEventListener("blur", () => setTimeout(() => {
        if (document.activeElement !== area && !offers.contains(document.activeElement)) offers.hidden = true;
      }, 150));
    });
  };
  wire();
  document.addEventListener("satuhati:shown", wire);
})();
