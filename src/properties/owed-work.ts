import type { Allocation } from "../model/index.js";
import type { ReconcileInput } from "../reconcile/index.js";
import {
  fillsPlace,
  type GroupReading,
  isUnpromotedCanary,
  keptAlive,
  type Placing,
  readGroups,
  type Verdict,
} from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { wrong } from "./wrong.js";

/** @public */
export const owedWork: PlanProperty = {
  kind: "plan",
  name: "owed work is not lost",
  sentence:
    "What is missing to count is placed, whatever it died of: until the version is proven, what the one to keep alive is owed; while the deployment is paused, what was lost or failed. Not where a lost node's client is waited for, or no version may run in its place.",
  anchor: "properties.md#owed-work-is-not-lost",
  cost: "one_plan",
  check: ({ input, plan }) =>
    readGroups(input, plan).flatMap((reading) => {
      const mayBeShort =
        reading.isRemoved ||
        plan.waiting.some(
          (waiting) =>
            waiting.group === reading.name &&
            (waiting.for === "client_stop" || waiting.for === "version_to_keep_alive"),
        );
      if (mayBeShort) return [];
      const { filled, excused } = places(reading);
      const need = needOf(input, reading);
      return filled + excused >= need
        ? []
        : [
            wrong`group ${{ group: reading.name }} ends with ${{ have: filled }} of ${{ need }} places filled (${{ excused }} excused)`,
          ];
    }),
};

/** One that replaces what only bears the flag keeps its place. */
function isNewCanary(
  { isCanarying, placedCanaries }: GroupReading,
  { kind, previousAllocation: previous }: Placing,
): boolean {
  return kind === "canary" && isCanarying && (previous === undefined || placedCanaries.has(previous));
}

function isLeftAlone(verdict: Verdict): boolean {
  return verdict.kind === "disconnect"
    ? verdict.reason.replaced === "not_needed"
    : verdict.kind === "ignore" && verdict.reason.code === "not_rescheduled_after_failure";
}

/** It is away, and one that took over from it - from one that did, and so on - is there or is replaced in its turn. */
function isReplaced(reading: GroupReading, { clientStatus, nextAllocation }: Allocation): boolean {
  if (clientStatus !== "unknown" || nextAllocation === undefined) return false;
  const byId = new Map(reading.verdicts.map((one) => [one.allocation.id, one]));
  const replaced = new Set(reading.placings.map(({ previousAllocation }) => previousAllocation));
  const seen = new Set<string>();
  for (let id: string | undefined = nextAllocation; id !== undefined && !seen.has(id); ) {
    const one = byId.get(id);
    if (one === undefined) return false;
    if (fillsPlace(one.verdict) || replaced.has(id)) return true;
    seen.add(id);
    id = one.allocation.nextAllocation;
  }
  return false;
}

/** Until the current version is proven the one before is kept alive. */
function needOf(input: ReconcileInput, reading: GroupReading): number {
  const atLeast = Math.min(reading.count, replacing(reading));
  if (reading.isFailed || reading.isCanarying) {
    return Math.max(atLeast, Math.min(reading.count, keptAlive(input, reading)?.count ?? 0));
  }
  return reading.isPaused ? atLeast : reading.count;
}

/** Where nothing new is placed, what fills its place stays, and what was lost or failed is replaced. */
function replacing(reading: GroupReading): number {
  return reading.verdicts.filter(({ allocation, verdict }) => {
    if (isUnpromotedCanary(reading, allocation)) return false;
    const isDue =
      verdict.kind === "stop" && (verdict.reason.code === "lost" || verdict.reason.code === "rescheduled");
    return isDue || (fillsPlace(verdict) && !isReplaced(reading, allocation));
  }).length;
}

/** Filled places, canaries apart, and those that are empty for a reason that the plan gives. */
function places(reading: GroupReading): { filled: number; excused: number } {
  let filled = 0;
  let excused = 0;
  for (const { allocation, verdict } of reading.verdicts) {
    if (isUnpromotedCanary(reading, allocation)) continue;
    // What the failed deployment's own ones leave behind is for a person to decide.
    if (reading.isFailed && isLeftAlone(verdict)) excused++;
    if (fillsPlace(verdict) && verdict.kind !== "replace" && !isReplaced(reading, allocation)) filled++;
    // A batch allocation that somebody moved away and wants placed later, elsewhere, or not again.
    if (reading.job?.type === "batch" && verdict.kind === "stop" && verdict.reason.code === "migrating") {
      if (verdict.placement === undefined) excused++;
    }
  }
  return {
    filled: filled + reading.placings.filter((placing) => !isNewCanary(reading, placing)).length,
    excused,
  };
}
