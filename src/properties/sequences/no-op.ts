import { type Wrong, wrong } from "../wrong.js";
import { isSame } from "./is-same.js";
import type { StepCase, StepProperty } from "./sequence.js";

/** Events that ask for an evaluation even when they change nothing. */
const RESUBMITS: ReadonlySet<string> = new Set(["submit", "revert"]);

/** @public */
export const noOp: StepProperty = {
  kind: "step",
  name: "no-op",
  sentence:
    "An event that changes nothing gives the same state object and asks for no evaluation (submitting again asks for one); one that changes something raises the index by one, and whatever it did not touch is the same object.",
  anchor: "properties.md#no-op",
  cost: "one_step",
  check: ({ before, event, after, reconcile }) => {
    const { state, changed, evaluate } = after;
    if (!changed) {
      return [
        ...(state === before ? [] : [wrong`${{ event: event.kind }} changed nothing and made another state`]),
        ...(evaluate === undefined || RESUBMITS.has(event.kind)
          ? []
          : [wrong`${{ event: event.kind }} changed nothing and asks to evaluate`]),
      ];
    }
    return [
      ...(state.index === before.index + 1
        ? []
        : [
            wrong`${{ event: event.kind }} led from index ${{ from: before.index }} to ${{ to: state.index }}`,
          ]),
      ...(isSame({ ...state, index: 0 }, { ...before, index: 0 })
        ? [wrong`${{ event: event.kind }} says that it changed something, and did not`]
        : []),
      ...notShared({ before, event, after, reconcile }),
    ];
  },
};

function notShared({ before, event, after: { state } }: StepCase): Wrong[] {
  const now = new Map(state.allocations.map((allocation) => [allocation.id, allocation]));
  return before.allocations.flatMap((was) => {
    const is = now.get(was.id);
    return is === undefined || is === was || !isSame(is, was)
      ? []
      : [wrong`${{ event: event.kind }} copied ${{ allocationId: was.id }} and changed nothing of it`];
  });
}
