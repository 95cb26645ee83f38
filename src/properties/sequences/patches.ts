import { applyPatches, enablePatches, type Patch } from "immer";
import { wrong } from "../wrong.js";
import { isSame } from "./is-same.js";
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
    return [
      ...(isSame(applyPatches(before, there as Patch[]), after.state)
        ? []
        : [wrong`the patches of ${{ event: event.kind }} lead elsewhere`]),
      ...(isSame(applyPatches(after.state, back as Patch[]), before)
        ? []
        : [wrong`the inverse patches of ${{ event: event.kind }} lead elsewhere`]),
    ];
  },
};
