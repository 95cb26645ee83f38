// Nothing is done at import: whatever a package could touch of the world is poisoned before it is loaded.
const touched = [];

function poisoned(what) {
  return function poison() {
    touched.push(what);
    throw new Error(`${what} is touched at import`);
  };
}

const { Date: RealDate } = globalThis;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...parts);
    if (parts.length === 0) poisoned("new Date()")();
  }
  static now = poisoned("Date.now");
};
Math.random = poisoned("Math.random");
for (const name of ["log", "info", "warn", "error", "debug", "trace"])
  console[name] = poisoned(`console.${name}`);
for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "fetch"]) {
  globalThis[name] = poisoned(name);
}
performance.now = poisoned("performance.now");
crypto.getRandomValues = poisoned("crypto.getRandomValues");
crypto.randomUUID = poisoned("crypto.randomUUID");

for (const subpath of ["", "/nomad", "/simulate", "/render", "/explain", "/testing"])
  await import(`verdigris${subpath}`);
if (touched.length > 0) process.exitCode = 1;
