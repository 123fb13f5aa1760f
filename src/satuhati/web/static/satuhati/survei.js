/* A survey on a phone: screens change without the network, what is filled in stays on this phone
   until it has arrived. A form that is sent first goes into a queue in the browser's storage and
   leaves it only when the server has taken it. Each form bears an id of its own, so that the
   server takes it once, however often it arrives. Nothing here names anybody. */
(() => {
  "use strict";
  const NOT_KEPT = ["csrfmiddlewaretoken", "step", "go"];
  const get = (key, other) => { try { return JSON.parse(localStorage.getItem(key)) || other; } catch (_) { return other; } };
  const put = (key, value) => { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch (_) { return false; } };
  const drop = (key) => { try { localStorage.removeItem(key); } catch (_) { /* nothing kept */ } };
  const new_id = () => [...crypto.getRandomValues(new Uint8Array(18))].map((n) => n.toString(16).padStart(2, "0")).join("");

  const form = document.querySelector("form[data-survey]");
  if (!form) return;
  const DRAFT = "survei-isian:" + location.pathname, QUEUE = "survei-antrean:" + location.pathname;
  const WRONG = "survei-salah:" + location.pathname;
  const words = form.dataset, last = Number(words.last), many = words.many !== undefined;
  // What a keeper opens names people: it leaves the phone with the other pages of who is signed in.
  const CACHE = many ? "satuhati-rapat" : "satuhati-survei";
  const screens = [...form.querySelectorAll("[data-screen]")];
  const said = form.querySelector("[data-said]"), bar = form.querySelector("[data-progress]");
  const field = (name) => form.elements.namedItem(name);
  const button = (name) => form.querySelector(`[data-go=${name}]`);
  let step = Number(words.step), begun = 0, busy = false;

  const tell = (text, kind) => {
    said.hidden = !text; said.className = "notice " + (kind || "warning"); said.textContent = text || "";
    if (text) said.scrollIntoView({ block: "nearest" });
  };
  /* How many answers need another look; the first of them comes into sight. */
  const look = (n, screen) => {
    tell(n === 1 ? words.look : words.lookMany.replace("%", String(n)), "error-notice");
    const first = screen.querySelector(".error");
    if (first) first.scrollIntoView({ block: "nearest" });
  };
  const write = () => { put(DRAFT, luring.read(form, NOT_KEPT)); };
  const go = (to, focus) => {
    step = Math.max(0, Math.min(last, to));
    screens.forEach((s) => { s.hidden = Number(s.dataset.screen) !== step; });
    const whose = form.querySelector("[data-whose]");
    if (whose) whose.hidden = step !== 0;
    bar.hidden = step === 0;
    bar.querySelector("progress").value = step;
    bar.querySelector("p").textContent = bar.querySelector("p").textContent.replace(/\d+/, String(step));
    field("step").value = step;
    button("next").hidden = step === last; button("send").hidden = step !== last; button("back").hidden = step === 0;
    if (button("save")) button("save").hidden = step === 0;
    if (step > 0 && !begun) begun = performance.now();
    const wrong = form.querySelector("[data-wrong]");
    if (wrong) wrong.remove();
    if (focus) {
      window.scrollTo(0, 0);
      const first = screens.find((s) => !s.hidden);
      if (first) { first.tabIndex = -1; first.focus({ preventScroll: true }); }
    }
  };
  const { show, check, say, forget } = tanya(form);
  const asked = (screen) => {
    const boxes = [...screen.querySelectorAll("[data-q]")];
    return !boxes.length || boxes.some((box) => !box.hidden);
  };
  /* The next screen in a direction on which something is asked. */
  const beyond = (from, by) => {
    let at = from + by;
    while (at > 0 && at < last) {
      const here = screens.find((s) => Number(s.dataset.screen) === at);
      if (!here || asked(here)) break;
      at += by;
    }
    return at;
  };
  const ready = (at) => {
    const person = field("person");
    if (person && !person.value) { go(0, true); tell(words.whoseText, "error-notice"); return false; }
    if (!field("agreed").checked) { go(0, true); tell(words.agree, "error-notice"); return false; }
    const here = screens.find((s) => Number(s.dataset.screen) === at);
    const wrong = here ? check(here) : 0;
    if (wrong) { if (at !== step) go(at, true); look(wrong, here); return false; }
    tell("");
    return true;
  };

  const count = () => {
    const n = get(QUEUE, []).length;
    return n === 1 ? words.countOne : words.countMany.replace("%", String(n));
  };
  const fresh = () => {
    form.reset();
    screens.forEach((s) => s.querySelectorAll("input[type=radio]").forEach((e) => { e.checked = false; }));
    screens.forEach((s) => s.querySelectorAll("input:not([type=radio]):not([type=checkbox]), textarea, select").forEach((e) => { e.value = ""; }));
    field("agreed").checked = false; field("submission").value = new_id(); field("seconds").value = "";
    begun = 0; drop(DRAFT); forget(); show(); go(0, true);
  };

  const leave = (one) => {
    const rest = get(QUEUE, []).filter((f) => f.submission !== one.submission);
    if (rest.length) put(QUEUE, rest); else drop(QUEUE);
  };

  /* What the server minded is said beside the questions once the page is here anew. */
  const keep_wrong = (text) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const found = [...page.querySelectorAll(".error[id^=q-][id$=_error]")].map((e) => [e.id.slice(2, -6), e.textContent]);
    const all = page.querySelector("[data-wrong]");
    put(WRONG, { found, all: all ? all.textContent : words.look });
  };
  const tell_wrong = () => {
    const wrong = get(WRONG, null);
    drop(WRONG);
    if (!wrong) return;
    const first = wrong.found.map(([name, text]) => say(name, text)).find(Boolean);
    if (first) go(Number(first.closest("[data-screen]").dataset.screen), true);
    tell(wrong.all, "error-notice");
  };

  /* Send what waits, one form after the other; a form leaves the queue only when it is taken. */
  const flush = async () => {
    if (busy) return;
    busy = true;
    try {
      while (get(QUEUE, []).length) {
        const one = get(QUEUE, [])[0];
        const body = new FormData();
        Object.entries(one).forEach(([name, value]) => body.append(name, value));
        body.set("go", "send"); body.set("step", String(last));
        body.set("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
        const answer = await fetch(location.pathname, { method: "POST", body, credentials: "same-origin" });
        const taken = answer.ok && answer.redirected && new URL(answer.url).searchParams.has("tersimpan");
        if (taken || answer.status === 409) {
          leave(one);
          if (get(DRAFT, {}).submission === one.submission) drop(DRAFT);
          if (!many) { if ("caches" in window) caches.open(CACHE).then((c) => c.delete(location.pathname)); history.replaceState(null, "", location.pathname); await luring.show(answer); return; }
          continue;
        }
        if (answer.status === 410) tell(words.closed + " " + count(), "error-notice");
        else if (answer.status === 400) {
          leave(one);
          put(DRAFT, one); keep_wrong(await answer.text()); location.reload(); return;
        } else if (answer.status === 403 || answer.status === 404 || answer.redirected) tell(words.stale + " " + count());
        else tell(words.failed + " " + count());
        return;
      }
      if (many) tell(words.arrived, "success");
    } catch (_) {
      tell(words.waiting + " " + count());
    } finally {
      busy = false;
      form.querySelectorAll("button").forEach((b) => b.removeAttribute("aria-disabled"));
    }
  };

  const send = () => {
    if (!ready(last)) return;
    for (const s of screens) {
      const wrong = check(s);
      if (wrong) { go(Number(s.dataset.screen), true); look(wrong, s); return; }
    }
    if (begun) field("seconds").value = String(Math.round((performance.now() - begun) / 1000));
    const one = luring.read(form, NOT_KEPT);
    const queue = get(QUEUE, []).filter((f) => f.submission !== one.submission);
    if (!put(QUEUE, [...queue, one])) { form.dataset.plain = "1"; form.requestSubmit(button("send")); return; }
    if (many) { const whose = field("person"); if (whose) { whose.selectedOptions[0].remove(); whose.value = ""; } fresh(); }
    tell(words.sending, "");
    flush();
  };

  form.addEventListener("submit", (event) => {
    const what = event.submitter ? event.submitter.value : "next";
    if (form.dataset.plain || what === "save") { drop(DRAFT); return; }
    event.preventDefault(); event.stopPropagation();
    if (what === "send") send();
    else if (what === "back") { tell(""); show(); go(beyond(step, -1), true); write(); }
    else if (step === last) send();
    else if (ready(step)) { go(beyond(step, 1), true); write(); }
  });
  form.addEventListener("input", write);
  form.addEventListener("change", write);

  const draft = get(DRAFT, null);
  const waits = get(QUEUE, []);
  if (words.answered === undefined && draft && !waits.some((f) => f.submission === draft.submission)) {
    luring.restore(form, draft, NOT_KEPT);
    tell(words.restored);
  } else if (words.answered === undefined && waits.some((f) => f.submission === field("submission").value)) field("submission").value = new_id();
  show();
  if (words.answered === undefined) go(step, false);
  if (waits.length) { tell(count()); flush(); } else tell_wrong();
  window.addEventListener("online", () => { if (get(QUEUE, []).length) flush(); });
  if (navigator.onLine) luring.keep(CACHE, location.pathname);
})();
