/* Shared by pages that work without a signal: keep a page, its style and scripts in the browser's
   cache (read by sw.js when the network fails), and show a page the server answered with. */
window.luring = {
  async keep(name, address) {
    "use strict";
    if (!("caches" in window) || !("serviceWorker" in navigator)) return false;
    try {
      await navigator.serviceWorker.register("/sw.js");
      const cache = await caches.open(name);
      const parts = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((e) => e.href || e.src);
      await cache.addAll([...new Set(parts), "/luring/"]);
      const page = await fetch(address, { credentials: "same-origin" });
      // Only the page itself: not a sign-in it was sent on to.
      if (page.ok && new URL(page.url).pathname === new URL(address, location.href).pathname) await cache.put(address, page);
      return true;
    } catch (_) { return false; }
  },
  async show(answer) {
    "use strict";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.title = page.title;
    document.querySelector("main").replaceWith(document.adoptNode(page.querySelector("main")));
    document.querySelectorAll("[data-script]").forEach((e) => { e.hidden = false; });
    window.scrollTo(0, 0);
    document.dispatchEvent(new Event("satuhati:shown")); // scripts of the page look at it anew
  },
  read(form, without) {
    "use strict";
    const fields = {};
    for (const e of form.elements) {
      if (!e.name || without.includes(e.name)) continue;
      if (e.type === "checkbox" || e.type === "radio") { if (e.checked) fields[e.name] = e.value; }
      else fields[e.name] = e.value;
    }
    return fields;
  },
  restore(form, fields, without) {
    "use strict";
    for (const e of form.elements) {
      if (!e.name || without.includes(e.name)) continue;
      if (e.type === "checkbox" || e.type === "radio") e.checked = fields[e.name] === e.value;
      else if (e.name in fields) e.value = fields[e.name];
    }
  },
};
