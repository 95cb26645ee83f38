import { applyPatches, enablePatches, type Patch } from "immer";
import { wrong } from "../wrong.js";
import type { StepProperty } from "./sequence.js";

/** @public */
export const patches: StepProperty = {
  kind: "step",
  name: "patches",
  sentence: "The patches of an event lead from the old state to the new one, the inverse ones back.",
  anchor: "properties.md#patches",
  cost: "patches",
  check: ({ before, event, after }) => {
    const { patches: there, inversePatches: back } = after.patches();
    enablePatches();
    const same = (a: object, b: object): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
    return [
      ...(same(applyPatches(before, there as Patch[]), after.state)
        ? []
        : [wrong`the patches of ${{ event: event.kind }} lead elsewhere`]),
      ...(same(applyPatches(after.state, back as Patch[]), before)
        ? []
        : [wrong`the inverse patches of ${{ event: event.kind }} lead elsewhere`]),
    ];
  },
};

/** With the keys of every object in order: patches may add one at another place. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
