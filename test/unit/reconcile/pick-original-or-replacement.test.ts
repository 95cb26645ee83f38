import { describe, expect, it } from "vitest";
import type { Allocation, TaskState } from "../../../src/index.js";
import { keepsOriginal } from "../../../src/reconcile/pick-original-or-replacement.js";
import { aGroup, anAllocation } from "../a-job.js";

const group = aGroup({ tasks: [{ name: "main" }, { name: "log" }] });
const led = aGroup({ tasks: [{ name: "main", leader: true }, { name: "log" }] });

function one(more: Partial<Allocation> = {}): Allocation {
  return anAllocation(0, more);
}

function started(tasks: { readonly [name: string]: Partial<TaskState> }): Partial<Allocation> {
  const taskStates = Object.entries(tasks).map(([name, state]) => [name, { state: "running", ...state }]);
  return { taskStates: Object.fromEntries(taskStates) };
}

describe("which of the two stays (rule 6)", () => {
  it("is always the same where the policy says which", () => {
    const original = { allocation: one({ score: 1 }), group };
    const replacement = { allocation: one({ score: 2 }), group };
    expect(keepsOriginal("keep_original", original, replacement)).toBe(true);
    expect(keepsOriginal("keep_replacement", replacement, original)).toBe(false);
  });

  const pending: Partial<Allocation> = { clientStatus: "pending" };

  it.each<[string, Partial<Allocation>, Partial<Allocation>, boolean]>([
    ["neither has a score", {}, {}, true],
    ["only the original has one", { score: 1 }, {}, true],
    ["only the replacement has one", {}, { score: 1 }, false],
    ["the replacement's is better", { score: 1 }, { score: 2 }, false],
    ["they are equal", { score: 1 }, { score: 1 }, true],
    ["the original's is better", { score: 2 }, { score: 1 }, true],
    ["the better one does not run yet", { score: 1 }, { score: 2, ...pending }, true],
    [
      "the better one does not run yet, nor does the other",
      { score: 1, ...pending },
      { score: 2, ...pending },
      false,
    ],
    ["the better one runs, and the other does not", { score: 1, ...pending }, { score: 2 }, false],
    ["the replacement alone has one, and does not run yet", {}, { score: 2, ...pending }, true],
    ["the replacement runs without one", { score: 1, ...pending }, {}, true],
  ])("by the best score: %s", (_, original, replacement, keeps) => {
    const two = [
      { allocation: one(original), group },
      { allocation: one(replacement), group },
    ] as const;
    expect(keepsOriginal("best_score", ...two)).toBe(keeps);
    // Where nobody has started, the longest running is the one with the best score.
    expect(keepsOriginal("longest_running", ...two)).toBe(keeps);
  });

  it.each<[string, typeof group, Partial<Allocation>, Partial<Allocation>, boolean]>([
    ["the original's", group, started({ main: { startedAt: 1 } }), started({ main: { startedAt: 2 } }), true],
    [
      "the replacement's",
      group,
      started({ main: { startedAt: 2 } }),
      started({ main: { startedAt: 1 } }),
      false,
    ],
    ["a tie", group, started({ main: { startedAt: 1 } }), started({ main: { startedAt: 1 } }), false],
    ["only the original has started", group, started({ main: { startedAt: 1 } }), { score: 9 }, true],
    ["only the replacement has started", group, { score: 9 }, started({ main: { startedAt: 1 } }), false],
    [
      "a restart counts as the start",
      group,
      started({ main: { startedAt: 1, lastRestartAt: 3 } }),
      started({ main: { startedAt: 2 } }),
      false,
    ],
    [
      "the earliest of the tasks counts",
      group,
      started({ main: { startedAt: 5 }, log: { startedAt: 1 } }),
      started({ main: { startedAt: 2 }, log: { startedAt: 3 } }),
      true,
    ],
    [
      "the earliest of the tasks counts, whichever comes first",
      group,
      started({ main: { startedAt: 2 }, log: { startedAt: 9 } }),
      started({ main: { startedAt: 3 }, log: { startedAt: 4 } }),
      true,
    ],
    [
      "the leader alone counts",
      led,
      started({ main: { startedAt: 5 }, log: { startedAt: 1 } }),
      started({ main: { startedAt: 2 }, log: { startedAt: 3 } }),
      false,
    ],
    [
      "a leader that has not started has not run",
      led,
      started({ log: { startedAt: 1 } }),
      started({ main: { startedAt: 2 } }),
      false,
    ],
    [
      "a task that the group does not define counts for nothing",
      group,
      started({ other: { startedAt: 1 }, main: { startedAt: 4 } }),
      started({ main: { startedAt: 2 } }),
      false,
    ],
  ])("by the longest run: %s", (_, of, original, replacement, keeps) => {
    expect(
      keepsOriginal(
        "longest_running",
        { allocation: one(original), group: of },
        { allocation: one(replacement), group: of },
      ),
    ).toBe(keeps);
  });

  it("whose version is not known has not run", () => {
    const ran = started({ main: { startedAt: 1 } });
    const known = { allocation: one(ran), group };
    const unknown = { allocation: one(ran), group: undefined };
    expect(keepsOriginal("longest_running", unknown, known)).toBe(false);
    expect(keepsOriginal("longest_running", known, unknown)).toBe(true);
  });
});
