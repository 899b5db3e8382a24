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
