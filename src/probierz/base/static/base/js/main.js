// Wires every component found in a piece of the page: once at the start, and again after each htmx swap.
import { wireAutosave } from "./autosave.js";
import { wireCountdowns } from "./countdown.js";
import { wireCopy } from "./copy.js";
import { wireDialogs } from "./dialog.js";
import { wireErrors } from "./errors.js";
import { wireFiledrop } from "./filedrop.js";
import { wireForms } from "./forms.js";
import { wireMenus } from "./menu.js";
import { wireStopwatches } from "./stopwatch.js";
import { wireTables } from "./tables.js";
import { wireTheme } from "./theme.js";

const WIRES = [
  wireTheme, wireMenus, wireDialogs, wireErrors, wireForms, wireAutosave, wireFiledrop, wireStopwatches,
  wireCountdowns, wireCopy, wireTables,
];

function wire(root) {
  for (const each of WIRES) each(root);
}

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content
    ?? document.querySelector('input[name="csrfmiddlewaretoken"]')?.value;
  if (token) event.detail.headers["X-CSRFToken"] = token;
});
document.addEventListener("htmx:load", (event) => wire(event.detail.elt));

document.documentElement.classList.add("js");
wire(document);
