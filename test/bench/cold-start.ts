// npm run bench:import: how long each subpath of the built package takes to load, in a process of its own.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { middle } from "./measure.js";

const RUNS = 9;
const SUBPATHS = ["", "/nomad", "/simulate", "/render", "/explain", "/testing"] as const;
const ROOT = fileURLToPath(new URL("../../../../..", import.meta.url));

/** Milliseconds that a fresh process takes to run that. */
function timeOf(program: string, type: "module" | "commonjs"): number {
  const timed = `const from = performance.now(); ${program}; process.stdout.write(String(performance.now() - from));`;
  const { stdout, status, stderr } = spawnSync(process.execPath, [`--input-type=${type}`, "--eval", timed], {
    cwd: ROOT,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

function medianOf(program: string, type: "module" | "commonjs"): number {
  return middle(Array.from({ length: RUNS }, () => timeOf(program, type)));
}

console.log("to load, ms".padEnd(24), "import".padStart(8), "require".padStart(8));
console.log(
  "node:path, to compare".padEnd(24),
  medianOf('await import("node:path")', "module").toFixed(1).padStart(8),
  medianOf('require("node:path")', "commonjs").toFixed(1).padStart(8),
);
for (const subpath of SUBPATHS) {
  const name = `verdigris${subpath}`;
  console.log(
    name.padEnd(24),
    medianOf(`await import("${name}")`, "module").toFixed(1).padStart(8),
    medianOf(`require("${name}")`, "commonjs").toFixed(1).padStart(8),
  );
}
