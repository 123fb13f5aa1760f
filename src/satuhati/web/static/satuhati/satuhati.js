/* Comfort only: every page works without this. */
(() => {
  "use strict";
  const on = (type, act) => document.addEventListener(type, act);

  // A form is sent once: a second tap on a slow phone does nothing.
  on("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    const question = form.dataset.confirm;
    if (question && !form.dataset.sure && window.HTMLDialogElement) {
      event.preventDefault();
      ask(question, () => { form.dataset.sure = "1"; form.requestSubmit(event.submitter); });
      return;
    }
    if (!form.hasAttribute("hx-post") && form.method === "post") {
      form.dataset.sent = "1";
      // After this turn, so that the button's own value is still sent.
      setTimeout(() => form.querySelectorAll("button").forEach((b) => { b.setAttribute("aria-disabled", "true"); }), 0);
    }
  });
  // Coming back to a page with the browser's button: the form is open again.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent; delete form.dataset.sure;
      form.querySelectorAll("button[aria-disabled]").forEach((b) => b.removeAttribute("aria-disabled"));
    });
  });

  function ask(question, yes) {
    const english = document.documentElement.lang === "en";
    const box = document.createElement("dialog");
    const text = document.createElement("p");
    text.className = "voice"; text.textContent = question;
    const row = document.createElement("div");
    row.className = "actions";
    const button = (label, kind, act) => {
      const b = document.createElement("button");
      b.type = "button"; b.className = "btn " + kind; b.textContent = label;
      b.addEventListener("click", () => { box.close(); box.remove(); if (act) act(); });
      row.append(b);
      return b;
    };
    button(english ? "Yes" : "Ya", "", yes);
    button(english ? "No" : "Tidak", "plain").autofocus = true;
    box.className = "stack"; box.append(text, row);
    document.body.append(box);
    box.showModal();
  }

  on("click", (event) => {
    const target = event.target.closest("[data-copy], [data-print]");
    if (!target) return;
    if (target.hasAttribute("data-print")) { window.print(); return; }
    const source = document.getElementById(target.dataset.copy);
    const text = source.value === undefined ? source.textContent : source.value;
    const done = () => { target.textContent = target.dataset.done || "✓"; };
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(done);
    else { const range = document.createRange(); range.selectNodeContents(source); const s = getSelection(); s.removeAllRanges(); s.addRange(range); document.execCommand("copy"); done(); }
  });
  // What needs this script shows itself only when it runs.
  document.querySelectorAll("[data-script]").forEach((e) => { e.hidden = false; });

  // The open tab of a long row of tabs is in sight.
  document.querySelectorAll(".tabs [aria-current]").forEach((tab) => {
    const row = tab.parentElement;
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  });

  // Choosing in a list sends its form.
  on("change", (event) => { if (event.target.matches("[data-send]")) event.target.form.requestSubmit(); });

  // Narrow a list by typing.
  on("input", (event) => {
    const list = event.target.dataset && event.target.dataset.filter;
    if (!list) return;
    const wanted = event.target.value.trim().toLowerCase();
    const box = document.getElementById(list), marked = box.querySelectorAll("[data-item]");
    (marked.length ? marked : [...box.children]).forEach((item) => {
      const text = (item.querySelector("legend") || item).textContent;
      item.hidden = wanted !== "" && !text.toLowerCase().includes(wanted);
    });
    // A part of the list opens with what was found in it, and goes where nothing was.
    box.querySelectorAll("details").forEach((part) => {
      if (!part.querySelector("[data-item]")) return;
      part.hidden = !part.querySelector("[data-item]:not([hidden])");
      if (wanted && !part.hidden) part.open = true;
    });
  });

  // Nobody is signed in: pages kept for a meeting without a signal leave this phone. What was not
  // sent yet stays; it names nobody.
  if (document.documentElement.dataset.nobody !== undefined && "caches" in window && window.isSecureContext) caches.delete("satuhati-rapat");
  // Notes of a meeting that have not arrived: say so wherever one is.
  const waiting = document.querySelector("[data-waiting-notes]");
  if (waiting) {
    let path = null;
    try { path = Object.keys(localStorage).find((k) => k.startsWith("rapat-selesai:")); } catch (_) { path = null; }
    path = path && path.slice("rapat-selesai:".length);
    if (path && path !== location.pathname) {
      waiting.hidden = false; waiting.querySelector("a").href = path;
      waiting.querySelector("button").addEventListener("click", () => {
        try { localStorage.removeItem("rapat-selesai:" + path); } catch (_) { /* nothing kept */ }
        waiting.hidden = true;
      });
    }
  }

  // A shared phone: say before signing out, and leave the page when the time is over.
  const idle = Number(document.documentElement.dataset.idleMinutes || 0);
  if (idle) {
    let last = Date.now();
    ["pointerdown", "keydown", "scroll"].forEach((type) => window.addEventListener(type, () => { last = Date.now(); }, { passive: true }));
    setInterval(() => { if (Date.now() - last > (idle + 0.2) * 60000) location.reload(); }, 20000);
  }
})();
