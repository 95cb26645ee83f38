import { describe, expect, it } from "vitest";
import { type Allocation, type CheckState, judgeHealth, type TaskGroup } from "../../../src/index.js";
import { aGroup, anAllocation, NOW } from "../a-job.js";
import { MINUTE, running, SECOND } from "./a-state.js";

const passed = (since: number): CheckState => ({ status: "success", since });

/** Placed a minute ago; must be well for 10 s, within 5 min. */
function judged(more: Partial<Allocation>, group: Partial<TaskGroup> = {}) {
  const placed = anAllocation(0, { createdAt: NOW - MINUTE, modifiedAt: NOW - MINUTE, ...more });
  return judgeHealth(placed, aGroup({ update: { healthCheck: "checks" }, ...group }), NOW);
}

const deadline = NOW + 4 * MINUTE;

describe("healthy is one", () => {
  it.each<[string, Partial<Allocation>]>([
    [
      "whose tasks have run long enough; no check was reported",
      { taskStates: { main: running(NOW - 10 * SECOND) } },
    ],
    [
      "whose checks have passed for as long",
      { taskStates: { main: running(NOW - MINUTE) }, checks: { http: passed(NOW - 10 * SECOND) } },
    ],
    [
      "that adopted its version long enough ago",
      { taskStates: { main: running(1) }, adoptedAt: NOW - 10 * SECOND },
    ],
    [
      "whose restart is long enough ago",
      { taskStates: { main: running(1, { restarts: 2, lastRestartAt: NOW - 10 * SECOND }) } },
    ],
  ])("%s", (_, more) => expect(judged(more)).toEqual({ kind: "healthy" }));

  it("whose checks fail where only tasks are asked", () => {
    const more = {
      taskStates: { main: running(1) },
      checks: { http: { status: "failure", since: 1 } },
    } as const;
    expect(judged(more, { update: { healthCheck: "task_states" } })).toEqual({ kind: "healthy" });
  });
});

describe("undecided is one, with the time at which that may change,", () => {
  it.each<[string, Partial<Allocation>, number]>([
    [
      "whose tasks have not run long enough",
      { taskStates: { main: running(NOW - 3 * SECOND) } },
      NOW + 7 * SECOND,
    ],
    [
      "that restarted lately",
      { taskStates: { main: running(1, { restarts: 1, lastRestartAt: NOW - SECOND }) } },
      NOW + 9 * SECOND,
    ],
    [
      "that adopted its version lately",
      { taskStates: { main: running(1) }, adoptedAt: NOW - SECOND },
      NOW + 9 * SECOND,
    ],
    [
      "one of whose checks passed lately",
      { taskStates: { main: running(1) }, checks: { a: passed(1), b: passed(NOW - 2 * SECOND) } },
      NOW + 8 * SECOND,
    ],
    [
      "one of whose checks does not pass",
      { taskStates: { main: running(1) }, checks: { a: passed(1), b: { status: "pending", since: 1 } } },
      deadline,
    ],
    ["that has not begun", { clientStatus: "pending" }, deadline],
    [
      "that adopted its version a minute ago and has not begun again, however old it is",
      { createdAt: 1, adoptedAt: NOW - MINUTE, taskStates: { main: { state: "pending" } } },
      deadline,
    ],
  ])("%s", (_, more, until) => expect(judged(more)).toEqual({ kind: "undecided", until }));

  it("one of whose two main tasks does not run yet", () => {
    const tasks = [{ name: "main" }, { name: "log" }];
    const more = { taskStates: { main: running(1), log: { state: "pending" } } } as const;
    expect(judged(more, { tasks })).toEqual({ kind: "undecided", until: deadline });
  });

  it("that is judged by hand: time changes nothing", () => {
    const more = { createdAt: NOW - 60 * MINUTE, taskStates: { main: running(1) } };
    expect(judged(more, { update: { healthCheck: "manual" } })).toEqual({ kind: "undecided" });
  });
});

describe("unhealthy is one", () => {
  it.each<[string, Partial<Allocation>, string]>([
    ["that failed", { clientStatus: "failed" }, "failed"],
    ["whose main task failed", { taskStates: { main: { state: "dead", failed: true } } }, "task_ended"],
    ["whose main task finished", { taskStates: { main: { state: "dead" } } }, "task_ended"],
    [
      "that is not healthy at its deadline",
      { createdAt: NOW - 5 * MINUTE, clientStatus: "pending" },
      "healthy_deadline",
    ],
    [
      "that is not healthy at the deadline since its adoption",
      { createdAt: 1, adoptedAt: NOW - 5 * MINUTE, taskStates: { main: { state: "pending" } } },
      "healthy_deadline",
    ],
  ])("%s", (_, more, because) => expect(judged(more)).toEqual({ kind: "unhealthy", because }));

  it("is not one a moment before its deadline", () => {
    const judgement = judged({ createdAt: NOW - 5 * MINUTE + 1, clientStatus: "pending" });
    expect(judgement).toEqual({ kind: "undecided", until: NOW + 1 });
  });

  it("that fails although it is judged by hand", () => {
    expect(judged({ clientStatus: "failed" }, { update: { healthCheck: "manual" } }).kind).toBe("unhealthy");
  });
});

describe("tasks that run before or after the main ones", () => {
  const tasks = [{ name: "main" }, { name: "migrate-db", lifecycle: { hook: "prestart" } }];

  it("do not count once they succeed", () => {
    const more = {
      taskStates: { main: running(1), "migrate-db": { state: "dead", finishedAt: 2 } },
    } as const;
    expect(judged(more, { tasks })).toEqual({ kind: "healthy" });
  });

  it("make it unhealthy when they fail", () => {
    const more = { taskStates: { main: running(1), "migrate-db": { state: "dead", failed: true } } } as const;
    expect(judged(more, { tasks }).kind).toBe("unhealthy");
  });
});
