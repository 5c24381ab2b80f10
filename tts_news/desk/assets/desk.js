// The desk: sentences are heard and mended without leaving the page. Without this script every link and form works too.
"use strict";

const body = document.body;
const words = JSON.parse(body.dataset.words);
const draft = body.dataset.draft || "";
const status = document.getElementById("status");
const sentences = document.getElementById("sentences");
const player = document.getElementById("player");
let onward = false;
let quietTimer = 0;

for (const one of document.querySelectorAll("[data-needs-script]")) one.hidden = false;

function announce(text) {
  status.textContent = "";
  requestAnimationFrame(() => { status.textContent = text; });
  clearTimeout(quietTimer);
  quietTimer = setTimeout(() => { status.textContent = ""; }, 6000);
}

async function ask(address, options = {}) {
  const headers = { accept: "application/json", "x-csrf-token": body.dataset.csrf, ...options.headers };
  try {
    return await fetch(address, { ...options, headers });
  } catch {
    announce(words["The server does not answer."]);
    return null;
  }
}

const fragment = async (address) => {
  const answer = await ask(address, { headers: { accept: "text/html" } });
  if (!answer || !answer.ok) return null;
  const holder = document.createElement("template");
  holder.innerHTML = (await answer.text()).trim();
  return holder.content.firstElementChild;
};

async function send(form, button) {
  const fields = new URLSearchParams(new FormData(form, button || undefined));
  const answer = await ask(form.action, { method: "POST", body: fields });
  if (!answer) return null;
  const found = await answer.json().catch(() => ({}));
  const message = found.message || (found.error && found.error.message) || "";
  announce([message, found.hint].filter(Boolean).join(" – "));
  return { ok: answer.ok, status: answer.status, ...found };
}

// Sound

function hear(sentence, goOn = false) {
  onward = goOn;
  for (const one of sentences.querySelectorAll(".playing")) one.classList.remove("playing");
  sentence.classList.add("playing");
  player.src = sentence.querySelector(".hear").href;
  player.play().catch((fault) => { if (fault.name !== "AbortError") announce(words["It cannot be heard."]); });
}

if (player) {
  player.addEventListener("ended", () => {
    const now = sentences.querySelector(".playing");
    if (now) now.classList.remove("playing");
    let next = onward && now ? now.nextElementSibling : null;
    while (next && next.classList.contains("skipped")) next = next.nextElementSibling;
    if (next) hear(next, true);
  });
}

function hearOrStop(sentence, goOn) {
  if (sentence.classList.contains("playing") && !player.paused) {
    player.pause();
    sentence.classList.remove("playing");
  } else hear(sentence, goOn);
}

// Moving

const current = () => document.activeElement && document.activeElement.closest(".sentence");
const inText = (element) => element.matches("input:not([type=checkbox]), textarea, select");

function goTo(sentence) {
  if (!sentence) return;
  sentence.focus();
  sentence.scrollIntoView({ block: "nearest" });
}

function step(back) {
  const now = current();
  if (!now) goTo(sentences.firstElementChild);
  else goTo(back ? now.previousElementSibling : now.nextElementSibling);
}

function nextInDoubt() {
  let one = current() ? current().nextElementSibling : sentences.firstElementChild;
  while (one && (one.dataset.doubt !== "yes" || one.classList.contains("skipped"))) one = one.nextElementSibling;
  if (one) goTo(one);
  else announce(words["No more sentences in doubt."]);
}

function stepWord(sentence, by) {
  const all = [...sentence.querySelectorAll(".word")];
  if (!all.length) return;
  const place = all.indexOf(document.activeElement);
  const next = place < 0 ? all[by > 0 ? 0 : all.length - 1] : all[Math.min(all.length - 1, Math.max(0, place + by))];
  for (const one of all) one.tabIndex = one === next ? 0 : -1;
  next.focus();
}

// Mending

async function openMend(sentence, word) {
  closeMend();
  const address = new URL(sentence.querySelector(".open-mend").href);
  address.searchParams.set("part", "form");
  if (word !== undefined) address.searchParams.set("word", word);
  const form = await fragment(address);
  if (!form) return;
  for (const one of form.querySelectorAll("[data-needs-script]")) one.hidden = false;
  form.dataset.word = word === undefined ? "" : word;
  sentence.append(form);
  const field = form.querySelector("#spoken-word") || form.querySelector("#spoken");
  field.focus();
  if (field.select && word !== undefined) field.setSelectionRange(field.value.length, field.value.length);
  form.scrollIntoView({ block: "nearest" });
}

function closeMend() {
  const form = sentences && sentences.querySelector(".mend");
  if (!form) return;
  const sentence = form.closest(".sentence");
  const word = form.dataset.word ? sentence.querySelector(`[data-word="${form.dataset.word}"]`) : null;
  const within = form.contains(document.activeElement);
  form.remove();
  if (within) (word || sentence).focus();
}

async function renew(id) {
  const old = document.getElementById(id);
  const fresh = await fragment(`${draft}/sentences/${id}?part=line`);
  if (old && fresh) old.replaceWith(fresh);
  return fresh;
}

async function mend(form, button) {
  const sentence = form.closest(".sentence");
  const word = form.dataset.word;
  const found = await send(form, button);
  if (!found) return;
  if (found.status === 409 && found.form) {
    const fresh = await renew(sentence.id);
    const holder = document.createElement("template");
    holder.innerHTML = found.form.trim();
    fresh.append(holder.content.firstElementChild);
    fresh.querySelector("#spoken").focus();
    return;
  }
  if (!found.ok) return;
  const fresh = await renew(sentence.id);
  const place = word && fresh.querySelector(`[data-word="${word}"]`);
  (place || fresh).focus();
  if (!fresh.classList.contains("skipped")) hear(fresh);
  lookForNews();
}

async function skip(sentence) {
  if (!sentence.querySelector(".open-mend")) return;
  await openMend(sentence);
  const form = sentence.querySelector(".mend");
  if (form) await mend(form, form.querySelector(".leave"));
}

function putMark(form, mark) {
  const field = form.querySelector("#spoken-word");
  const at = field.selectionEnd;
  field.setRangeText(mark, at, at, "end");
  field.focus();
}

// What others do, and the state of the draft

let waits = 0;

function putBar(html) {
  const bar = document.getElementById("bar");
  const focused = document.activeElement && bar.contains(document.activeElement) ? document.activeElement.id : "";
  if (bar.querySelector("details[open]")) return;
  bar.innerHTML = html;
  const again = focused && document.getElementById(focused);
  if (focused) (again && !again.disabled ? again : document.getElementById("content")).focus();
}

async function lookForNews() {
  clearTimeout(waits);
  if (!document.hidden) {
    const answer = await ask(`${draft}/news`);
    if (answer && answer.ok) await takeNews(await answer.json());
  }
  const busy = document.getElementById("bar").dataset.busy === "yes";
  waits = setTimeout(lookForNews, busy ? 1500 : 5000);
}

async function takeNews(news) {
  const bar = document.getElementById("bar");
  const wasBusy = bar.dataset.busy === "yes";
  bar.dataset.busy = news.busy ? "yes" : "no";
  putBar(news.bar);
  if (body.dataset.order === "bulletin") return;
  const shown = sentences ? [...sentences.children] : [];
  const ids = Object.keys(news.versions);
  if (ids.length !== shown.length || shown.some((one) => !(one.id in news.versions))) {
    if (!sentences || !sentences.querySelector(".mend")) location.reload();
    return;
  }
  const changed = shown.filter((one) => one.dataset.version !== news.versions[one.id]);
  for (const one of changed) {
    if (one.querySelector(".mend")) announce(words["Another editor has changed this sentence."]);
    else {
      const focused = one.contains(document.activeElement) ? document.activeElement.dataset.word || "line" : "";
      const fresh = await renew(one.id);
      if (focused && fresh) (fresh.querySelector(`[data-word="${focused}"]`) || fresh).focus();
    }
  }
  if (changed.length && wasBusy && !news.busy) announce(words["The script has been written anew."]);
}

async function act(form, button) {
  const found = await send(form, button);
  if (!found) return;
  if (body.dataset.order === "bulletin" && found.ok && form.id !== "publish") {
    await lookForNews();
    if (!form.action.endsWith("/publish")) location.reload();
    return;
  }
  await lookForNews();
  const at = found.at && document.getElementById(found.at);
  if (at && !document.activeElement.closest(".bar")) goTo(at);
  else if (at) at.scrollIntoView({ block: "nearest" });
}

async function renewList() {
  const list = document.getElementById("list");
  const within = list.contains(document.activeElement);
  const open = list.querySelector("details[open]") || [...list.querySelectorAll("input")].some((one) => one.checked || (one.type === "text" && one.value));
  if (!document.hidden && !open) {
    const answer = await ask(body.dataset.list, { headers: { accept: "text/html" } });
    if (answer && answer.ok) {
      const focused = within ? document.activeElement.id : "";
      list.innerHTML = await answer.text();
      if (focused) (document.getElementById(focused) || document.getElementById("articles")).focus();
    }
  }
  const busy = list.querySelector(".state.queued, .state.reading, .state.writing, .state.waiting, .state.speaking");
  setTimeout(renewList, busy ? 1200 : 6000);
}

// Events

document.addEventListener("click", (event) => {
  const target = event.target.closest("a, button");
  if (!target) return;
  const sentence = target.closest(".sentence");
  if (target.matches(".hear") && player && sentence) { event.preventDefault(); hearOrStop(sentence, false); }
  else if (target.matches(".open-mend") && sentences && sentence) { event.preventDefault(); openMend(sentence); }
  else if (target.matches(".word") && sentence && sentence.querySelector(".open-mend") && sentences) openMend(sentence, target.dataset.word);
  else if (target.matches(".cancel") && sentences) { event.preventDefault(); closeMend(); }
  else if (target.dataset.mark) putMark(target.closest("form"), target.dataset.mark);
  else if (target.id === "open-keys") document.getElementById("keys").showModal();
  else if (target.id === "close-keys") document.getElementById("keys").close();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches(".mend") && sentences) { event.preventDefault(); mend(form, event.submitter); }
  else if (form.matches("[data-act]")) { event.preventDefault(); act(form, event.submitter); }
});

const lettersOn = document.getElementById("letter-keys");
lettersOn.checked = localStorage.getItem("desk-letters") !== "off";
lettersOn.addEventListener("change", () => {
  localStorage.setItem("desk-letters", lettersOn.checked ? "on" : "off");
  announce(words[lettersOn.checked ? "Letter keys are on" : "Letter keys are off"]);
});

const KEYS = {
  KeyJ: () => step(false),
  KeyK: () => step(true),
  KeyN: nextInDoubt,
  KeyP: (event) => { if (current()) hearOrStop(current(), event.shiftKey); },
  KeyE: () => openAtFocus(),
  KeyS: () => { if (current()) skip(current()); },
  KeyU: () => press("undo"),
  KeyR: () => press("redo"),
  KeyO: () => { location.href = draft + (body.dataset.order === "doubt" ? "" : "?order=doubt"); },
};

function press(id) {
  const button = document.getElementById(id);
  if (button && !button.disabled) act(button.form, button);
}

function openAtFocus() {
  const sentence = current();
  if (!sentence || !sentence.querySelector(".open-mend")) return;
  const word = document.activeElement.dataset.word;
  openMend(sentence, word);
}

document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.key === "Escape" && sentences && sentences.querySelector(".mend")) { closeMend(); return; }
  if (event.ctrlKey || event.altKey || event.metaKey || inText(target) || target.closest("dialog")) return;
  if (event.key === "?" || event.key === "؟") {
    if (lettersOn.checked) document.getElementById("keys").showModal();
    return;
  }
  if (!sentences) return;
  const sentence = current();
  const rtl = getComputedStyle(sentence || body).direction === "rtl";
  if (sentence && (event.key === "ArrowLeft" || event.key === "ArrowRight") && !target.closest(".mend")) {
    event.preventDefault();
    stepWord(sentence, (event.key === "ArrowLeft") === rtl ? 1 : -1);
  } else if (sentence && (event.key === "ArrowDown" || event.key === "ArrowUp") && !target.closest(".mend")) {
    event.preventDefault();
    step(event.key === "ArrowUp");
  } else if (event.key === "Enter" && target.matches(".sentence")) {
    event.preventDefault();
    openAtFocus();
  } else if (lettersOn.checked && KEYS[event.code]) {
    event.preventDefault();
    KEYS[event.code](event);
  }
});

if (draft && document.getElementById("bar")) waits = setTimeout(lookForNews, document.getElementById("bar").dataset.busy === "yes" ? 1000 : 5000);
if (body.dataset.list) setTimeout(renewList, 1000);
