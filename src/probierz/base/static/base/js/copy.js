import { fresh } from "./once.js";
import { say } from "./words.js";

export function wireCopy(root) {
  for (const button of fresh(root, "[data-copy]", "Copy")) {
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      const told = document.createElement("span");
      told.className = "small muted";
      told.setAttribute("role", "status");
      told.textContent = say("copied");
      button.after(told);
      setTimeout(() => told.remove(), 2500);
    });
  }
}
