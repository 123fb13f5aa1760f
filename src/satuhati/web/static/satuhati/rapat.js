/* Rapat selesai, and answers by link, without a signal: what is tapped stays on this phone until it
   has arrived.

   The draft holds what the form holds: codes of people, what was chosen, decisions. It bears the
   revision and the once-word of the page it was begun on, so that the server still sees when
   somebody else saved meanwhile, and takes nothing twice. The page itself is kept for later
   (Cache Storage, read by sw.js) and removed when nobody is signed in any more. */
(() => {
  "use strict";
  // Pages of who answers by link have a cache of their own: nobody is signed in there.
  const offline = document.querySelector("form[data-offline]");
  const KEPT = (offline && offline.dataset.cache) || "satuhati-rapat";
  const DRAFT = (offline && offline.dataset.draft) || "rapat-selesai:";
  const NOT_KEPT = ["csrfmiddlewaretoken"];

  const keep = (address) => luring.keep(KEPT, address);

  document.querySelectorAll("[data-keep]").forEach((e) => { keep(e.dataset.keep); });

  const list = document.querySelector("[data-kept-list]");
  if (list && "caches" in window) caches.open(KEPT).then((cache) => cache.keys()).then((keys) => {
    keys.map((k) => new URL(k.url).pathname).filter((path) => path.endsWith("/selesai/") || path.endsWith("/isi/")).forEach((path) => {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = path; link.textContent = path;
      cache_title(path).then((title) => { if (title) link.textContent = title; });
      item.append(link); list.append(item);
    });
  });
  async function cache_title(path) {
    const found = await caches.match(path, { ignoreVary: true });
    const text = found ? await found.text() : "";
    const name = new DOMParser().parseFromString(text, "text/html").querySelector("[data-meeting]");
    return name ? name.dataset.meeting : "";
  }

  const show = luring.show;

  const wire = () => {
    const form = document.querySelector("form[data-offline]");
    if (!form) return;
    const key = DRAFT + location.pathname;
    const said = form.querySelector("[data-offline-said]");
    const words = form.dataset;
    const tell = (text, kind, link) => {
      said.hidden = !text; said.className = "notice " + (kind || "");
      said.textContent = text || "";
      if (link) { const a = document.createElement("a"); a.href = link[0]; a.textContent = link[1]; said.append(" ", a); }
      if (text) said.scrollIntoView({ block: "nearest" });
    };
    const read = () => luring.read(form, NOT_KEPT);
    const write = () => { try { localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: read() })); } catch (_) { /* full or forbidden: the page still works */ } };
    const restore = (draft) => luring.restore(form, draft.fields, NOT_KEPT);
    const forget = () => { try { localStorage.removeItem(key); } catch (_) { /* nothing kept */ } };

    let draft = null;
    try { draft = JSON.parse(localStorage.getItem(key)); } catch (_) { draft = null; }
    if (form.dataset.answered !== undefined) write(); // the server's own page: what it says is newer
    else if (draft && draft.fields) { restore(draft); tell(words.restored, "warning"); }
    form.addEventListener("input", write);
    form.addEventListener("change", write);
    const discard = form.querySelector("[data-discard]");
    if (discard) {
      discard.hidden = !(draft && draft.fields);
      discard.onclick = () => { forget(); location.reload(); };
    }

    let busy = false;
    const send = async () => {
      if (busy) return;
      busy = true; write();
      const buttons = form.querySelectorAll("button");
      buttons.forEach((b) => b.setAttribute("aria-disabled", "true"));
      tell(words.sending, "");
      try {
        const answer = await fetch(form.action || location.href, { method: "POST", body: new FormData(form), credentials: "same-origin" });
        const there = new URL(answer.url).pathname;
        if (answer.redirected && there.startsWith("/masuk/")) tell(words.signin, "warning", [words.signinAddress, words.signinText]);
        else if (answer.redirected && answer.ok) {
          // Shown as it came, for it says once that the meeting is on record, or why it cannot be.
          const address = new URL(answer.url);
          if (address.searchParams.has("tersimpan")) forget();
          history.replaceState(null, "", address.pathname);
          await show(answer); return;
        } else if (answer.status === 400 || answer.status === 409) { await show(answer); wire(); return; }
        else if (answer.status === 403 || answer.status === 404) tell(words.stale, "warning", [location.href, words.again]);
        else tell(words.failed, "error-notice");
      } catch (_) {
        tell(words.offlineText, "warning");
      }
      busy = false;
      buttons.forEach((b) => b.removeAttribute("aria-disabled"));
    };
    form.addEventListener("submit", (event) => { event.preventDefault(); event.stopPropagation(); form.dataset.waiting = "1"; send(); });
    window.ononline = () => { if (form.isConnected && form.dataset.waiting) send(); };
    window.onoffline = () => { if (form.isConnected) tell(words.noSignal, "warning"); };
    if (!navigator.onLine) tell((said.hidden ? "" : said.textContent + " ") + words.noSignal, "warning");
    else if (form.dataset.answered === undefined) keep(location.pathname);
  };
  wire();
})();
