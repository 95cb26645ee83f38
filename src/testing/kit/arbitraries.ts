import type { Arbitrary } from "fast-check";
import { type JobEvent, type JobState, type Transition, transition } from "../../lifecycle/index.js";
import type { Job } from "../../model/index.js";
import type { Deciders } from "../../properties/index.js";
import { type ReconcileInput, reconcile } from "../../reconcile/index.js";
import { Choices } from "../generate/choices.js";
import { freeFormInput } from "../generate/free-form.js";
import { EVERYTHING, type JobLimits } from "../generate/job-limits.js";
import type { Happening, HappeningKind } from "../life/happening.js";
import { HAPPENING_KINDS, HAPPENINGS } from "../life/happenings.js";
import { Life } from "../life/life.js";
import { beginLife, happen } from "../life/live.js";
import type { FastCheck } from "./fast-check.js";

/** A state that events led to, and an event that was accepted in it. @public */
export interface Step {
  readonly before: JobState;
  readonly event: JobEvent;
  readonly after: Transition;
}

/** A state that events led to, at a time. @public */
export interface ReachedState {
  readonly state: JobState;
  readonly now: number;
}

const ours: Deciders = { reconcile, transition };
const WORD = 0x7fff_ffff;
/** What happens in lives that only lead to a state. */
const HAPPENINGS_ON_THE_WAY = 40;

/** Numbers that choices are read off; they shrink to fewer and smaller ones, which choose what is simple. */
export function tapes(fc: FastCheck, maxLength: number): Arbitrary<number[]> {
  return fc.array(fc.nat({ max: WORD }), { minLength: 1, maxLength, size: "max" });
}

/** What a life begins with. */
export function births(fc: FastCheck): Arbitrary<number[]> {
  return tapes(fc, 60);
}

export function happenings(
  fc: FastCheck,
  kinds: readonly HappeningKind[] = HAPPENING_KINDS,
): Arbitrary<Happening> {
  const weighted = kinds.flatMap((kind) => Array.from({ length: HAPPENINGS[kind].weight }, () => kind));
  return fc.record({ kind: fc.constantFrom(...weighted), choices: tapes(fc, 24) });
}

/** Any well-formed input, reachable or not. */
export function inputs(fc: FastCheck, limits: JobLimits = EVERYTHING): Arbitrary<ReconcileInput> {
  return tapes(fc, 400).map((tape) => freeFormInput(new Choices(tape), limits));
}

/** A job as one of its versions says it. */
export function jobs(fc: FastCheck, limits: JobLimits = EVERYTHING): Arbitrary<Job> {
  return inputs(fc, limits)
    .filter(({ versions }) => versions.length > 0)
    .map(({ versions }) => versions[0] as Job); // There is one.
}

/** What becomes of a job in a life under this library. */
export function states(fc: FastCheck, limits: JobLimits = EVERYTHING): Arbitrary<ReachedState> {
  return walks(fc).map(({ birth, happened }) => {
    const life = new Life(ours, {}, limits);
    beginLife(life, birth);
    for (const one of happened) happen(life, one);
    return { state: life.state, now: life.now };
  });
}

/** The last accepted event of a life under this library. */
export function steps(fc: FastCheck, limits: JobLimits = EVERYTHING): Arbitrary<Step> {
  return walks(fc).map(({ birth, happened }) => {
    let last: Step | undefined;
    const watcher = {
      step: (before: JobState, event: JobEvent, after: Transition): void => {
        last = { before, event, after };
      },
    };
    const life = new Life(ours, watcher, limits);
    beginLife(life, birth);
    for (const one of happened) happen(life, one);
    if (last === undefined) throw new Error("a life begins with a submission, which is accepted");
    return last;
  });
}

function walks(fc: FastCheck): Arbitrary<{ readonly birth: number[]; readonly happened: Happening[] }> {
  const happened = fc.array(happenings(fc), { maxLength: HAPPENINGS_ON_THE_WAY, size: "max" });
  return fc.record({ birth: births(fc), happened });
}
