// Changes not yet acknowledged, by field name; kept in the browser's storage so that a reload loses nothing.
// Each remembers the server's value it was made upon: that tells a true conflict from a mere newer revision.
export class Outbox {
  constructor(key) {
    this.key = `autosave:${key}`;
    this.isKept = true;
    this.changes = new Map();
    this.held = new Set();
    this.stamp = 0;
    this.revision = null;
    try {
      const kept = JSON.parse(localStorage.getItem(this.key) ?? "null");
      this.revision = kept?.revision ?? null;
      for (const [name, values, base] of kept?.changes ?? []) this.changes.set(name, { values, base, stamp: 0 });
    } catch {
      this.isKept = false;
    }
  }

  get isEmpty() {
    return this.changes.size === 0;
  }

  entries() {
    return [...this.changes].map(([name, { values }]) => [name, values]);
  }

  baseOf(name) {
    return this.changes.get(name)?.base ?? [];
  }

  put(name, values, base, revision) {
    if (this.isEmpty) this.revision = revision;
    this.stamp += 1;
    this.held.delete(name);
    this.changes.set(name, { values, base: this.changes.get(name)?.base ?? base, stamp: this.stamp });
    this.keep();
  }

  hold(name) {
    this.held.add(name);
  }

  snapshot() {
    const values = this.entries().filter(([name]) => !this.held.has(name));
    return { stamp: this.stamp, values, names: values.map(([name]) => name) };
  }

  // A field changed again while the request was on its way stays in the box.
  acknowledge(batch, revision) {
    for (const [name, values] of batch.values) {
      const change = this.changes.get(name);
      if (change && change.stamp <= batch.stamp) this.changes.delete(name);
      else if (change) change.base = values;
    }
    if (this.held.size === 0) this.revision = revision;
    this.keep();
  }

  keep() {
    const changes = [...this.changes].map(([name, { values, base }]) => [name, values, base]);
    try {
      if (this.isEmpty) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify({ revision: this.revision, changes }));
      this.isKept = true;
    } catch {
      this.isKept = false;
    }
  }
}
