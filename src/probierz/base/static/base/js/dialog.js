// Confirmations, and the drawer in which a number explains itself.
import { fresh, untouched } from "./once.js";
import { say } from "./words.js";

function open(dialog) {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  dialog.querySelector("input:not([type=hidden]), textarea, select")?.focus();
}

// The part of an explanation that a number points at: everything folded around it opens.
function reveal(part) {
  for (let fold = part.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  part.scrollIntoView({ block: "center" });
}

async function pageOf(link) {
  if (link.getAttribute("href").startsWith("#")) return document;
  const answer = await fetch(link.href, { headers: { "X-Requested-With": "drawer", Accept: "text/html" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function explain(link) {
  const drawer = document.getElementById("drawer");
  const body = document.getElementById("drawer-body");
  const part = link.hash ? `#${CSS.escape(decodeURIComponent(link.hash.slice(1)))}` : "";
  if (part && body.contains(link) && body.querySelector(part)) return reveal(body.querySelector(part));
  body.textContent = say("loading");
  open(drawer);
  try {
    const page = await pageOf(link);
    const asked = part ? page.querySelector(part)?.closest("[data-explanation]") : null;
    const content = asked ?? page.querySelector("[data-explanation]") ?? page.querySelector("main") ?? page.body;
    const told = untouched(content);
    told.removeAttribute("id");
    body.replaceChildren(told);
    const shown = part ? body.querySelector(part) : null;
    if (shown) reveal(shown);
    else drawer.scrollTo(0, 0);
    window.htmx?.process(body);
    document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: body } }));
  } catch {
    body.textContent = say("failed");
  }
}

export function wireDialogs(root) {
  for (const button of fresh(root, "[data-dialog-open]", "Open")) {
    button.addEventListener("click", () => open(document.getElementById(button.dataset.dialogOpen)));
  }
  for (const button of fresh(root, "[data-dialog-close]", "Close")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
  for (const dialog of fresh(root, "dialog", "Backdrop")) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
  }
  for (const link of fresh(root, "a[data-drawer]", "Drawer")) {
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      explain(link);
    });
  }
}
