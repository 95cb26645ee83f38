import { type ReplayedStep, replay } from "../recorded-replay.js";

/** A step of a story that a real agent lived through: what it answered (`recorded`), and what the library says (`ours`). */
export function toldOtherwise(story: string, step: string): ReplayedStep {
  const found = replay(story).find((one) => one.step === step);
  if (found === undefined) throw new Error(`the story ${story} has no step ${step}`);
  return found;
}
