import { describe, expect, it } from "vitest";
import { isVerdigrisError, type ReconcileInput } from "../../../src/index.js";
import { type Decisions, planOfDecisions } from "../../../src/testing/index.js";
import { aGroup, aJob, anAllocation, anInput } from "../a-job.js";

function reasons(input: ReconcileInput, decisions: Decisions): readonly unknown[] {
  return planOfDecisions(input, decisions).actions.map(({ kind, reason }) => [kind, reason]);
}

describe("decisions as a plan", () => {
  it("leave alone what they do not name", () => {
    expect(planOfDecisions(anInput(), {}).actions.map(({ kind }) => kind)).toEqual([
      "ignore",
      "ignore",
      "ignore",
    ]);
  });

  it("say how many there are, and how many there should be", () => {
    const four = anInput({ allocations: [0, 1, 2, 3].map((index) => anAllocation(index)) });
    expect(reasons(four, { stop: ["allocation-3"] })[3]).toEqual([
      "stop",
      { code: "surplus", have: 4, need: 3 },
    ]);
    // It makes room for a newer one: nothing is surplus by the count.
    expect(reasons(anInput(), { stop: ["allocation-0"] })[0]).toEqual([
      "stop",
      { code: "surplus", have: 3, need: 3 },
    ]);
    const ended = anAllocation(2, { clientStatus: "complete" });
    const three = anInput({ allocations: [anAllocation(0), anAllocation(1), ended] });
    expect(reasons(three, { stop: ["allocation-1"] })[1]).toEqual([
      "stop",
      { code: "surplus", have: 2, need: 3 },
    ]);
  });

  it("stop what is wanted no more for that reason", () => {
    const decisions = { stop: ["allocation-0"] };
    const stopped = anInput({ versions: [aJob({ stop: true })] });
    expect(reasons(stopped, decisions)[0]).toEqual(["stop", { code: "job_stopped" }]);
    expect(reasons(anInput({ versions: [] }), decisions)[0]).toEqual(["stop", { code: "job_stopped" }]);
    for (const groups of [[aGroup({ count: 0 })], [aGroup({ name: "api" })]]) {
      const removed = anInput({ versions: [aJob({ groups })] });
      expect(reasons(removed, decisions)[0]).toEqual(["stop", { code: "group_removed" }]);
    }
  });

  it.each<[unknown, string, string]>([
    [undefined, "bad_option", "The decisions are undefined; they must be an object with some of stop, lost"],
    [null, "bad_option", "The decisions are null"],
    [Promise.resolve({}), "bad_option", "The decisions are a Promise"],
    [["allocation-0"], "bad_option", "The decisions are a list"],
    [new Map([["stop", ["allocation-0"]]]), "bad_option", "The decisions are a Map"],
    [{ stopp: [] }, "bad_option", 'The decision "stopp" does not exist; there are stop, lost, adopt, place.'],
    [
      { stop: "allocation-0" },
      "bad_option",
      'The decision "stop" is "allocation-0"; it must be a list of ids',
    ],
    [{ lost: [{ id: "allocation-0" }] }, "bad_option", "it must be a list of ids"],
    [{ adopt: new Set() }, "bad_option", "it must be a list of ids"],
    [{ place: ["web"] }, "bad_option", "it must be an object with a whole number for each group"],
    [{ place: { web: 1.5 } }, "bad_number", 'place 1.5 of group "web"; it must be a whole number from 0 on.'],
    [{ place: { web: -1 } }, "bad_number", 'place -1 of group "web"'],
    [{ place: { web: Number.NaN } }, "bad_number", 'place NaN of group "web"'],
    [{ place: { web: "2" } }, "bad_number", 'place "2" of group "web"'],
    [{ place: { api: 1 } }, "unknown_group", 'place group "api", which the current version does not have'],
    [{ stop: ["nobody"] }, "unknown_allocation", 'name allocation "nobody", which the input does not have'],
  ])("%j are refused", (decisions, code, says) => {
    try {
      planOfDecisions(anInput(), decisions as Decisions);
      expect.unreachable("it is refused");
    } catch (error) {
      if (!isVerdigrisError(error)) throw error;
      expect(error.code).toBe(code);
      expect(error.message).toContain(says);
    }
  });

  it("may leave a decision undefined", () => {
    const decisions = { stop: undefined, place: { web: 0 } } as unknown as Decisions;
    expect(planOfDecisions(anInput(), decisions).actions).toHaveLength(3);
  });
});
