import { describe, expect, it } from "vitest";
import { diffOf, type GroupDiff } from "../../../src/explain/index.js";
import type { TaskGroup } from "../../../src/index.js";
import { aGroup, aJob } from "../a-job.js";

/** What changes in the group `web` when this is said of it. */
function webDiff(from: Partial<TaskGroup>, to: Partial<TaskGroup>): GroupDiff | undefined {
  const { groups } = diffOf(
    aJob({ groups: [aGroup(from)] }),
    aJob({ modifyIndex: 20, groups: [aGroup(to)] }),
  );
  return groups[0];
}

describe("a diff", () => {
  it("says of each property what it alone would force", () => {
    const diff = webDiff(
      { restart: { attempts: 2, renderTemplates: false }, meta: { a: "1" } },
      { restart: { attempts: 3, renderTemplates: true, mode: "fail" }, shutdownDelay: 5, count: 4 },
    );
    expect(diff?.fields).toEqual([
      { kind: "edited", name: "count", forces: "create", from: 3, to: 4 },
      { kind: "added", name: "shutdownDelay", forces: "in_place", to: 5 },
    ]);
    expect(diff?.blocks).toEqual([
      {
        kind: "deleted",
        name: "meta",
        forces: "create_destroy",
        fields: [{ kind: "deleted", name: "a", forces: "create_destroy", from: "1" }],
        blocks: [],
      },
      {
        kind: "edited",
        name: "restart",
        forces: "create_destroy",
        fields: [
          { kind: "edited", name: "attempts", forces: "in_place", from: 2, to: 3 },
          { kind: "added", name: "mode", forces: "in_place", to: "fail" },
          { kind: "edited", name: "renderTemplates", forces: "create_destroy", from: false, to: true },
        ],
        blocks: [],
      },
    ]);
    expect([diff?.kind, diff?.forces, diff?.because?.path]).toEqual([
      "edited",
      "create_destroy",
      "restart.renderTemplates",
    ]);
  });

  it("keeps in an edited block what stays, and leaves out blocks that stay", () => {
    const update = { canary: 1, maxParallel: 2 };
    const diff = webDiff(
      { update, migrate: { maxParallel: 1 } },
      { update: { ...update, canary: 2 }, migrate: { maxParallel: 1 } },
    );
    expect(diff?.blocks.map(({ name, fields }) => [name, fields.map(({ kind }) => kind)])).toEqual([
      ["update", ["edited", "none"]],
    ]);
  });

  it("pairs the blocks of a list: the same, then of one name, then in order", () => {
    const from = [
      { name: "a", port: 1 },
      { name: "b", port: 2 },
      { name: "c", port: 3 },
    ];
    const to = [{ name: "c", port: 3 }, { name: "d", port: 1 }, { name: "b", port: 9 }, { name: "e" }];
    const blocks = webDiff({ services: from }, { services: to })?.blocks ?? [];
    expect(
      blocks.map(({ kind, fields }) => [kind, ...fields.map(({ from: was, to: is }) => [was, is])]),
    ).toEqual([
      ["edited", ["a", "d"], [1, 1]],
      ["edited", ["b", "b"], [2, 9]],
      ["added", [undefined, "e"]],
    ]);
    expect(blocks.map(({ name, forces }) => [name, forces])).toEqual(Array(3).fill(["services", "in_place"]));
  });

  it("asks of a list's blocks one by one", () => {
    const blocks =
      webDiff(
        { services: [{ name: "a" }, { name: "b" }] },
        {
          services: [
            { name: "a", port: 1 },
            { name: "b", connect: {} },
          ],
        },
      )?.blocks ?? [];
    expect(blocks.map(({ forces }) => forces)).toEqual(["in_place", "create_destroy"]);
  });

  it("shows a list of values as a block of them", () => {
    const { blocks } = diffOf(aJob({ datacenters: ["dc1", "dc2"] }), aJob({ datacenters: ["dc2", "dc3"] }));
    expect(blocks).toEqual([
      {
        kind: "edited",
        name: "datacenters",
        forces: "in_place",
        fields: [
          { kind: "deleted", name: "datacenters", forces: "in_place", from: "dc1" },
          { kind: "none", name: "datacenters", forces: "none", from: "dc2", to: "dc2" },
          { kind: "added", name: "datacenters", forces: "in_place", to: "dc3" },
        ],
        blocks: [],
      },
    ]);
  });

  it("shows every task, and what is forced by those that come and go", () => {
    const side = { name: "side" };
    const main = { name: "main", config: { image: "image:1" }, killTimeout: 5_000 };
    const diff = webDiff({ tasks: [main] }, { tasks: [side, { ...main, killTimeout: 6_000 }] });
    expect(diff?.tasks.map(({ kind, name, forces }) => [kind, name, forces])).toEqual([
      ["edited", "main", "in_place"],
      ["added", "side", "create_destroy"],
    ]);
    const gone = webDiff({ tasks: [main, side] }, { tasks: [main] })?.tasks;
    expect(gone?.map(({ kind, forces }) => [kind, forces])).toEqual([
      ["none", "none"],
      ["deleted", "create_destroy"],
    ]);
  });

  it("knows what a job means by saying nothing, and what the state gives it", () => {
    const before = aJob();
    const after = aJob({
      version: 1,
      modifyIndex: 20,
      stable: true,
      priority: 50,
      namespace: "default",
      stop: false,
    });
    expect(diffOf(before, after).kind).toBe("none");
    expect(diffOf(before, after).groups[0]?.forces).toBe("in_place");
    expect(diffOf(undefined, undefined).kind).toBe("none");
  });

  it("takes nothing that an object inherits for something that was said", () => {
    const own = { constructor: "x" };
    const side = { name: "main", ...own };
    const { fields, groups } = diffOf(
      aJob(),
      aJob({ modifyIndex: 20, ...own, groups: [aGroup({ ...own, tasks: [side] })] }),
    );
    const added = { kind: "added", name: "constructor", to: "x" };
    expect(fields).toMatchObject([added]);
    expect(groups[0]?.fields).toMatchObject([added]);
    expect(groups[0]?.tasks[0]?.fields).toMatchObject([added]);
    expect(fields[0]).not.toHaveProperty("from");
  });

  it("says of the job's own meta the most that it forces of any group", () => {
    const hidden = aGroup({ name: "api", meta: { owner: "api" } });
    const before = aJob({ groups: [hidden] });
    const after = aJob({ modifyIndex: 20, meta: { owner: "shop" }, groups: [hidden] });
    expect(diffOf(before, after).blocks[0]?.forces).toBe("in_place");
    const both = diffOf(aJob({ groups: [aGroup(), hidden] }), { ...after, groups: [aGroup(), hidden] });
    expect(both.blocks[0]?.forces).toBe("create_destroy");
    expect(both.groups.map(({ name, kind, forces }) => [name, kind, forces])).toEqual([
      ["api", "none", "in_place"],
      ["web", "none", "create_destroy"],
    ]);
  });
});
