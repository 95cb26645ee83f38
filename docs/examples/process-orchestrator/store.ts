import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyJobState, type JobState, parseJobState } from "../../../src/index.js";

/** A child process, and what tells it from another that gets its pid and port later. */
export interface ServedProcess {
  readonly pid: number;
  readonly port: number;
  readonly startedAt: number;
}

/** All that must survive: what the library knows of the job, and which process serves which allocation. */
export interface Stored {
  readonly job: JobState;
  readonly processes: { readonly [allocationId: string]: ServedProcess };
}

export function load(directory: string): Stored {
  const file = join(directory, "state.json");
  if (!existsSync(file)) return { job: emptyJobState(), processes: {} };
  const { job, processes }: { [key: string]: unknown } = JSON.parse(readFileSync(file, "utf8"));
  return { job: parseJobState(job), processes: parseProcesses(processes) };
}

/** Whoever reads the file finds the old text or the new one, never half of it. */
export function save(directory: string, name: "state" | "control", value: unknown): void {
  const file = join(directory, `${name}.json`);
  writeFileSync(`${file}.new`, JSON.stringify(value), { flush: true });
  renameSync(`${file}.new`, file);
}

function parseProcesses(value: unknown): Stored["processes"] {
  const processes = Object.entries(value ?? {}).map(([allocationId, one]) => {
    if (isServedProcess(one)) return [allocationId, one] as const;
    throw new Error(`The process of allocation "${allocationId}" is not what was written.`);
  });
  return Object.fromEntries(processes);
}

export function isServedProcess(value: unknown): value is ServedProcess {
  if (typeof value !== "object" || value === null) return false;
  return ["pid", "port", "startedAt"].every((key) => Number.isInteger(Reflect.get(value, key)));
}
