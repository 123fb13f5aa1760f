/* While people meet: a clock for the point of the agenda, and how often each has spoken. Nothing of
   it leaves the phone except, at the end, who spoke. Without this script names are simply ticked. */
(() => {
  "use strict";
  const timer = document.querySelector("[data-timer]");
  let until = 0, name = "";
  const clock = timer && timer.querySelector("[data-clock]");
  const show = () => {
    if (!until) return;
    const left = Math.round((until - Date.now()) / 1000), over = left < 0, s = Math.abs(left);
    clock.textContent = name + " " + (over ? "+" : "") + Math.floor(s / 60) + ":" + String(s % 60).padStart(2, "0") + (over ? " · " + timer.dataset.over : "");
    clock.classList.toggle("late", over);
  };
  if (timer) {
    timer.addEventListener("click", (event) => {
      const begin = event.target.closest("[data-begin]");
      if (!begin) return;
      const line = begin.closest("li");
      name = line.querySelector("[data-point]").value.trim();
      until = Date.now() + 60000 * Number(line.querySelector("[data-minutes]").value || 10);
      show();
    });
    setInterval(show, 1000);
  }
  const form = document.querySelector("[data-turns]");
  if (!form) return;
  const list = form.querySelector(".turns"), counts = new Map();
  list.addEventListener("click", (event) => {
    const box = event.target.closest("input[name=bicara]");
    if (!box) return;
    // A tap is a turn, never a taking back: the box stays ticked and the count goes up.
    box.checked = true;
    counts.set(box.value, (counts.get(box.value) || 0) + 1);
    box.parentElement.querySelector("[data-count]").textContent = counts.get(box.value) + "×";
    const items = [...list.children];
    const turns = (li) => counts.get(li.querySelector("input").value) || 0;
    items.sort((a, b) => turns(a) - turns(b)).forEach((li) => list.append(li));
    box.focus();
  });
})();
