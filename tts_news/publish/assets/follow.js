// <script src="https://press.example/audio/follow.js" data-edition="2026-11-22-slug" async></script>
// Puts the edition's player where this line stands (or into data-into="#selector") and lights up what is heard in the
// article's own paragraphs (those of data-article="selector", else of the article around it). The text is found by its
// letters and lit up by ranges: nothing in the page is moved, wrapped or changed.
(() => {
  "use strict";

  const own = document.currentScript;
  const base = new URL(".", own.src);
  const { edition, into, article, theme, title } = own.dataset;
  const way = edition?.split("/").map(encodeURIComponent).join("/");
  const folder = way ? new URL(`${way}/embed.html`, base) : new URL("embed.html", base);
  if (theme) folder.searchParams.set("theme", theme);

  const frame = document.createElement("iframe");
  frame.src = folder.href;
  frame.title = title || "استمع إلى المقال";
  frame.allow = "autoplay";
  frame.style.cssText = "width:100%;height:120px;border:0;color-scheme:normal";
  const target = into && document.querySelector(into);
  if (target) target.append(frame);
  else own.before(frame);

  if (!globalThis.Highlight || !CSS.highlights) return; // an older browser plays, and does not follow
  const lights = { phrase: new Highlight(), word: new Highlight() };
  lights.word.priority = 1;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    "::highlight(tts-news-phrase) { background-color: #fff3c4; color: #1c1b19 }" +
    "::highlight(tts-news-word) { background-color: #ffd54a; color: #1c1b19; text-decoration: underline 0.12em }",
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  for (const [name, light] of Object.entries(lights)) CSS.highlights.set(`tts-news-${name}`, light);

  // Letters and digits only: pages set other marks, quotes and spaces than the transcript.
  const letter = (char) => {
    const plain = char.normalize("NFKD").replace(/[\p{M}\u0640]/gu, "");
    if (!/[\p{L}\p{N}]/u.test(plain)) return "";
    return plain.toLowerCase().replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))[0];
  };
  const letters = (text) => [...text].map(letter).join("");

  // All letters of the article with where each stands.
  const read = (scope) => {
    const places = [];
    let text = "";
    const walker = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement.closest("script, style, noscript, template") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let at = 0; at < node.data.length; at += 1) {
        const found = letter(node.data[at]);
        if (found) {
          text += found;
          places.push([node, at]);
        }
      }
    }
    return { text, places };
  };

  const rangeOf = (places, from, to) => {
    const range = document.createRange();
    range.setStart(...places[from]);
    range.setEnd(places[to - 1][0], places[to - 1][1] + 1);
    return range;
  };

  // In the order in which they are said: the same words may stand twice.
  const match = (segments, { text, places }) => {
    const phrases = [];
    let last = 0;
    for (const { startTime, endTime, body, words } of segments) {
      const sought = letters(body);
      const at = sought ? text.indexOf(sought, last) : -1;
      if (at < 0) continue; // the byline, a number of a list, what an editor mended: it is heard and not lit up
      last = at + sought.length;
      let from = at;
      const pieces = words.map(([word, start]) => {
        const piece = { start, from, to: from + letters(word).length };
        from = piece.to;
        return piece;
      });
      phrases.push({ start: startTime, end: endTime, range: rangeOf(places, at, last), pieces });
    }
    return phrases;
  };

  let phrases = [];
  let places = [];
  const light = (time, playing) => {
    lights.phrase.clear();
    lights.word.clear();
    const phrase = playing ? phrases.findLast((one) => one.start <= time && time < one.end + 0.3) : null;
    if (!phrase) return;
    lights.phrase.add(phrase.range);
    const piece = phrase.pieces.findLast((one) => one.start <= time && one.to > one.from);
    if (piece) lights.word.add(rangeOf(places, piece.from, piece.to));
  };

  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== base.origin) return;
    const { ttsNews, time, playing, segments } = event.data ?? {};
    if (ttsNews === "time") light(time, playing);
    if (ttsNews === "transcript") {
      const scope = (article && document.querySelector(article)) || frame.closest("article, main") || document.body;
      const found = read(scope);
      places = found.places;
      phrases = match(segments, found);
    }
  });
  frame.addEventListener("load", () => frame.contentWindow.postMessage({ ttsNews: "transcript" }, base.origin));
})();
