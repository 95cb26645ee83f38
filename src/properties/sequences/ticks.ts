import { nextTick } from "../../lifecycle/rules/next-tick.js";
import { wrong } from "../wrong.js";
import type { StateProperty } from "./sequence.js";

/** @public */
export const ticks: StateProperty = {
  kind: "state",
  name: "ticks",
  sentence:
    "A tick before the time that the last one named changes nothing; one at that time changes something.",
  anchor: "properties.md#ticks",
  check: ({ state, now, decide }) => {
    const first = decide.transition(state, { kind: "tick", now });
    const at = first.nextTickAt;
    const expected = nextTick(first.state, now);
    if (at !== expected) return [wrong`tick names ${{ nextTickAt: at }}, nextTick ${{ expected }}`];
    const early = decide.transition(first.state, {
      kind: "tick",
      now: at === undefined ? now + 10_000_000_000 : Math.max(now, at - 1),
    });
    const isEarly = at === undefined || at > now;
    return [
      ...(isEarly && early.changed ? [wrong`a tick before ${{ nextTickAt: at }} changes something`] : []),
      ...(at !== undefined && !decide.transition(first.state, { kind: "tick", now: at }).changed
        ? [wrong`a tick at ${{ nextTickAt: at }} changes nothing`]
        : []),
    ];
  },
};
