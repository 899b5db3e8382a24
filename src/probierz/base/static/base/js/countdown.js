// Time left by the server's clock: the page carries the server's "now", the browser only adds what has passed.
import { fresh } from "./once.js";
import { language, say } from "./words.js";

const loadedAt = performance.now();
const serverAtLoad = Date.parse(document.querySelector("time[data-now]")?.dateTime ?? "") || Date.now();

export const serverNow = () => serverAtLoad + performance.now() - loadedAt;

function dayWord(n) {
  const [one, few, many] = say("days");
  return n === 1 ? one : language === "pl" ? few : many;
}

export function span(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor(seconds / 3600) % 24;
  const minutes = Math.floor(seconds / 60) % 60;
  const parts = [
    [days, `${days}\u00a0${dayWord(days)}`],
    [hours, `${hours}\u00a0${say("hours")}`],
    [minutes, `${minutes}\u00a0${say("minutes")}`],
    [seconds % 60, `${seconds % 60}\u00a0${say("seconds")}`],
  ];
  const first = parts.findIndex(([n]) => n > 0);
  if (first < 0) return `0\u00a0${say("seconds")}`;
  return parts.slice(first, first + 2).filter(([n]) => n > 0).map(([, words]) => words).join(" ");
}

const running = new Set();

function tick() {
  for (const element of running) {
    if (!element.isConnected) {
      running.delete(element);
      continue;
    }
    const left = Date.parse(element.dataset.countdown) - serverNow();
    const bare = element.hasAttribute("data-countdown-bare");
    const text = left <= 0 ? say("past") : bare ? span(left) : say("left", { span: span(left) });
    if (element.textContent !== text) element.textContent = text;
    if (left <= 0) running.delete(element);
  }
}

export function wireCountdowns(root) {
  for (const element of fresh(root, "[data-countdown]", "Countdown")) {
    if (running.size === 0) setInterval(tick, 1000);
    running.add(element);
  }
  tick();
}
