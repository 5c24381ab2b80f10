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
        skimmed: !element.closest(".full"),
        words: null,
      }))
      .sort((one, other) => one.start - other.start);
    const chapters = [...document.querySelectorAll("nav a[data-t]")].map((element) => ({
      element,
      start: Number(element.dataset.t),
      title: element.dataset.title,
    }));
    const stopsOf = (kind) => [
      ...new Set([...document.querySelectorAll(`[data-stop~="${kind}"]`)].map((element) => Number(element.dataset.t))),
    ].sort((one, other) => one - other);
    const stops = { section: chapters.map((chapter) => chapter.start), item: stopsOf("item"), headline: stopsOf("headline") };

    let sentence = null;
    let word = null;
    let chapter = null;
    let userScrolledAt = 0;
    let savedAt = 0;
    let pending = null;
    let touched = false; // by the user: a page that has just been opened does not scroll away
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
      // Two seconds' grace: "previous" goes to the start of what is heard, and once more to the one before.
      const target = forward
        ? stops[kind].find((time) => time > now + 0.2)
        : stops[kind].findLast((time) => time < now - 2) ?? stops[kind][0];
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
    const wordsOf = (one) => {
      one.words ??= [...one.element.querySelectorAll("[data-t]")].map((element) => ({
        element,
        start: Number(element.dataset.t),
      }));
      return one.words;
    };

    const showSentence = (next) => {
      if (next === sentence) return;
      sentence?.element.removeAttribute("aria-current");
      next?.element.setAttribute("aria-current", "true");
      sentence = next;
    };
    const showWord = (next) => {
      if (next === word) return;
      word?.element.removeAttribute("data-current");
      next?.element.setAttribute("data-current", "true");
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
      const element = whole.height > floor && word ? word.element : sentence.element;
      const box = element.getBoundingClientRect();
      if (box.top >= 0 && box.bottom <= floor) return;
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      element.scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
    };

    const show = () => {
      const now = audio.currentTime;
      const at = lastStarted(sentences, now);
      const over = at >= 0 && at === sentences.length - 1 && now > sentences[at].end + 0.5;
      const before = [sentence, word];
      showSentence(at >= 0 && !over ? sentences[at] : null);
      const words = sentence ? wordsOf(sentence) : [];
      showWord(words[lastStarted(words, now)] ?? null);
      if (sentence && (sentence !== before[0] || word !== before[1])) keepInView();
      showChapter(chapters[lastStarted(chapters, now)] ?? null);
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
      show();
      if (Date.now() - savedAt > 5000) savePlace();
      requestAnimationFrame(frame);
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
      "previous-item": () => jump("item", false),
      "next-item": () => jump("item", true),
      "previous-headline": () => jump("headline", false),
      "next-headline": () => jump("headline", true),
      slower: () => changeSpeed(-1),
      faster: () => changeSpeed(1),
      smaller: () => changeSize(-1),
      larger: () => changeSize(1),
      skim: () => setSkim(!isPressed(skim)),
      follow: () => setFollow(!isPressed(follow)),
      "open-help": () => help.showModal(),
      "close-help": () => help.close(),
      theme: () => {
        setTheme(THEMES[(THEMES.indexOf(root.dataset.theme) + 1) % THEMES.length]);
        announce(theme.selectedOptions[0].textContent);
      },
      first: () => seek(0),
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
      KeyH: "next-headline", "Shift+KeyH": "previous-headline", Comma: "slower", Period: "faster",
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

    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-t]");
      if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        playFrom(Number(link.dataset.t));
        return;
      }
      const text = event.target.closest("[data-e]");
      if (text && !event.target.closest("a") && getSelection().isCollapsed) {
        playFrom(Number((event.target.closest("[data-t]") ?? text).dataset.t));
      }
    });

    seeker.addEventListener("input", () => seek(Number(seeker.value)));
    speed.addEventListener("change", () => setSpeed(Number(speed.value)));
    theme.addEventListener("change", () => setTheme(theme.value));
    letters.addEventListener("change", () => keep("letters", String(letters.checked)));
    for (const gesture of ["wheel", "touchmove"]) {
      addEventListener(gesture, () => { userScrolledAt = Date.now(); }, { passive: true });
    }
    addEventListener("keydown", (event) => {
      if (["PageUp", "PageDown", "ArrowUp", "ArrowDown", "End"].includes(event.key)) userScrolledAt = Date.now();
    });

    const label = find("play-label");
    audio.addEventListener("play", () => {
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
    audio.addEventListener("seeking", () => {
      touched ||= !resuming;
      resuming = false;
    });
    for (const name of ["timeupdate", "seeked", "seeking"]) audio.addEventListener(name, show);
    audio.addEventListener("ended", savePlace);
    audio.addEventListener("error", () => { status.textContent = "تعذّر تحميل الصوت. جرّب تنزيل الملف."; });
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
      });
      const keys = {
        play: toggle, pause: toggle, seekbackward: actions.back, seekforward: actions.forward,
        previoustrack: actions["previous-section"], nexttrack: actions["next-section"],
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
