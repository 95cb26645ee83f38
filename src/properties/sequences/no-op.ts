import type { StepCase, StepProperty } from "./sequence.js";

/** Events that ask for an evaluation even when they change nothing. */
const RESUBMITS: ReadonlySet<string> = new Set(["submit", "revert"]);

/** @public */
export const noOp: StepProperty = {
  name: "no-op",
  sentence:
    "An event that changes nothing gives the same state object and asks for no evaluation (submitting again asks for one); one that changes something raises the index by one, and whatever it did not touch is the same object.",
  check: ({ before, event, after }) => {
    const { state, changed, evaluate } = after;
    if (!changed) {
      return [
        ...(state === before ? [] : [`${event.kind} changed nothing and made another state`]),
        ...(evaluate === undefined || RESUBMITS.has(event.kind)
          ? []
          : [`${event.kind} changed nothing and asks to evaluate`]),
      ];
    }
    return [
      ...(state.index === before.index + 1
        ? []
        : [`${event.kind} led from index ${before.index} to ${state.index}`]),
      ...(isSame({ ...state, index: 0 }, { ...before, index: 0 })
        ? [`${event.kind} says that it changed something, and did not`]
        : []),
      ...notShared({ before, event, after }),
    ];
  },
};

/** Whether two states say the same; what they share is not looked into. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && isSame(value, right.get(key)))
  );
}

function notShared({ before, event, after: { state } }: StepCase): string[] {
  const now = new Map(state.allocations.map((allocation) => [allocation.id, allocation]));
  return before.allocations.flatMap((was) => {
    const is = now.get(was.id);
    return is === undefined || is === was || !isSame(is, was)
      ? []
      : [`${event.kind} copied ${was.id} and changed nothing of it`];
  });
}
