import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Vector } from "./vector.js";

/** Every `*.jsonl` file that the paths name or hold, in order. */
export function vectorFiles(paths: readonly string[]): string[] {
  return paths.flatMap((path) => (statSync(path).isDirectory() ? filesIn(path) : [path]));
}

function filesIn(folder: string): string[] {
  const inner = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
  return vectorFiles(inner.filter((path) => path.endsWith(".jsonl") || statSync(path).isDirectory()));
}

/** The recorded decisions of a file, a line each. */
export function readVectors(file: string): Vector[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line): Vector => JSON.parse(line));
}
