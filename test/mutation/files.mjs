// The test files that a mutant meets.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The cheap ones first: a unit test fails in milliseconds, a life takes longer. */
const ORDER = [
  "test/unit/reconcile",
  "test/unit/lifecycle",
  "test/unit/model",
  "test/mutation/vectors",
  "test/stories",
  "test/mutation/reconciler",
  "test/mutation/lives",
];
/** It starts processes, which no mutant is switched on in. */
const ELSEWHERE = ["test/stories/process-orchestrator.test.ts"];

const files = ["unit", "stories", "mutation"]
  .flatMap((name) =>
    readdirSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), { recursive: true }).map(
      (file) => `test/${name}/${file}`,
    ),
  )
  .filter((file) => file.endsWith(".test.ts") && !ELSEWHERE.includes(file))
  .sort();

/** From the project's root. */
export const FILES = ORDER.flatMap((start) => files.filter((file) => file.startsWith(start)));
