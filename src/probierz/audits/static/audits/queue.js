// Taps the server has not acknowledged, oldest first. Each is its own entry in the phone's storage, written before
// anything is sent, so a reload, a dead battery or a second tab loses none of them and their order stays.
const LENGTH = 16;

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(LENGTH));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export class Queue {
  constructor(audit, storage = window.localStorage) {
    this.prefix = `audit:${audit}:`;
    this.storage = storage;
    this.unkept = new Map();
    this.last = 0;
  }

  get isKept() {
    return this.unkept.size === 0;
  }

  names() {
    const kept = [];
    try {
      for (let index = 0; index < this.storage.length; index += 1) {
        const name = this.storage.key(index);
        if (name.startsWith(this.prefix)) kept.push(name);
      }
    } catch {
      // A browser that forbids storage leaves only the page's own memory.
    }
    return [...kept, ...this.unkept.keys()].sort();
  }

  get length() {
    return this.names().length;
  }

  read(name) {
    return this.unkept.get(name) ?? JSON.parse(this.storage.getItem(name));
  }

  entries() {
    return this.names().map((name) => ({ name, ...this.read(name) }));
  }

  first() {
    const name = this.names()[0];
    return name ? { name, ...this.read(name) } : null;
  }

  push(entry) {
    this.last = Math.max(this.last + 1, Date.now());
    const name = `${this.prefix}${String(this.last).padStart(15, "0")}-${newKey()}`;
    this.write(name, { client_key: newKey(), at: new Date().toISOString(), ...entry });
  }

  write(name, entry) {
    try {
      this.storage.setItem(name, JSON.stringify(entry));
      this.unkept.delete(name);
    } catch {
      this.unkept.set(name, entry);
    }
  }

  drop(name) {
    this.unkept.delete(name);
    try {
      this.storage.removeItem(name);
    } catch {
      // Nothing was kept there.
    }
  }

  // What was marked after an acknowledged tap of the same item was marked upon it.
  rebase(item, revision) {
    for (const { name, ...entry } of this.entries()) {
      if (entry.item === item && entry.revision < revision) this.write(name, { ...entry, revision });
    }
  }

  // A newer answer to the same question, still waiting: the older one need not travel.
  takeBack(item, inFlight) {
    const waiting = this.entries().filter((entry) => entry.item === item && entry.name !== inFlight);
    for (const { name } of waiting) this.drop(name);
    return waiting[0]?.revision ?? null;
  }
}
