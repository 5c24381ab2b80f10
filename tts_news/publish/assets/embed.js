// The player for pages elsewhere. Nothing is stored. The page around it may follow along (follow.js): it is told where
// the sound is, may move it, and is given the transcript, which is public.
(() => {
  "use strict";

  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);
  root.classList.add("js");
  if (["light", "dark"].includes(asked.get("theme"))) root.dataset.theme = asked.get("theme");

  const clock = (seconds) => {
    const whole = Math.max(0, Math.floor(seconds || 0));
    const two = (number) => String(number).padStart(2, "0");
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor(whole / 60) % 60;
    return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
  };

  document.addEventListener("DOMContentLoaded", () => {
    const find = (id) => document.getElementById(id);
    const audio = document.querySelector("audio");
    const [play, seeker, speed, chapters, status] = ["play", "seek", "speed", "chapters", "status"].map(find);
    const starts = [...chapters.options].map((option) => Number(option.value));
    const length = () => (Number.isFinite(audio.duration) ? audio.duration : Number(root.dataset.duration));

    const seek = (seconds) => {
      const target = Math.min(Math.max(seconds, 0), Math.max(length() - 0.05, 0));
      if (audio.readyState > 0) audio.currentTime = target;
      else {
        audio.addEventListener("loadedmetadata", () => { audio.currentTime = target; }, { once: true });
        if (audio.networkState === HTMLMediaElement.NETWORK_EMPTY) audio.load();
      }
    };
    const start = () => audio.play().catch(() => { status.textContent = "تعذّر التشغيل"; });
    const tell = () => {
      if (parent !== window) parent.postMessage({ ttsNews: "time", time: audio.currentTime, playing: !audio.paused }, "*");
    };
    const show = () => {
      const now = audio.currentTime;
      if (document.activeElement !== seeker || audio.paused) seeker.value = now;
      seeker.setAttribute("aria-valuetext", `${clock(now)} من ${clock(length())}`);
      find("time").textContent = `${clock(now)} / ${clock(length())}`;
      const at = starts.findLastIndex((time) => time <= now + 0.02);
      if (at >= 0 && document.activeElement !== chapters) chapters.selectedIndex = at;
      tell();
    };
    const frame = () => {
      tell();
      if (!audio.paused) requestAnimationFrame(frame);
    };
    const showState = () => {
      play.setAttribute("aria-label", audio.paused ? "تشغيل" : "إيقاف مؤقت");
      play.dataset.state = audio.paused ? "off" : "on";
      show();
    };

    audio.removeAttribute("controls");
    for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
    play.addEventListener("click", () => (audio.paused ? start() : audio.pause()));
    seeker.addEventListener("input", () => seek(Number(seeker.value)));
    speed.addEventListener("change", () => { audio.playbackRate = audio.defaultPlaybackRate = Number(speed.value); });
    chapters.addEventListener("change", () => {
      seek(Number(chapters.value));
      start();
    });
    audio.addEventListener("play", () => requestAnimationFrame(frame));
    for (const name of ["play", "pause", "ended"]) audio.addEventListener(name, showState);
    for (const name of ["timeupdate", "seeked", "loadedmetadata"]) audio.addEventListener(name, show);
    audio.addEventListener("error", () => { status.textContent = "تعذّر تحميل الصوت."; });

    // By place on the keyboard and not by letter; nothing but these keys is taken from the page around.
    const keys = { Space: () => play.click(), ArrowLeft: () => seek(audio.currentTime - 15), ArrowRight: () => seek(audio.currentTime + 15) };
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, a")) return;
      if (!keys[event.code] || (event.code === "Space" && event.target.closest("button"))) return;
      event.preventDefault();
      keys[event.code]();
    });

    addEventListener("message", (event) => {
      if (event.source !== parent || parent === window) return;
      const { ttsNews, time } = event.data ?? {};
      if (ttsNews === "seek" && Number.isFinite(time)) seek(time);
      if (ttsNews === "play") start();
      if (ttsNews === "pause") audio.pause();
      if (ttsNews === "transcript") {
        fetch(`${root.dataset.place}transcript.json`)
          .then((answer) => answer.json())
          .then(({ segments }) => parent.postMessage({ ttsNews: "transcript", segments }, "*"))
          .catch(() => {}); // the page around then does not follow along; the sound plays
      }
    });

    const from = Number(asked.get("t"));
    if (from > 0) seek(from);
    showState();
  });
})();
