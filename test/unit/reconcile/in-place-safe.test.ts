import { describe, expect, it } from "vitest";
import { classifyUpdate, type TaskGroup } from "../../../src/index.js";
import { GROUP_IN_PLACE_SAFE, TASK_IN_PLACE_SAFE } from "../../../src/reconcile/in-place-safe.js";
import { aGroup, aJob } from "../a-job.js";

function kindOf(from: Partial<TaskGroup>, to: Partial<TaskGroup>): string {
  const [before, after] = [aGroup(from), aGroup(to)];
  return classifyUpdate({
    group: "web",
    from: { job: aJob(), group: before },
    to: { job: aJob(), group: after },
  }).kind;
}

/** The two lists of rule 9, as its text has them. */
const OF_A_GROUP =
  "count update migrate reschedule disconnect restart constraints affinities spreads services scaling shutdownDelay maxRunDuration";
const OF_A_TASK =
  "services constraints affinities restart killTimeout killSignal logs leader lifecycle shutdownDelay scaling actions schedule";

describe("what may change under a running allocation (rule 9)", () => {
  it("is listed, and nothing else", () => {
    expect(Object.keys(GROUP_IN_PLACE_SAFE)).toEqual(OF_A_GROUP.split(" "));
    expect(Object.keys(TASK_IN_PLACE_SAFE)).toEqual(OF_A_TASK.split(" "));
  });

  it.each(OF_A_GROUP.split(" ").filter((key) => key !== "count"))("of a group: %s", (key) => {
    expect(kindOf({}, { [key]: { attempts: 2 } })).toBe("in_place");
  });

  it.each(OF_A_TASK.split(" "))("of a task: %s", (key) => {
    expect(kindOf({ tasks: [{ name: "main" }] }, { tasks: [{ name: "main", [key]: { a: 1 } }] })).toBe(
      "in_place",
    );
  });

  it("is the count", () => {
    expect(kindOf({ count: 1 }, { count: 2 })).toBe("in_place");
  });

  it("is not what restarts render, where logs go, and how services connect", () => {
    expect(kindOf({}, { restart: { renderTemplates: true } })).toBe("destructive");
    expect(kindOf({}, { services: [{}, { connect: {} }] })).toBe("destructive");
    const task = { name: "main" };
    expect(kindOf({ tasks: [task] }, { tasks: [{ ...task, restart: { renderTemplates: true } }] })).toBe(
      "destructive",
    );
    expect(kindOf({ tasks: [task] }, { tasks: [{ ...task, logs: { disabled: true } }] })).toBe("destructive");
  });

  it("is the meta that no task sees, and not what one does, whichever task it is", () => {
    const main = { name: "main" };
    const log = { name: "log" };
    const before = { tasks: [main, log], meta: { level: "1" } };
    expect(kindOf(before, { ...before, tasks: [main, { ...log, meta: { level: "2" } }] })).toBe(
      "destructive",
    );
    expect(kindOf(before, { ...before, tasks: [{ ...main, meta: { level: "2" } }, log] })).toBe(
      "destructive",
    );
    expect(kindOf(before, { ...before, tasks: [main, { ...log, meta: { level: "1" } }] })).toBe("in_place");
    const own = { tasks: [main, log].map((task) => ({ ...task, meta: { level: "1" } })) };
    expect(kindOf({ ...own, meta: { level: "2" } }, { ...own, meta: { level: "3" } })).toBe("in_place");
  });
});
