import { describe, expect, it } from "vitest";
import type { Allocation, FollowUp } from "../../../src/index.js";
import { changing } from "../../../src/lifecycle/change.js";
import { keepFollowUps } from "../../../src/lifecycle/follow-ups.js";
import { anAllocation, NOW } from "../a-job.js";
import { aState } from "./a-state.js";

function followUp(cause: FollowUp["cause"], more: Partial<FollowUp> = {}): FollowUp {
  return { id: "later", group: "web", at: NOW + 1_000, cause, allocations: ["allocation-0"], ...more };
}

/** The ids of those that are kept. */
function kept(
  before: readonly FollowUp[],
  allocations: readonly Partial<Allocation>[],
  { added, done }: { added?: readonly FollowUp[]; done?: string } = {},
): string[] {
  const state = aState({ followUps: before, allocations: allocations.map((one, n) => anAllocation(n, one)) });
  const step = changing(state, NOW, (change) => {
    keepFollowUps(change, added, done);
    return {};
  });
  const ids = (step.state.followUps ?? []).map(({ id }) => id);
  const wasSame = ids.length === before.length && ids.every((id, n) => id === before[n]?.id);
  expect(step.changed).toBe(!wasSame);
  return ids;
}

const bears: Partial<Allocation> = { followUpEvaluationId: "later" };
const failed: Partial<Allocation> = { ...bears, clientStatus: "failed" };
const lost: Partial<Allocation> = { ...bears, clientStatus: "lost", desiredStatus: "stop" };

describe("a follow-up evaluation is kept while somebody waits for it", () => {
  it.each<[FollowUp["cause"], string, Partial<Allocation>, boolean]>([
    ["lost_after", "it is away", { clientStatus: "unknown" }, true],
    ["lost_after", "it is back", { clientStatus: "running", ...bears }, false],
    ["lost_after", "it is away and stopped", { clientStatus: "unknown", desiredStatus: "stop" }, false],
    ["stop_on_client_after", "its client has still to stop it", lost, true],
    ["stop_on_client_after", "it is replaced", { ...lost, nextAllocation: "allocation-9" }, false],
    ["stop_on_client_after", "it waits for another one", { ...lost, followUpEvaluationId: "other" }, false],
    ["reschedule", "it failed", failed, true],
    ["reschedule", "it is replaced", { ...failed, nextAllocation: "allocation-9" }, false],
    ["reschedule", "it completed", { ...failed, clientStatus: "complete" }, false],
    ["reschedule", "it is stopped", { ...failed, desiredStatus: "stop" }, false],
    [
      "reschedule",
      "it is stopped, but found no room",
      { ...failed, desiredStatus: "stop", reschedule: { events: [], last: "no_placement" } },
      true,
    ],
    ["reschedule", "it waits for another one", { ...failed, followUpEvaluationId: "other" }, false],
    ["reschedule", "it moves", { clientStatus: "failed", desiredTransition: { migrate: true } }, true],
  ])("%s: %s", (cause, _, allocation, isKept) => {
    expect(kept([followUp(cause)], [allocation])).toEqual(isKept ? ["later"] : []);
  });

  it("not for an allocation that is gone", () => {
    expect(kept([followUp("reschedule", { allocations: ["allocation-9"] })], [failed])).toEqual([]);
  });

  it("by one of its allocations alone, and one allocation may wait for two", () => {
    const both = { clientStatus: "unknown", followUpEvaluationId: "soon" } as const;
    const soon = followUp("reschedule", { id: "soon" });
    expect(kept([soon, followUp("lost_after")], [both])).toEqual(["soon", "later"]);
    const shared = followUp("reschedule", { allocations: ["allocation-0", "allocation-1"] });
    expect(kept([shared], [{}, failed])).toEqual(["later"]);
  });

  it("new ones are added behind, each id once", () => {
    const soon = followUp("reschedule", { id: "soon", allocations: ["allocation-1"] });
    const allocations = [failed, { ...failed, followUpEvaluationId: "soon" }];
    expect(kept([followUp("reschedule")], allocations, { added: [soon] })).toEqual(["later", "soon"]);
    expect(kept([followUp("reschedule")], allocations, { added: [followUp("reschedule")] })).toEqual([
      "later",
    ]);
    expect(kept([], allocations, { added: [soon] })).toEqual(["soon"]);
    expect(kept([], allocations)).toEqual([]);
  });

  it("one that is done is gone, whoever waits for it", () => {
    const soon = followUp("reschedule", { id: "soon", allocations: ["allocation-1"] });
    const allocations = [failed, { ...failed, followUpEvaluationId: "soon" }];
    expect(kept([followUp("reschedule"), soon], allocations, { done: "later" })).toEqual(["soon"]);
  });

  it("one that takes another's place is a change", () => {
    const soon = followUp("reschedule", { id: "soon", allocations: ["allocation-1"] });
    const allocations = [{}, { ...failed, followUpEvaluationId: "soon" }];
    expect(kept([followUp("reschedule")], allocations, { added: [soon] })).toEqual(["soon"]);
  });
});
