/* Pages that rapat.js has kept are shown when there is no signal. Nothing is kept here, and with a
   signal nothing is answered from here. */
"use strict";
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const asked = event.request, address = new URL(asked.url);
  const page = asked.mode === "navigate";
  if (asked.method !== "GET" || address.origin !== self.location.origin) return;
  if (!page && !address.pathname.startsWith("/static/")) return;
  event.respondWith(fetch(asked).catch(async () => {
    const found = await caches.match(asked, { ignoreSearch: page, ignoreVary: true });
    if (found) return found;
    return (page && await caches.match("/luring/", { ignoreVary: true })) || Response.error();
  }));
});
