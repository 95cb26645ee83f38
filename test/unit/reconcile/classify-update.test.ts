import { describe, expect, it } from "vitest";
import { classifyUpdate, type Job, reconcile, type TaskGroup } from "../../../src/index.js";
import { GROUP_IN_PLACE_SAFE, TASK_IN_PLACE_SAFE } from "../../../src/reconcile/in-place-safe.js";
import { aGroup, aJob, anInput } from "../a-job.js";

function answer(
  from: Partial<TaskGroup>,
  to: Partial<TaskGroup>,
  jobs: [Partial<Job>, Partial<Job>] = [{}, {}],
) {
  return classifyUpdate({
    group: "web",
    from: { job: aJob(jobs[0]), group: aGroup(from) },
    to: { job: aJob(jobs[1]), group: aGroup(to) },
  });
}

function task(more: object): TaskGroup["tasks"] {
  return [{ name: "main", ...more }];
}

describe("what a change means for a running allocation", () => {
  it.each(
    Object.keys(GROUP_IN_PLACE_SAFE).filter((key) => GROUP_IN_PLACE_SAFE[key] === true && key !== "count"),
  )("a group's %s changes in place", (key) =>
    expect(answer({ [key]: { a: 1 } }, { [key]: { a: 2 } })).toEqual({ kind: "in_place" }),
  );

  it.each(Object.keys(TASK_IN_PLACE_SAFE).filter((key) => TASK_IN_PLACE_SAFE[key] === true))(
    "a task's %s changes in place",
    (key) =>
      expect(answer({ tasks: task({ [key]: { a: 1 } }) }, { tasks: task({ [key]: { a: 2 } }) })).toEqual({
        kind: "in_place",
      }),
  );

  it.each<[string, Partial<TaskGroup>, Partial<TaskGroup>, string, unknown, unknown]>([
    [
      "an image",
      { tasks: task({ config: { image: "a" } }) },
      { tasks: task({ config: { image: "b" } }) },
      "tasks.main.config.image",
      "a",
      "b",
    ],
    ["a property nobody has heard of", {}, { sorcery: 1 }, "sorcery", undefined, 1],
    ["one that is gone", { networks: [{ mode: "host" }] }, {}, "networks", [{ mode: "host" }], undefined],
    [
      "deep in a list",
      { networks: [{ ports: [1, 2] }] },
      { networks: [{ ports: [1, 3] }] },
      "networks[0].ports[1]",
      2,
      3,
    ],
    ["a task more", {}, { tasks: [...aGroup().tasks, { name: "log" }] }, "tasks.log", undefined, "log"],
    ["a task less", { tasks: [...aGroup().tasks, { name: "log" }] }, {}, "tasks.log", "log", undefined],
    [
      "templates rendered on restart",
      { restart: { renderTemplates: false } },
      { restart: { renderTemplates: true } },
      "restart.renderTemplates",
      false,
      true,
    ],
    [
      "logs switched off",
      { tasks: task({ logs: {} }) },
      { tasks: task({ logs: { disabled: true } }) },
      "tasks.main.logs.disabled",
      undefined,
      true,
    ],
    [
      "a service's connect",
      { services: [{ connect: { native: true } }] },
      { services: [{}] },
      "services.connect",
      [{ native: true }],
      undefined,
    ],
    ["a key like an inherited one", { constructor: "a" } as object, {}, "constructor", "a", undefined],
  ])("destructive: %s, and says where", (_, from, to, path, before, after) => {
    expect(answer(from, to)).toEqual({
      kind: "destructive",
      change: {
        path,
        ...(before === undefined ? {} : { from: before }),
        ...(after === undefined ? {} : { to: after }),
      },
    });
  });

  it("restart, logs and services change in place but for those parts; tasks in another order are the same", () => {
    expect(answer({ restart: { attempts: 1 } }, { restart: { attempts: 2 } }).kind).toBe("in_place");
    expect(answer({ services: [{ port: 1 }] }, { services: [{ port: 2 }, { port: 3 }] }).kind).toBe(
      "in_place",
    );
    const [one, two] = [{ name: "main" }, { name: "log" }];
    expect(answer({ tasks: [one, two] }, { tasks: [two, one] }).kind).toBe("in_place");
  });

  it("only the meta that a task sees is compared", () => {
    const moved = answer(
      { meta: { a: "1" } },
      { tasks: task({ meta: { a: "1" }, config: { image: "image:1" } }) },
    );
    expect(moved.kind).toBe("in_place");
    expect(answer({}, {}, [{ meta: { a: "1" } }, { meta: { a: "2" } }])).toEqual({
      kind: "destructive",
      change: { path: "tasks.main.meta.a", from: "1", to: "2" },
    });
    expect(
      answer({ meta: { a: "0" } }, { meta: { a: "0" } }, [{ meta: { a: "1" } }, { meta: { a: "2" } }]).kind,
    ).toBe("in_place");
  });

  it("the caller's own function decides instead, once per version, and may refuse where one runs", () => {
    const asked: string[] = [];
    const changed = aJob({ version: 1, modifyIndex: 11, groups: [aGroup({ sorcery: 1 })] });
    const input = anInput({ versions: [aJob(), changed] });
    const classify = (): { kind: "in_place" } => {
      asked.push("once");
      return { kind: "in_place" };
    };
    const plan = reconcile({
      ...input,
      policy: { classifyUpdate: classify, canUpdateInPlace: ({ id }) => id !== "allocation-1" },
    });
    expect(asked).toEqual(["once"]);
    expect(plan.actions.map(({ kind }) => kind)).toEqual(["update", "replace", "update"]);
  });
});
