// The error summary takes the focus; its links lead to the control and not merely near it.
import { fresh } from "./once.js";

export function wireErrors(root) {
  for (const summary of fresh(root, "[data-errors]", "Errors")) {
    summary.focus();
    summary.addEventListener("click", (event) => {
      const target = document.getElementById(event.target.closest("a")?.hash.slice(1));
      if (!target) return;
      event.preventDefault();
      target.focus({ preventScroll: true });
      target.closest(".field")?.scrollIntoView({ block: "start" });
    });
  }
}
