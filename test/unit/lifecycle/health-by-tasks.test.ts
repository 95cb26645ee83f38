import { describe, expect, it } from "vitest";
import { type Allocation, judgeHealth } from "../../../src/index.js";
import { aGroup, anAllocation, NOW } from "../a-job.js";
import { MINUTE, running, SECOND } from "./a-state.js";

describe("the health of one allocation", () => {
  const group = aGroup({ update: { minHealthyTime: 10 * SECOND } });
  const well = { taskStates: { main: running(NOW - MINUTE) } };

  it.each<[string, Partial<Allocation>, string]>([
    ["runs long enough", well, "healthy"],
    ["is lost", { ...well, clientStatus: "lost" }, "undecided"],
    ["is stopped", { ...well, desiredStatus: "stop" }, "undecided"],
    ["failed, and is stopped", { desiredStatus: "stop", clientStatus: "failed" }, "undecided"],
    ["failed", { clientStatus: "failed" }, "unhealthy"],
    ["completed", { clientStatus: "complete" }, "unhealthy"],
    ["is not known to run", { ...well, clientStatus: "pending", createdAt: NOW }, "undecided"],
    [
      "has a task that did not start",
      { taskStates: { main: { state: "running" } }, createdAt: NOW },
      "undecided",
    ],
  ])("of one that %s", (_, more, kind) => {
    expect(judgeHealth(anAllocation(0, more), group, NOW).kind).toBe(kind);
  });

  it("asks the main tasks: a hook that is null is none", () => {
    const tasks = [{ name: "main", lifecycle: null }];
    const dead = anAllocation(0, { taskStates: { main: { state: "dead", failed: false } } });
    expect(judgeHealth(dead, aGroup({ tasks }), NOW)).toEqual({ kind: "unhealthy", because: "task_ended" });
    const hook = { name: "init", lifecycle: { hook: "prestart" } };
    const begun = {
      ...dead,
      createdAt: NOW,
      taskStates: { main: running(NOW), init: { state: "dead", failed: false } as const },
    };
    expect(judgeHealth(begun, aGroup({ tasks: [{ name: "main" }, hook] }), NOW).kind).toBe("undecided");
  });
});
