import { VerdigrisError } from "../../model/index.js";
import { EVENT_FLOORS } from "../coverage/event-coverage.js";
import { PLAN_BUCKETS } from "../coverage/plan-coverage.js";
import { EVERYTHING } from "../generate/job-limits.js";
import { HAPPENING_KINDS } from "../life/happenings.js";
import { whatIs } from "../what-is.js";
import type { CaseOptions, ReconcilerOptions } from "./run-options.js";

type Rule = readonly [isRight: (value: unknown) => boolean, expected: string];

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isNames = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === "string");
const WHOLE: Rule = [isWhole, "a whole number from 0 on"];
const NAMES: Rule = [isNames, "a list of names of properties"];
const KINDS: ReadonlySet<unknown> = new Set(HAPPENING_KINDS);
const BUCKETS: ReadonlySet<string> = new Set([...PLAN_BUCKETS, ...Object.keys(EVENT_FLOORS)]);

const OF_A_CASE: { readonly [option in keyof Required<CaseOptions>]: Rule } = {
  steps: [(value) => isWhole(value) && value !== 0, "a whole number from 1 on"],
  shrinks: WHOLE,
  limits: [isLimits, `some of ${Object.keys(EVERYTHING).join(", ")}: true or false, and 1 to 3 groups`],
  happenings: [isHappenings, `a list of some of ${HAPPENING_KINDS.join(", ")}`],
};

/** What each option must be; a run that a slip has emptied would look like one that passes. */
const OPTIONS: { readonly [option in keyof Required<ReconcilerOptions>]: Rule } = {
  properties: NAMES,
  except: NAMES,
  inputs: WHOLE,
  lives: WHOLE,
  seed: [(value) => Number.isSafeInteger(value), "a whole number"],
  ...OF_A_CASE,
  replay: [isReplay, "what the error said (error.replay)"],
  floors: [isFloors, "a whole number for some of PLAN_BUCKETS and EVENT_FLOORS"],
};

/** Refuses (`bad_option`) options that are not what they must be, or that do not exist. */
export function refuseOptions(options: ReconcilerOptions): void {
  if (!isRecord(options)) {
    const message = `The options are ${whatIs(options)}; they must be an object.`;
    throw new VerdigrisError("bad_option", message, { option: "options" });
  }
  for (const [option, value] of Object.entries(options)) {
    const rule = Object.hasOwn(OPTIONS, option) ? OPTIONS[option as keyof typeof OPTIONS] : undefined;
    if (rule === undefined)
      throw badOption(option, `does not exist; there are ${Object.keys(OPTIONS).join(", ")}`);
    const [isRight, expected] = rule;
    if (value !== undefined && !isRight(value)) {
      throw badOption(option, `is ${JSON.stringify(value) ?? String(value)}; it must be ${expected}`);
    }
  }
}

/** The error for an option of a run. */
export function badOption(option: string, what: string): VerdigrisError {
  return new VerdigrisError("bad_option", `The option "${option}" ${what}.`, { option });
}

function isReplay(value: unknown): boolean {
  if (!isRecord(value) || !("of" in value && "seed" in value && "path" in value)) return false;
  const isOf = value.of === "inputs" || value.of === "lives";
  if (!isOf || !Number.isSafeInteger(value.seed) || !/^\d+(:\d+)*$/.test(String(value.path))) return false;
  // fast-check's: how many ran or did not, in digits to the base of 64.
  if (
    "replayPath" in value &&
    value.replayPath !== undefined &&
    !/^[\w+/]*:[\w+/]*$/.test(String(value.replayPath))
  )
    return false;
  if ("property" in value && value.property !== undefined && typeof value.property !== "string") return false;
  return !("options" in value) || value.options === undefined || isCase(value.options);
}

/** As the error said them: only those, and each as it must be. */
function isCase(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return Object.entries(value).every(([option, given]: [string, unknown]) => {
    const [isRight] = Object.hasOwn(OF_A_CASE, option)
      ? OF_A_CASE[option as keyof CaseOptions]
      : [() => false];
    return isRight(given);
  });
}

function isLimits(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return Object.entries(value).every(([limit, most]: [string, unknown]) => {
    if (limit === "groups") return most === 1 || most === 2 || most === 3;
    return Object.hasOwn(EVERYTHING, limit) && typeof most === "boolean";
  });
}

function isHappenings(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((kind) => KINDS.has(kind));
}

function isFloors(value: unknown): boolean {
  return (
    isRecord(value) && Object.entries(value).every(([bucket, floor]) => BUCKETS.has(bucket) && isWhole(floor))
  );
}
