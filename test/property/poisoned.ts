/** Whatever a decision could know of the world besides what it was given. */
const OWN = {
  random: Math.random,
  performance: performance.now,
  hrtime: process.hrtime,
  cwd: process.cwd,
  log: console.log,
  warn: console.warn,
  error: console.error,
  setTimeout: globalThis.setTimeout,
  queueMicrotask: globalThis.queueMicrotask,
  fetch: globalThis.fetch,
} as const;

const RealDate = Date;

function touched(what: string): () => never {
  return () => {
    throw new Error(`a decision touched ${what}`);
  };
}

/** As the `Date` of a world without a clock: a time that is given may be written. */
const PoisonedDate: DateConstructor = new Proxy(RealDate, {
  apply: touched("Date()"),
  construct: (target, parts: readonly unknown[]) => {
    if (parts.length === 0) return touched("new Date()")();
    return Reflect.construct(target, parts);
  },
  get: (target, key) => (key === "now" ? touched("Date.now") : Reflect.get(target, key)),
});

/** The same function, in a world in which clock, randomness, output and timers throw while it decides. */
export function poisoned<A extends readonly unknown[], R>(decide: (...given: A) => R): (...given: A) => R {
  return (...given) => {
    globalThis.Date = PoisonedDate;
    Math.random = touched("Math.random");
    performance.now = touched("performance.now");
    process.hrtime = Object.assign(touched("process.hrtime"), { bigint: touched("process.hrtime.bigint") });
    process.cwd = touched("process.cwd");
    console.log = touched("console.log");
    console.warn = touched("console.warn");
    console.error = touched("console.error");
    globalThis.setTimeout = Object.assign(touched("setTimeout"), {
      __promisify__: OWN.setTimeout.__promisify__,
    });
    globalThis.queueMicrotask = touched("queueMicrotask");
    globalThis.fetch = touched("fetch");
    try {
      return decide(...given);
    } finally {
      globalThis.Date = RealDate;
      Math.random = OWN.random;
      performance.now = OWN.performance;
      process.hrtime = OWN.hrtime;
      process.cwd = OWN.cwd;
      console.log = OWN.log;
      console.warn = OWN.warn;
      console.error = OWN.error;
      globalThis.setTimeout = OWN.setTimeout;
      globalThis.queueMicrotask = OWN.queueMicrotask;
      globalThis.fetch = OWN.fetch;
    }
  };
}
