// Two browsers answered one question: both answers side by side, and one press decides.
import { showConflict } from "../base/js/conflict.js";
import { say } from "./words.js";

const words = (mark, comment) => [mark || say("empty"), comment].filter(Boolean);

export function askWhichStays(question, data, decide) {
  const label = question.box.querySelector(".choice:has(:checked)")?.textContent.trim();
  const mine = words(label || question.mark, question.comment);
  const theirs = words(data.words || data.mark, data.comment);
  showConflict(question.box.querySelector("[data-problem]"), mine, theirs, (chosen) => decide(chosen === mine));
}
