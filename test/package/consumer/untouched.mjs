// node untouched.mjs import|require SUBPATH: nothing is done at import.
// Whatever a package could touch of the world is poisoned before it is loaded, in a process of its own.
import { createRequire } from "node:module";

const [way, name] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const touched = [];

function touch(what) {
  touched.push(what);
  throw new Error(`${what} is touched at import`);
}

function poisoned(what) {
  return () => touch(what);
}

globalThis.Date = new Proxy(Date, {
  apply: poisoned("Date()"),
  construct: (RealDate, parts) => (parts.length === 0 ? touch("new Date()") : new RealDate(...parts)),
  get: (RealDate, key) => (key === "now" ? poisoned("Date.now") : RealDate[key]),
});
Math.random = poisoned("Math.random");
for (const key of Object.keys(console)) {
  if (typeof console[key] === "function") console[key] = poisoned(`console.${key}`);
}
for (const key of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "fetch"]) {
  globalThis[key] = poisoned(key);
}
performance.now = poisoned("performance.now");
crypto.getRandomValues = poisoned("crypto.getRandomValues");
crypto.randomUUID = poisoned("crypto.randomUUID");

/** Node looks at these while it loads, and immer asks which build it is; nobody else may. */
const { env, cwd } = process;
Object.defineProperty(process, "env", { get: () => (isAllowed() ? env : touch("process.env")) });
process.cwd = () => (isAllowed() ? cwd.call(process) : touch("process.cwd"));

/** Who asks is the first line of the stack with a file that is not this one. */
function isAllowed() {
  const frames = (new Error().stack ?? "").split("\n").slice(1);
  const asking = frames.find((frame) => /[/\\]|node:/.test(frame) && !frame.includes("untouched.mjs")) ?? "";
  return asking === "" || asking.includes("node:") || asking.includes("/node_modules/immer/");
}

if (way === "import") await import(name);
else require(name);
if (touched.length > 0) throw new Error(`touched, and the error caught: ${touched.join(", ")}`);
