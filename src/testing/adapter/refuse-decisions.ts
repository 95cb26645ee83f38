import { groupOf, type Job, VerdigrisError } from "../../model/index.js";
import type { ReconcileInput } from "../../reconcile/index.js";
import { whatIs } from "../what-is.js";
import type { Decisions } from "./decisions.js";

/** What each decision must be. */
const EXPECTED: { readonly [decision in keyof Required<Decisions>]: string } = {
  stop: "a list of ids of allocations",
  lost: "a list of ids of allocations",
  adopt: "a list of ids of allocations",
  place: "an object with a whole number for each group",
};

/** Refuses decisions that are none, or that are about what does not exist. */
export function refuseDecisions(
  { allocations }: ReconcileInput,
  job: Job | undefined,
  decisions: Decisions,
): void {
  refuseShape(decisions);
  const { stop = [], lost = [], adopt = [], place = {} } = decisions;
  const known = new Set(allocations.map(({ id }) => id));
  for (const id of [...stop, ...lost, ...adopt]) {
    if (known.has(id)) continue;
    const message = `The decisions name allocation "${id}", which the input does not have.`;
    throw new VerdigrisError("unknown_allocation", message, { allocationId: id });
  }
  for (const [group, many] of Object.entries(place)) {
    if (job === undefined || groupOf(job, group) === undefined) {
      const message = `The decisions place group "${group}", which the current version does not have.`;
      throw new VerdigrisError("unknown_group", message, { group });
    }
    if (Number.isSafeInteger(many) && many >= 0) continue;
    const message = `The decisions place ${typeof many === "string" ? `"${many}"` : String(many)} of group "${group}"; it must be a whole number from 0 on.`;
    throw new VerdigrisError("bad_number", message, { group, value: String(many) });
  }
}

/** Whoever calls may be plain JavaScript: a slip of the pen would decide nothing, and look sound. */
function refuseShape(decisions: unknown): void {
  if (typeof decisions !== "object" || whatIs(decisions) !== "an object" || decisions === null) {
    const message = `The decisions are ${whatIs(decisions)}; they must be an object with some of ${Object.keys(EXPECTED).join(", ")}.`;
    throw new VerdigrisError("bad_option", message, { option: "decisions" });
  }
  for (const [decision, value] of Object.entries(decisions)) {
    if (!Object.hasOwn(EXPECTED, decision)) {
      const message = `The decision "${decision}" does not exist; there are ${Object.keys(EXPECTED).join(", ")}.`;
      throw new VerdigrisError("bad_option", message, { option: decision });
    }
    if (value === undefined || isRight(decision, value)) continue;
    const expected = EXPECTED[decision as keyof Decisions];
    const message = `The decision "${decision}" is ${JSON.stringify(value) ?? String(value)}; it must be ${expected}.`;
    throw new VerdigrisError("bad_option", message, { option: decision });
  }
}

function isRight(decision: string, value: unknown): boolean {
  if (decision === "place") return whatIs(value) === "an object";
  return Array.isArray(value) && value.every((id) => typeof id === "string");
}
