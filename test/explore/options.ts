import { parseArgs } from "node:util";
import type { RolloutOptions } from "../../src/testing/index.js";

/** What the command line asks for. */
export interface Asked {
  readonly rollout: RolloutOptions;
  readonly most: number | undefined;
  /** The file for the trace of a violation. */
  readonly trace: string | undefined;
}

/** Every option of the command. */
export const OPTIONS = {
  count: { type: "string", default: "2" },
  canary: { type: "string", default: "1" },
  "max-parallel": { type: "string", default: "1" },
  faults: { type: "string", default: "1" },
  versions: { type: "string", default: "2" },
  groups: { type: "string", default: "1" },
  counts: { type: "string", default: "" },
  "auto-revert": { type: "boolean", default: false },
  "auto-promote": { type: "boolean", default: false },
  settle: { type: "boolean", default: false },
  lockstep: { type: "boolean", default: false },
  most: { type: "string" },
  trace: { type: "string" },
} as const;

/** Reads the command line of the explorer; throws if it cannot be read. */
export function asked(args: readonly string[]): Asked {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });

  const canary = whole("canary", values.canary);
  const rollout: RolloutOptions = {
    count: whole("count", values.count),
    groups: whole("groups", values.groups),
    faults: whole("faults", values.faults),
    versions: whole("versions", values.versions),
    counts: values.counts === "" ? [] : values.counts.split(",").map((one) => whole("counts", one)),
    settles: values.settle,
    lockstep: values.lockstep,
    update: {
      maxParallel: whole("max-parallel", values["max-parallel"]),
      canary,
      autoRevert: values["auto-revert"],
      ...(canary > 0 ? { autoPromote: values["auto-promote"] } : {}),
    },
  };
  return {
    rollout,
    most: values.most === undefined ? undefined : whole("most", values.most),
    trace: values.trace,
  };
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (text !== "" && Number.isInteger(value) && value >= 0) return value;
  throw new RangeError(`--${name} is "${text}"; it must be a whole number.`);
}
