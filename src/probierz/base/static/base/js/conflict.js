// Two people wrote into one field: both versions side by side, and one press decides.
import { say } from "./words.js";

function made(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  if (text) element.textContent = text;
  return element;
}

function side(title, values, words, press) {
  const box = made("div", "conflict__side");
  const choose = made("button", "button button--small", words);
  choose.type = "button";
  choose.addEventListener("click", press);
  box.append(made("strong", "", title), made("span", "", values.join(", ") || say("empty")), choose);
  return box;
}

export function showConflict(control, mine, theirs, choose) {
  const place = control?.closest(".field") ?? control?.parentElement;
  if (!place) return;
  place.querySelector(".conflict")?.remove();
  const panel = made("div", "conflict");
  panel.setAttribute("role", "alert");
  const decide = (values) => () => {
    panel.remove();
    choose(values);
    control.focus();
  };
  const sides = made("div", "conflict__sides");
  sides.append(
    side(say("mine"), mine, say("keepMine"), decide(mine)),
    side(say("theirs"), theirs, say("takeTheirs"), decide(theirs)),
  );
  panel.append(made("p", "", say("conflict")), sides);
  place.append(panel);
}
