import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { groupOf, type Job, type JobSpecification } from "../../src/index.js";
import { type Outcome, type RefusedSpecifications, replay } from "./recorded-replay.js";

type Part = keyof Outcome;

/** Where we differ from what the agent did, and why: a row of docs/deviations.md, or what the replay cannot tell. */
interface Difference {
  readonly story: string;
  /** The first and the last step that differ; to the end when there is no last one. */
  readonly from: string;
  readonly to?: string;
  readonly parts: readonly Part[];
  readonly because: `D ${number}` | `timing: ${string}` | `no event: ${string}`;
}

const ALL: readonly Part[] = ["refused", "version", "stopped", "stable", "deployments", "live"];

const DIFFERENCES: readonly Difference[] = [
  { story: "02b", from: "07", parts: ALL, because: "D 16" },
  { story: "04a", from: "03", to: "03", parts: ["deployments"], because: "D 17" },
  { story: "04b", from: "03", to: "03", parts: ["deployments"], because: "D 17" },
  { story: "04c", from: "04", parts: ["deployments"], because: "D 17" },
  { story: "04e", from: "02", to: "03", parts: ["deployments"], because: "D 17" },
  { story: "05-", from: "07", to: "09", parts: ["stable"], because: "D 23" },
  { story: "05b", from: "03", to: "03", parts: ["deployments"], because: "D 17" },
  { story: "06c", from: "06", to: "06", parts: ["deployments", "live"], because: "D 10" },
  { story: "08", from: "20", to: "21", parts: ["refused"], because: "D 22" },
  { story: "08", from: "28", to: "28", parts: ["deployments"], because: "D 22" },
  { story: "08", from: "34", parts: ["stable", "deployments", "live"], because: "D 16" },
  { story: "08", from: "59", parts: ALL, because: "D 22" },
  { story: "09", from: "09", parts: ["stable", "deployments", "live"], because: "D 16" },
  {
    story: "10b",
    from: "02",
    to: "05",
    parts: ["deployments", "refused"],
    because: "timing: the agent's clients reported the health of what was adopted a second later",
  },
  {
    story: "10b",
    from: "10",
    to: "10",
    parts: ["deployments"],
    because: "timing: the agent's clients reported the health of what was placed after the snapshot",
  },
  { story: "11", from: "04", to: "06", parts: ["version"], because: "D 22" },
  { story: "11", from: "08", to: "10", parts: ALL, because: "D 22" },
  { story: "11", from: "12", to: "13", parts: ["refused"], because: "D 22" },
  {
    story: "12",
    from: "12",
    to: "12",
    parts: ["stable", "deployments"],
    because: "timing: the agent's clients reported the health of what was placed after the snapshot",
  },
  {
    story: "15-",
    from: "09",
    parts: ["live"],
    because: "no event: forced rescheduling is `desiredTransition.forceReschedule`, set by the caller",
  },
  { story: "15b", from: "04", to: "04", parts: ["deployments"], because: "D 17" },
  { story: "17-", from: "08", parts: ["refused", "stable", "deployments", "live"], because: "D 13" },
  { story: "17c", from: "10", parts: ["stable", "deployments"], because: "D 19" },
  { story: "20-", from: "02", parts: ["stable"], because: "D 23" },
  { story: "20b", from: "05", parts: ["deployments"], because: "D 11" },
  { story: "21", from: "41", parts: ALL, because: "D 12" },
];

/** Submitted by hand and never accepted by the agent, so that no answer shows it; or accepted here alone. */
const REFUSED: { readonly [story: string]: RefusedSpecifications } = {
  "16-batch": {
    "13-service-type-change": (current) => ({ ...required(current), type: "service" }),
    "14-with-update-block-canary": (current) => withUpdate(required(current)),
  },
};

/** Steps that are not told: accepting what the agent refused would make every later version another one. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  // D 15: the document's own specification is valid here (test/unit/model/validate-job.test.ts).
  "01-bluegreen-promote/02-submit-seed-spec-literally",
]);

function required(job: Job | undefined): Job {
  if (job === undefined) throw new Error("the job exists by then");
  return job;
}

function withUpdate(job: Job): JobSpecification {
  const group = groupOf(job, job.groups[0]?.name ?? "");
  return { ...job, groups: group === undefined ? [] : [{ ...group, update: { canary: 1 } }] };
}

function isExpected(difference: Difference, story: string, step: string): boolean {
  const number = step.slice(0, 2);
  return (
    story.startsWith(difference.story) &&
    number >= difference.from &&
    (difference.to === undefined || number <= difference.to)
  );
}

const stories = readdirSync(new URL("../fixtures/recordings/", import.meta.url))
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.replace(".json", ""))
  .sort();

describe("what a real agent did, the library does", () => {
  const met = new Set<Difference>();

  it.each(stories)("%s", (story) => {
    const isTold = (step: string): boolean => !LEFT_OUT.has(`${story}/${step}`);
    for (const { step, recorded, ours } of replay(story, REFUSED[story], isTold)) {
      const expected = DIFFERENCES.filter((difference) => isExpected(difference, story, step));
      for (const part of ALL) {
        const isSame = JSON.stringify(ours[part]) === JSON.stringify(recorded[part]);
        const reasons = expected.filter(({ parts }) => parts.includes(part));
        if (!isSame) for (const reason of reasons) met.add(reason);
        if (isSame || reasons.length > 0) continue;
        expect({ step, part, is: ours[part] }).toEqual({ step, part, is: recorded[part] });
      }
    }
  });

  it("and where it does not, the difference is one of those listed, and each of those is met", () => {
    expect(DIFFERENCES.filter((difference) => !met.has(difference))).toEqual([]);
  });
});
