import { parseArgs } from "node:util";
import type { RolloutOptions } from "../../src/testing/index.js";

/** What the command line asks for. */
export interface Asked {
  readonly rollout: RolloutOptions;
  readonly most: number | undefined;
  /** The file for the trace of a violation. */
  readonly trace: string | undefined;
  /** Only how it is used. */
  readonly help: boolean;
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

const HELP = { help: { type: "boolean", short: "h", default: false } } as const;

/** Reads the command line of the explorer; throws if it cannot be read. */
export function asked(args: readonly string[]): Asked {
  const { values } = parseArgs({ args: [...args], options: { ...OPTIONS, ...HELP } });

  const canary = whole("canary", values.canary);
  const rollout: RolloutOptions = {
    count: whole("count", values.count),
    groups: whole("groups", values.groups, 1),
    faults: whole("faults", values.faults),
    versions: whole("versions", values.versions, 1),
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
    most: values.most === undefined ? undefined : whole("most", values.most, 1),
    trace: values.trace,
    help: values.help,
  };
}

/** The options as they are used, those too that nobody gave. */
export function asCommandLine({ rollout, most }: Asked): string {
  const { count, groups, faults, versions, counts = [], settles, lockstep, update = {} } = rollout;
  const values: readonly (readonly [option: keyof typeof OPTIONS, value: number | string | undefined])[] = [
    ["count", count],
    ["groups", groups],
    ["canary", update.canary],
    ["max-parallel", update.maxParallel],
    ["faults", faults],
    ["versions", versions],
    ["counts", counts.length === 0 ? undefined : counts.join()],
    ["most", most],
  ];
  const switches: readonly (readonly [option: keyof typeof OPTIONS, isOn: boolean | undefined])[] = [
    ["auto-revert", update.autoRevert],
    ["auto-promote", update.autoPromote],
    ["settle", settles],
    ["lockstep", lockstep],
  ];
  return [
    ...values.flatMap(([option, value]) => (value === undefined ? [] : [`--${option} ${value}`])),
    ...switches.flatMap(([option, isOn]) => (isOn === true ? [`--${option}`] : [])),
  ].join(" ");
}

function whole(name: string, text: string, least = 0): number {
  const value = Number(text);
  if (text !== "" && Number.isSafeInteger(value) && value >= least) return value;
  throw new RangeError(`--${name} is "${text}"; it must be a whole number from ${least} on.`);
}
