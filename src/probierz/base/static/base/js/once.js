// Elements matching a selector inside root (root included) that this mark has not yet touched.
export function* fresh(root, selector, mark) {
  const found = [...root.querySelectorAll(selector)];
  if (root.matches?.(selector)) found.unshift(root);
  for (const element of found) {
    const key = `wired${mark}`;
    if (element.dataset[key]) continue;
    element.dataset[key] = "1";
    yield element;
  }
}

// A copy of elements that were touched, as if nothing had touched them yet.
export function untouched(element) {
  const copy = document.importNode(element, true);
  for (const part of [copy, ...copy.querySelectorAll("*")]) {
    for (const key of Object.keys(part.dataset ?? {})) if (key.startsWith("wired")) delete part.dataset[key];
  }
  return copy;
}
