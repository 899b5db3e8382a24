import { fresh } from "./once.js";
import { say } from "./words.js";

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export function wireTheme(root) {
  for (const button of fresh(root, "[data-theme-toggle]", "Theme")) {
    button.addEventListener("click", () => {
      const next = isDark() ? "light" : "dark";
      document.documentElement.dataset.theme = next;
      try {
        localStorage.setItem("theme", next);
      } catch {
        /* the choice then lasts for this page only */
      }
      button.title = say(next);
    });
  }
}
