// Measures waiting or ringing. It survives a reload: the moment of the start is kept until the seconds are written.
import { fresh } from "./once.js";
import { say } from "./words.js";

const face = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function button(words, kind) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `button ${kind}`;
  made.textContent = words;
  return made;
}

function wireOne(box) {
  const input = (box.closest("form") ?? document).querySelector(`[name="${CSS.escape(box.dataset.stopwatch)}"]`);
  const key = `stopwatch:${location.pathname}:${box.dataset.stopwatch}`;
  const shown = document.createElement("span");
  const go = button(say("start"), "");
  const reset = button(say("reset"), "button--quiet");
  shown.className = "stopwatch__face";
  shown.setAttribute("role", "timer");
  box.classList.add("stopwatch");
  box.replaceChildren(shown, go, reset);
  let timer = 0;

  const startedAt = () => Number(localStorage.getItem(key)) || 0;
  const seconds = () => (startedAt() ? Math.round((Date.now() - startedAt()) / 1000) : Number(input?.value) || 0);
  const show = () => (shown.textContent = face(seconds()));
  const run = () => {
    box.toggleAttribute("data-running", Boolean(startedAt()));
    go.textContent = say(startedAt() ? "stop" : "start");
    clearInterval(timer);
    if (startedAt()) timer = setInterval(show, 500);
    show();
  };
  const write = (value) => {
    localStorage.removeItem(key);
    if (input) {
      input.value = value;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
    run();
  };
  go.addEventListener("click", () => {
    if (startedAt()) return write(String(seconds()));
    localStorage.setItem(key, String(Date.now() - seconds() * 1000));
    run();
  });
  reset.addEventListener("click", () => write(""));
  input?.addEventListener("input", show);
  run();
}

export function wireStopwatches(root) {
  for (const box of fresh(root, "[data-stopwatch]", "Stopwatch")) wireOne(box);
}
