import { describe, expect, it } from "vitest";
import {
  type JobEvent,
  type JobState,
  parseJobEvent,
  parseJobState,
  transition,
  updateNode,
} from "../../../src/index.js";
import { aDeployment, aJob, NOW } from "../a-job.js";
import { aState, canarying, refusalOf } from "./a-state.js";

const event = { deploymentId: "deploy-1", now: NOW };

describe("what a refusal says in full", () => {
  const tags = aState({ versions: [aJob({ tag: "old" }), aJob({ version: 1, modifyIndex: 20 })] });

  it.each<[JobState, JobEvent, string, object]>([
    [
      tags,
      { kind: "revert", to: { tag: "gold" }, now: NOW },
      'No version bears the tag "gold"; there is "old".',
      { tag: "gold", known: ["old"] },
    ],
    [
      aState(),
      { kind: "untag", tag: "gold", now: NOW },
      'No version bears the tag "gold"; there is none.',
      { tag: "gold", known: [] },
    ],
    [
      aState({ deployments: [aDeployment(), aDeployment({ id: "b", createIndex: 12 })] }),
      { kind: "pause", ...event },
      'There is no deployment "deploy-1"; the job has "deploy-0", "b".',
      { deploymentId: "deploy-1" },
    ],
    [
      canarying({ deployment: { status: "successful" } }),
      { kind: "pause", ...event },
      'Deployment "deploy-1" is successful: that is never left again. Submit a changed specification, or revert to an earlier version.',
      { deploymentId: "deploy-1", status: "successful" },
    ],
    [
      canarying({ deployment: { status: "cancelled" } }),
      { kind: "pause", ...event },
      'Deployment "deploy-1" is cancelled: that is never left again. A newer version has replaced it, or the job was stopped; look at the latest deployment.',
      { deploymentId: "deploy-1", status: "cancelled" },
    ],
    [
      aState(),
      { kind: "tick", now: -1 },
      "now is -1; it is a whole number of milliseconds since the epoch.",
      { path: "$.now", value: "-1" },
    ],
    [
      aState(),
      { kind: "explode", now: NOW } as unknown as JobEvent,
      'There is no event "explode"; `parseJobEvent` says what there is.',
      { kind: "explode" },
    ],
    [
      aState(),
      { now: NOW } as unknown as JobEvent,
      "There is no event null; `parseJobEvent` says what there is.",
      { kind: "undefined" },
    ],
    [
      aState(),
      { kind: "migrate", allocationIds: ["allocation-0", "ghost"], now: NOW },
      'There is no allocation "ghost"; it never was, or it was collected. Name one of the state\'s allocations.',
      { allocationId: "ghost" },
    ],
  ])("%#", (state, refused, message, details) => {
    const refusal = refusalOf(() => transition(state, refused));
    expect(refusal.message).toBe(message);
    expect(refusal.details).toEqual(details);
  });

  it("says which words there are instead of one that there is not", () => {
    const node = { id: "node-1", status: "asleep" as "down" };
    const refusal = refusalOf(() => updateNode(aState(), { node, now: NOW }));
    expect(refusal.message).toMatch(/cannot be "asleep"; it is (\w+, )+\w+ or \w+\.$/);
    const known = refusal.details["known"] as string[];
    expect(known).toContain("down");
    expect(refusal.message).toContain(`${known.slice(0, -1).join(", ")} or ${known.at(-1)}.`);
  });

  it("says what was read", () => {
    expect(refusalOf(() => parseJobState(7)).message).toContain("the state of a job");
    expect(refusalOf(() => parseJobEvent(7)).message).toContain("an event of a job");
  });
});
