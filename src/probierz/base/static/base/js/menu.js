import { fresh } from "./once.js";

export function wireMenus(root) {
  for (const menu of fresh(root, "details[data-menu]", "Menu")) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
    document.addEventListener("click", (event) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  }
  for (const button of fresh(root, "[data-dismiss]", "Dismiss")) {
    button.addEventListener("click", () => button.closest("[data-message]")?.remove());
  }
}
