/** How many decisions are being made. */
let deciding = 0;

/** The same function, in a world in which clock, randomness, output and timers throw while it decides. */
export function poisoned<A extends readonly unknown[], R>(decide: (...given: A) => R): (...given: A) => R {
  return (...given) => {
    deciding++;
    try {
      return decide(...given);
    } finally {
      deciding--;
    }
  };
}

function refuse(what: string): void {
  if (deciding > 0) throw new Error(`a decision touched ${what}`);
}

/** What is called like that, but while something is decided. */
function guarded<T extends (...given: never[]) => unknown>(
  what: string,
  real: T,
  more: ProxyHandler<T> = {},
): T {
  return new Proxy(real, {
    apply: (target, self, given) => {
      refuse(what);
      return Reflect.apply(target, self, given);
    },
    ...more,
  });
}

// Whatever a decision could know of the world besides what it was given: guarded once, for a world that is changed at every
// decision is a slow one.
globalThis.Date = guarded("Date()", Date, {
  // A time that is given may be written.
  construct: (target, parts: readonly unknown[]) => {
    if (parts.length === 0) refuse("new Date()");
    return Reflect.construct(target, parts);
  },
  get: (target, key) => {
    if (key === "now") refuse("Date.now");
    return Reflect.get(target, key);
  },
});
Math.random = guarded("Math.random", Math.random);
performance.now = guarded("performance.now", performance.now.bind(performance));
process.hrtime = guarded("process.hrtime", process.hrtime, {
  get: (target, key) => {
    if (key === "bigint") refuse("process.hrtime.bigint");
    return Reflect.get(target, key);
  },
});
process.cwd = guarded("process.cwd", process.cwd);
console.log = guarded("console.log", console.log);
console.warn = guarded("console.warn", console.warn);
console.error = guarded("console.error", console.error);
globalThis.setTimeout = guarded("setTimeout", setTimeout);
globalThis.queueMicrotask = guarded("queueMicrotask", queueMicrotask);
globalThis.fetch = guarded("fetch", fetch);
