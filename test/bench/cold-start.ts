// npm run bench:import: how long each subpath of the built package takes to load, in a process of its own.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
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

function tell(name: string, imported: string, required: string): void {
  const took = [
    medianOf(`await import(${JSON.stringify(imported)})`, "module"),
    medianOf(`require(${JSON.stringify(required)})`, "commonjs"),
  ];
  console.log(name.padEnd(24), ...took.map((one) => one.toFixed(1).padStart(8)));
}

console.log("to load, ms".padEnd(24), "import".padStart(8), "require".padStart(8));
const scratch = mkdtempSync(join(tmpdir(), "verdigris-empty-"));
try {
  const imported = join(scratch, "empty.mjs");
  const required = join(scratch, "empty.cjs");
  writeFileSync(imported, "");
  writeFileSync(required, "");
  tell("an empty module", pathToFileURL(imported).href, required);
} finally {
  rmSync(scratch, { recursive: true });
}
for (const subpath of SUBPATHS) tell(`verdigris${subpath}`, `verdigris${subpath}`, `verdigris${subpath}`);
