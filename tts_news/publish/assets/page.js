// The page of an edition: controls, reading along, and what is kept between visits.
// Without this file the page still plays, lists its chapters and shows its text.
(() => {
  "use strict";

  const root = document.documentElement;
  const KEPT = "tts-news:";
  const STEP_S = 15;
  const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3];
  const SIZES = ["100", "125", "150", "200", "300"];
  const THEMES = ["auto", "light", "dark", "contrast"];

  // Storage throws where cookies are blocked, and in some browsers for files opened from disk.
  const recall = (name) => {
    try {
      return localStorage.getItem(KEPT + name);
    } catch {
      return null;
    }
  };
  const keep = (name, value) => {
    try {
      if (value === null) localStorage.removeItem(KEPT + name);
      else localStorage.setItem(KEPT + name, value);
    } catch {
      // Nothing is kept then; everything else works.
    }
  };
  const recallOneOf = (name, values, otherwise) => (values.includes(recall(name)) ? recall(name) : otherwise);

  // Before the first paint, so that a dark page does not flash white.
  root.classList.add("js");
  root.dataset.theme = recallOneOf("theme", THEMES, "auto");
  root.dataset.size = recallOneOf("size", SIZES, "100");

  document.addEventListener("DOMContentLoaded", () => {
    const audio = document.querySelector("audio");
    if (audio) start(audio);
  });

  function start(audio) {
    const find = (id) => document.getElementById(id);
    const status = find("status");
    const play = find("play");
    const seeker = find("seek");
    const speed = find("speed");
    const theme = find("theme");
    const follow = find("follow");
    const skim = find("skim");
    const letters = find("letters");
    const help = find("help");
    const bar = find("bar");
    const guid = root.dataset.guid;

    const sentences = [...document.querySelectorAll("[data-e]")]
      .map((element) => ({
        element,
        start: Number(element.dataset.t),
        end: Number(element.dataset.e),
        skimmed: !element.closest(".full") && !(element.closest("li") && !element.closest("li b")),
        words: null,
      }))
      .sort((one, other) => one.start - other.start);
    const chapters = [...document.querySelectorAll("nav a[data-t]")].map((element) => ({
      element,
      start: Number(element.dataset.t),
      title: element.textContent,
    }));
    const stopsOf = (kind) => [
      ...new Set([...document.querySelectorAll(`[data-stop~="${kind}"]`)].map((element) => Number(element.dataset.t))),
    ].sort((one, other) => one - other);
    const stops = {
      section: chapters.map((chapter) => chapter.start),
      sentence: sentences.map((one) => one.start),
      item: stopsOf("item"),
      headline: stopsOf("headline"),
    };

    let sentence = null;
    let word = null;
    let chapter = null;
    let userScrolledAt = 0;
    let savedAt = 0;
    let pending = null;
    let touched = false; // played or moved by the user: until then nothing is lit up, and nothing scrolls away
    let reached = null; // the sentence that Tab leads to
    let stopAt = null; // when the sleep timer stops: a moment of the clock, or a place in the sound
    let resuming = false;

    // ---------------------------------------------------------------- what is said aloud to a screen reader

    // Never over the voice: while it speaks, the voice itself is the answer to every key.
    const announce = (text) => {
      pending = audio.paused ? null : { text, at: Date.now() };
      if (audio.paused) status.textContent = text;
    };
    const announcePending = () => {
      if (pending && Date.now() - pending.at < 5000) status.textContent = pending.text;
      pending = null;
    };

    const clock = (seconds) => {
      const whole = Math.max(0, Math.floor(seconds || 0));
      const two = (number) => String(number).padStart(2, "0");
      const hours = Math.floor(whole / 3600);
      const minutes = Math.floor(whole / 60) % 60;
      return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
    };

    // ---------------------------------------------------------------- moving

    const length = () => (Number.isFinite(audio.duration) ? audio.duration : Number(root.dataset.duration));

    const seek = (seconds) => {
      const target = Math.min(Math.max(seconds, 0), Math.max(length() - 0.05, 0));
      const reachable = audio.seekable.length ? audio.seekable.end(audio.seekable.length - 1) : 0;
      if (audio.readyState === 0) {
        audio.addEventListener("loadedmetadata", () => seek(target), { once: true });
        if (audio.networkState === HTMLMediaElement.NETWORK_EMPTY) audio.load();
      } else if (reachable + 0.5 < target) {
        loadWhole(target);
      } else {
        audio.currentTime = target;
      }
      show();
    };

    // A host without byte ranges cannot seek: the file is then fetched once and played from memory.
    let loading = null;
    const loadWhole = (target) => {
      const wasPlaying = !audio.paused;
      loading ??= fetch(audio.currentSrc).then((answer) => answer.blob());
      loading.then(
        (sound) => {
          audio.addEventListener("loadedmetadata", () => {
            audio.currentTime = target;
            if (wasPlaying) audio.play();
          }, { once: true });
          audio.src = URL.createObjectURL(sound);
        },
        () => announce("تعذّر الانتقال: المضيف لا يسمح به"),
      );
    };

    const playFrom = (seconds) => {
      seek(seconds);
      audio.play().catch(() => announce("تعذّر التشغيل"));
    };
    const toggle = () => {
      if (audio.paused) audio.play().catch(() => announce("تعذّر التشغيل"));
      else audio.pause();
    };
    const step = (seconds) => {
      seek(audio.currentTime + seconds);
      announce(clock(audio.currentTime));
    };
    const jump = (kind, forward) => {
      const now = audio.currentTime;
      // Some grace: "previous" goes to the start of what is heard, and once more to the one before.
      const grace = kind === "sentence" ? 0.7 : 2;
      const target = forward
        ? stops[kind].find((time) => time > now + 0.2)
        : stops[kind].findLast((time) => time < now - grace) ?? stops[kind][0];
      if (target === undefined) {
        announce("لا شيء بعد هذا");
        return;
      }
      seek(target);
      announce(titleAt(kind, target));
    };
    const titleAt = (kind, time) => {
      const at = kind === "section"
        ? chapters.findLast((one) => one.start <= time)?.title
        : sentences.findLast((one) => one.start <= time)?.element.textContent;
      return at || clock(time);
    };

    // ---------------------------------------------------------------- showing where we are

    const lastStarted = (list, time) => {
      let low = 0;
      let high = list.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (list[middle].start <= time + 0.02) low = middle + 1;
        else high = middle;
      }
      return low - 1;
    };
    // Words have no elements of their own: a screen reader would stop at each. A range of the text is lit up instead.
    const wordsOf = (one) => {
      if (one.words === null) {
        const starts = (one.element.dataset.w ?? "").split(" ").filter(Boolean);
        const texts = one.element.textContent.split(" ");
        let from = 0;
        one.words = starts.length === texts.length
          ? texts.map((text, at) => {
              const found = { start: one.start + Number(starts[at]) / 1000, from, to: from + text.length };
              from = found.to + 1;
              return found;
            })
          : [];
      }
      return one.words;
    };
    const lit = globalThis.Highlight && CSS.highlights ? new Highlight() : null;
    if (lit) {
      CSS.highlights.set("word", lit);
      // Here and not in page.css, whose checkers do not know ::highlight yet.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        "::highlight(word) { background-color: var(--accent); color: var(--on-accent); text-decoration: underline 0.12em; }" +
        "@media print { ::highlight(word) { background-color: transparent; color: inherit; text-decoration: none; } }",
      );
      document.adoptedStyleSheets.push(sheet);
    }
    const rangeOf = (one, part) => {
      const range = document.createRange();
      range.setStart(one.element.firstChild, part.from);
      range.setEnd(one.element.firstChild, part.to);
      return range;
    };

    const showSentence = (next) => {
      if (next === sentence) return;
      sentence?.element.removeAttribute("aria-current");
      next?.element.setAttribute("aria-current", "true");
      sentence = next;
    };
    const showWord = (next) => {
      if (next === word) return;
      lit?.clear();
      if (next) lit?.add(rangeOf(sentence, next));
      word = next;
    };
    const showChapter = (next) => {
      if (next === chapter) return;
      chapter?.element.removeAttribute("aria-current");
      next?.element.setAttribute("aria-current", "true");
      chapter = next;
    };

    // The sentence, or where it is larger than the window (large text, small screen) the word.
    const keepInView = () => {
      if (!touched || !isPressed(follow) || Date.now() - userScrolledAt < 6000) return;
      const floor = innerHeight - (getComputedStyle(bar).position === "fixed" ? bar.offsetHeight : 0);
      const whole = sentence.element.getBoundingClientRect();
      const box = whole.height > floor && word ? rangeOf(sentence, word).getBoundingClientRect() : whole;
      if (box.top >= 0 && box.bottom <= floor) return;
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      scrollBy({ top: box.top - (floor - box.height) / 2, behavior: still ? "instant" : "smooth" });
    };

    const show = () => {
      const now = audio.currentTime;
      const at = lastStarted(sentences, now);
      const over = at >= 0 && at === sentences.length - 1 && now > sentences[at].end + 0.5;
      const before = [sentence, word];
      showSentence(touched && at >= 0 && !over ? sentences[at] : null);
      const words = sentence ? wordsOf(sentence) : [];
      showWord(words[lastStarted(words, now)] ?? null);
      if (sentence && (sentence !== before[0] || word !== before[1])) keepInView();
      showChapter(touched ? chapters[lastStarted(chapters, now)] ?? null : null);
      if (document.activeElement !== seeker || audio.paused) seeker.value = now;
      const spoken = `${clock(now)} من ${clock(length())}`;
      if (seeker.getAttribute("aria-valuetext") !== spoken) seeker.setAttribute("aria-valuetext", spoken);
      const shown = `${clock(now)} / ${clock(length())}`;
      if (find("time").textContent !== shown) find("time").textContent = shown;
    };

    const skipWhatIsNotSkimmed = () => {
      if (!("skim" in root.dataset)) return;
      const now = audio.currentTime;
      const at = lastStarted(sentences, now);
      const here = sentences[at];
      const following = sentences[at + 1];
      if (here?.skimmed && (now < here.end + 0.3 || !following || following.skimmed)) return;
      const next = sentences.find((one) => one.skimmed && one.start > now);
      if (next) seek(next.start);
      else {
        audio.pause();
        announce("انتهت العناوين والمقدّمات");
      }
    };

    const frame = () => {
      if (audio.paused) return;
      skipWhatIsNotSkimmed();
      stopInTime();
      show();
      if (Date.now() - savedAt > 5000) savePlace();
      requestAnimationFrame(frame);
    };

    // The sleep timer: at a moment of the clock, or where the section ends.
    const stopInTime = () => {
      if (stopAt === null || (stopAt.clock ?? Infinity) > Date.now() && (stopAt.place ?? Infinity) > audio.currentTime) return;
      audio.pause();
      setSleep("");
      announce("توقّفت القراءة في الموعد");
    };
    const setSleep = (value) => {
      const next = chapters.find((one) => one.start > audio.currentTime + 0.2)?.start ?? length() - 0.2;
      stopAt = value === "" ? null : value === "section" ? { place: next } : { clock: Date.now() + 60_000 * Number(value) };
      find("sleep").value = value;
    };

    const savePlace = () => {
      savedAt = Date.now();
      const done = audio.ended || audio.currentTime > length() - 5 || audio.currentTime < 5;
      keep(`place:${guid}`, done ? null : audio.currentTime.toFixed(1));
    };

    // ---------------------------------------------------------------- settings

    const setSpeed = (value) => {
      const rate = SPEEDS.includes(value) ? value : 1;
      audio.defaultPlaybackRate = rate; // a new source would go back to it
      audio.playbackRate = rate;
      speed.value = String(rate);
      keep("speed", String(rate));
    };
    const changeSpeed = (by) => {
      const at = Math.min(Math.max(SPEEDS.indexOf(audio.playbackRate) + by, 0), SPEEDS.length - 1);
      setSpeed(SPEEDS[at]);
      announce(`السرعة ${SPEEDS[at]}`);
    };
    const changeSize = (by) => {
      const at = Math.min(Math.max(SIZES.indexOf(root.dataset.size) + by, 0), SIZES.length - 1);
      root.dataset.size = SIZES[at];
      keep("size", SIZES[at]);
      announce(`حجم النص ${SIZES[at]}%`);
    };
    const setTheme = (value) => {
      root.dataset.theme = value;
      theme.value = value;
      keep("theme", value);
    };
    const press = (button, on) => button.setAttribute("aria-pressed", String(on));
    const setSkim = (on) => {
      press(skim, on);
      if (on) root.dataset.skim = "";
      else delete root.dataset.skim;
      show();
    };
    const say = (button, on) => announce(`${button.textContent.trim()}: ${on ? "مفعّل" : "متوقف"}`);
    const flip = (button, set) => {
      set(!isPressed(button));
      say(button, isPressed(button));
    };
    const share = async () => {
      const address = `${location.href.split("#")[0]}#t=${Math.floor(audio.currentTime)}`;
      try {
        if (navigator.share) await navigator.share({ title: root.dataset.title, url: address });
        else {
          await navigator.clipboard.writeText(address);
          announce("نُسخ الرابط");
        }
      } catch (fault) {
        if (fault.name !== "AbortError") announce(address);
      }
    };
    const setFollow = (on) => {
      press(follow, on);
      keep("follow", String(on));
    };
    const isPressed = (button) => button.getAttribute("aria-pressed") === "true";

    // ---------------------------------------------------------------- wiring

    const actions = {
      play: toggle,
      back: () => step(-STEP_S),
      forward: () => step(STEP_S),
      "previous-section": () => jump("section", false),
      "next-section": () => jump("section", true),
      "previous-sentence": () => jump("sentence", false),
      "next-sentence": () => jump("sentence", true),
      "previous-item": () => jump("item", false),
      "next-item": () => jump("item", true),
      "previous-headline": () => jump("headline", false),
      "next-headline": () => jump("headline", true),
      slower: () => changeSpeed(-1),
      faster: () => changeSpeed(1),
      smaller: () => changeSize(-1),
      larger: () => changeSize(1),
      skim: () => flip(skim, setSkim),
      follow: () => flip(follow, setFollow),
      share,
      "open-help": () => help.showModal(),
      "close-help": () => help.close(),
      theme: () => {
        setTheme(THEMES[(THEMES.indexOf(root.dataset.theme) + 1) % THEMES.length]);
        announce(theme.selectedOptions[0].textContent);
      },
      first: () => {
        seek(0);
        announce("من البداية");
      },
    };
    for (const [id, action] of Object.entries(actions)) {
      const button = find(id);
      if (button instanceof HTMLButtonElement) button.addEventListener("click", action);
    }
    for (const kind of ["item", "headline"]) {
      find(`${kind}s`).hidden = stops[kind].length < 2;
    }

    // By place on the keyboard and not by letter: an Arabic layout has no J.
    const KEYS = {
      Space: "play", KeyK: "play", ArrowLeft: "back", ArrowRight: "forward", KeyJ: "back", KeyL: "forward",
      KeyN: "next-section", KeyP: "previous-section", KeyI: "next-item", "Shift+KeyI": "previous-item",
      KeyS: "next-sentence", "Shift+KeyS": "previous-sentence", KeyH: "next-headline", "Shift+KeyH": "previous-headline", Comma: "slower", Period: "faster",
      Minus: "smaller", Equal: "larger", "Shift+Equal": "larger", KeyT: "theme", KeyM: "skim", KeyF: "follow",
      "Shift+Slash": "open-help", Digit0: "first",
    };
    const NAMED = new Set(["Space", "ArrowLeft", "ArrowRight"]);
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || help.open) return;
      const action = KEYS[(event.shiftKey ? "Shift+" : "") + event.code];
      const here = event.target;
      const typing = here.closest("input, select, textarea, [contenteditable]");
      const pressing = event.code === "Space" && here.closest("button, summary, a");
      if (!action || typing || pressing) return;
      // Letters can be switched off (WCAG 2.1.4): speech input types them by accident.
      if (!NAMED.has(event.code) && !letters.checked) return;
      event.preventDefault();
      actions[action]();
    });

    // Sentences are reached like the options of a list: one stop for Tab, arrows inside, Enter plays from there.
    const reach = (one) => {
      if (reached) reached.element.tabIndex = -1;
      reached = one;
      one.element.tabIndex = 0;
    };
    const inText = sentences.filter((one) => one.element.closest("article"));
    if (inText.length) reach(inText[0]);
    document.addEventListener("keydown", (event) => {
      const at = inText.findIndex((one) => one.element === event.target);
      if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
      const next = { ArrowDown: inText[at + 1], ArrowUp: inText[at - 1], Home: inText[0], End: inText.at(-1) }[event.key];
      if (event.key === "Enter") playFrom(inText[at].start);
      else if (next) {
        reach(next);
        next.element.focus();
      } else return;
      event.preventDefault();
    });

    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-t]");
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        playFrom(Number(link.dataset.t));
        return;
      }
      const text = event.target.closest("[data-e]");
      const one = text && !event.target.closest("a") && getSelection().isCollapsed && sentences.find((each) => each.element === text);
      if (one) playFrom(wordAt(one, event)?.start ?? one.start);
    });
    const wordAt = (one, event) => {
      const place = document.caretPositionFromPoint?.(event.clientX, event.clientY);
      const node = place?.offsetNode ?? document.caretRangeFromPoint?.(event.clientX, event.clientY)?.startContainer;
      const offset = place?.offset ?? document.caretRangeFromPoint?.(event.clientX, event.clientY)?.startOffset;
      return node === one.element.firstChild ? wordsOf(one).find((each) => offset <= each.to) : null;
    };

    seeker.addEventListener("input", () => seek(Number(seeker.value)));
    speed.addEventListener("change", () => setSpeed(Number(speed.value)));
    theme.addEventListener("change", () => setTheme(theme.value));
    find("sleep").addEventListener("change", () => setSleep(find("sleep").value));
    letters.addEventListener("change", () => keep("letters", String(letters.checked)));
    for (const gesture of ["wheel", "touchmove"]) {
      addEventListener(gesture, () => { userScrolledAt = Date.now(); }, { passive: true });
    }
    addEventListener("keydown", (event) => {
      if (["PageUp", "PageDown", "ArrowUp", "ArrowDown", "End"].includes(event.key)) userScrolledAt = Date.now();
    });

    const label = find("play-label");
    audio.addEventListener("play", () => {
      resuming = false;
      label.textContent = "إيقاف مؤقت";
      play.dataset.state = "on";
      touched = true;
      status.textContent = "";
      requestAnimationFrame(frame);
    });
    audio.addEventListener("pause", () => {
      label.textContent = "تشغيل";
      play.dataset.state = "off";
      savePlace();
      announcePending();
      show();
    });
    // Pages of editions are not written again when others come: neighbours are asked for when somebody wants them.
    const editions = find("editions");
    const up = root.dataset.folder.replace(/[^/]+/g, "..") || ".."; // two folders where its month has one
    const linkTo = (edition, label) => {
      const line = document.createElement("p");
      const link = document.createElement("a");
      link.href = `${up}/${edition.folder}/index.html`;
      link.textContent = edition.title;
      line.append(`${label}: `, link);
      return line;
    };
    editions.addEventListener("toggle", async () => {
      if (!editions.open || editions.dataset.read || !location.protocol.startsWith("http")) return;
      editions.dataset.read = "yes";
      const answer = await fetch(`${up}/editions.json`).catch(() => null);
      const listed = answer?.ok ? await answer.json() : [];
      const at = listed.findIndex((edition) => edition.folder === root.dataset.folder);
      const near = at < 0 ? [] : [[listed[at - 1], "الحلقة التالية"], [listed[at + 1], "الحلقة السابقة"]];
      const nav = editions.querySelector("nav");
      nav.prepend(...near.filter(([edition]) => edition).map(([edition, label]) => linkTo(edition, label)));
    });

    if (location.protocol === "https:") {
      navigator.serviceWorker?.register(`${up}/sw.js`).catch(() => {}); // a host that does not serve it: works online only
      const app = document.createElement("link");
      app.rel = "manifest";
      app.href = `${up}/manifest.webmanifest`;
      document.head.append(app);
      const save = find("offline");
      save.hidden = !navigator.serviceWorker;
      save.addEventListener("click", async () => {
        const wanted = ["index.html", audio.currentSrc.split("#")[0], root.dataset.cover].filter(Boolean);
        try {
          await (await caches.open("tts-news")).addAll(wanted);
          announce("حُفظت الحلقة");
        } catch {
          announce("تعذّر الحفظ");
        }
      });
    }

    audio.addEventListener("seeking", () => {
      touched ||= !resuming;
      resuming = false;
    });
    for (const name of ["timeupdate", "seeked", "seeking"]) audio.addEventListener(name, show);
    audio.addEventListener("ended", savePlace);
    audio.addEventListener("error", () => { status.textContent = "تعذّر تحميل الصوت. جرّب تنزيل الملف."; });
    audio.addEventListener("ended", () => {
      if (stopAt?.place) setSleep("");
    });
    audio.addEventListener("loadedmetadata", () => {
      seeker.max = String(length());
      show();
    });
    addEventListener("pagehide", savePlace);

    const fromAddress = () => {
      const time = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
      return time ? Number(time[1]) : null;
    };
    addEventListener("hashchange", () => {
      if (fromAddress() !== null) seek(fromAddress());
    });

    // ---------------------------------------------------------------- the first moment

    // Beside the text the contents are open, above it they would be in its way.
    const columns = document.querySelector(".columns");
    const contents = document.querySelector("details.contents");
    let isStacked = false;
    const lay = () => {
      const is = contents && contents.getBoundingClientRect().bottom <= find("text").getBoundingClientRect().top + 1;
      if (is === isStacked) return;
      isStacked = is;
      columns.classList.toggle("stacked", is);
      contents.open = !is;
    };
    if (contents) {
      lay();
      new ResizeObserver(lay).observe(columns);
    }
    audio.removeAttribute("controls");
    for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
    setSpeed(Number(recall("speed") ?? 1));
    setTheme(root.dataset.theme);
    setFollow(recall("follow") !== "false");
    letters.checked = recall("letters") !== "false";
    seeker.max = String(length());

    const place = Number(recall(`place:${guid}`));
    if (fromAddress() !== null) seek(fromAddress());
    else if (place > 0) {
      resuming = true;
      seek(place);
      announce(`تُستأنف القراءة من ${clock(place)}`);
    }
    show();

    new ResizeObserver(() => {
      const fixed = getComputedStyle(bar).position === "fixed";
      root.style.setProperty("--bar", fixed ? `${bar.offsetHeight}px` : "0px");
    }).observe(bar);

    if ("mediaSession" in navigator) {
      navigator.mediaSession.metadata = new MediaMetadata({
        title: root.dataset.title,
        artist: root.dataset.show,
        artwork: root.dataset.cover ? [{ src: root.dataset.cover }] : [],
      });
      const tellPosition = () => {
        if (length() > 0) {
          navigator.mediaSession.setPositionState({
            duration: length(), playbackRate: audio.playbackRate, position: Math.min(audio.currentTime, length()),
          });
        }
      };
      for (const name of ["loadedmetadata", "seeked", "play", "ratechange"]) audio.addEventListener(name, tellPosition);
      const keys = {
        play: toggle, pause: toggle, seekbackward: actions.back, seekforward: actions.forward,
        previoustrack: actions["previous-section"], nexttrack: actions["next-section"],
        seekto: (details) => seek(details.seekTime),
      };
      for (const [name, action] of Object.entries(keys)) {
        try {
          navigator.mediaSession.setActionHandler(name, action);
        } catch {
          // An action this browser does not know.
        }
      }
    }
  }
})();
