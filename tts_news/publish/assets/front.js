// The show's front page: what is new since the last visit, search, and editions played one after another.
// Without this file every edition and its sound are links.
(() => {
  "use strict";

  const root = document.documentElement;
  const KEPT = "tts-news:";
  const recall = (name) => {
    try {
      return localStorage.getItem(KEPT + name);
    } catch {
      return null; // storage is blocked: nothing is kept
    }
  };
  const keep = (name, value) => {
    try {
      localStorage.setItem(KEPT + name, value);
    } catch {
      // As above.
    }
  };

  // The colours and the text size that a reader has chosen on an edition's page, before the first paint.
  root.classList.add("js");
  root.dataset.theme = ["light", "dark", "contrast"].includes(recall("theme")) ? recall("theme") : "auto";
  root.dataset.size = ["125", "150", "200", "300"].includes(recall("size")) ? recall("size") : "100";

  document.addEventListener("DOMContentLoaded", () => {
    const find = (id) => document.getElementById(id);
    const list = document.querySelector(".episodes");
    if (!list) return;
    const entries = [...list.children];
    const status = find("status");
    for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;

    // ---------------------------------------------------------------- what is new

    const seen = recall("seen");
    for (const entry of entries) {
      if (seen && entry.dataset.published > seen) entry.querySelector(".new").hidden = false;
    }
    const newest = entries.map((entry) => entry.dataset.published).sort().at(-1);
    if (newest && newest > (seen ?? "")) keep("seen", newest);

    // ---------------------------------------------------------------- search

    // Readers leave marks and hamzas out, and write the end of a word as they say it.
    const fold = (text) =>
      text.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "").replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").toLowerCase();
    let older = null; // editions of other pages, by the list beside the feed; files opened from a disk have none
    const readOlder = async () => {
      if (older || !location.protocol.startsWith("http")) return older ?? [];
      const here = new Set(entries.map((entry) => entry.dataset.folder));
      const answer = await fetch("editions.json").catch(() => null);
      const listed = answer?.ok ? await answer.json() : [];
      older = listed.filter((edition) => !here.has(edition.folder));
      return older;
    };
    const search = find("search");
    const seek = async () => {
      const words = fold(search.value).split(/\s+/).filter(Boolean);
      const fits = (text) => words.every((word) => fold(text).includes(word));
      for (const entry of entries) entry.hidden = words.length > 0 && !fits(entry.textContent);
      for (const extra of list.querySelectorAll(".found")) extra.remove();
      const elsewhere = words.length ? (await readOlder()).filter((edition) => fits(edition.title)) : [];
      for (const edition of elsewhere) {
        const entry = document.createElement("li");
        const link = document.createElement("a");
        entry.className = "found";
        link.href = `${edition.folder}/index.html`;
        link.textContent = `${edition.title} (${edition.date})`;
        entry.append(link);
        list.append(entry);
      }
      const count = entries.filter((entry) => !entry.hidden).length + elsewhere.length;
      status.textContent = words.length ? (count ? `عدد الحلقات: ${count}` : "لا حلقة بهذا البحث") : "";
    };
    search.addEventListener("input", seek);

    // ---------------------------------------------------------------- one after another

    const queue = entries.filter((entry) => entry.querySelector(".listen"));
    const bar = find("bar");
    const audio = bar.querySelector("audio");
    let at = -1;
    const play = (next) => {
      if (!queue[next]) return;
      queue[at]?.removeAttribute("aria-current");
      at = next;
      const entry = queue[at];
      entry.setAttribute("aria-current", "true");
      bar.hidden = false;
      find("now").textContent = entry.querySelector("h3").textContent.trim();
      audio.src = entry.querySelector(".listen").href;
      audio.playbackRate = audio.defaultPlaybackRate = Number(recall("speed") ?? 1) || 1;
      audio.play().catch(() => { status.textContent = "تعذّر التشغيل"; });
      find("next").disabled = at + 1 >= queue.length;
      find("previous").disabled = at <= 0;
      root.style.setProperty("--bar", `${bar.offsetHeight}px`);
    };
    for (const [number, entry] of queue.entries()) {
      entry.querySelector(".listen").addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        play(number);
      });
    }
    find("play-all").addEventListener("click", () => play(0));
    find("next").addEventListener("click", () => play(at + 1));
    find("previous").addEventListener("click", () => play(at - 1));
    audio.addEventListener("ended", () => play(at + 1));
  });

  if (location.protocol === "https:") {
    navigator.serviceWorker?.register("sw.js").catch(() => {}); // a host that does not serve it: works online only
    const link = document.createElement("link");
    link.rel = "manifest";
    link.href = "manifest.webmanifest";
    document.head.append(link);
  }
})();
