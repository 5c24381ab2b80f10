// Lets the show be installed and heard without a network: pages that were visited, and sounds that a listener has saved.
const SAVED = "tts-news";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// A player asks for parts of a sound; what is saved is the whole.
const part = async (request, whole) => {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (!asked) return whole;
  const sound = await whole.blob();
  const first = Number(asked[1]);
  const last = Math.min(asked[2] ? Number(asked[2]) : Infinity, sound.size - 1);
  if (first > last) return new Response(null, { status: 416, headers: { "Content-Range": `bytes */${sound.size}` } });
  return new Response(sound.slice(first, last + 1, sound.type), {
    status: 206,
    headers: {
      "Content-Range": `bytes ${first}-${last}/${sound.size}`,
      "Content-Length": String(last - first + 1),
      "Content-Type": whole.headers.get("Content-Type") ?? sound.type,
      "Accept-Ranges": "bytes",
    },
  });
};

const answer = async (request) => {
  const cache = await caches.open(SAVED);
  const saved = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
  if (saved && request.headers.has("range")) return part(request, saved);
  if (saved && !["document", "iframe", ""].includes(request.destination)) return saved; // sounds and covers keep their names
  try {
    const fresh = await fetch(request);
    if (fresh.ok && fresh.status === 200 && request.destination === "document") await cache.put(request, fresh.clone());
    return fresh;
  } catch (fault) {
    if (saved) return saved;
    throw fault;
  }
};

addEventListener("fetch", (event) => {
  if (event.request.method === "GET" && new URL(event.request.url).origin === location.origin) {
    event.respondWith(answer(event.request));
  }
});
