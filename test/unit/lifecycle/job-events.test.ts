import { describe, expect, it } from "vitest";
import { migrate, rollbackTarget, scale, submit, tag, untag } from "../../../src/index.js";
import { aDeployment, aGroup, aJob, NOW } from "../a-job.js";
import { aState, refusalOf } from "./a-state.js";

describe("jobs", () => {
  const specification = { id: "shop", type: "service" } as const;

  it("a check-index that is stale says why", () => {
    const stale = (checkIndex: number, state = aState()) =>
      refusalOf(() => submit(state, { job: { ...specification, groups: [aGroup()] }, checkIndex, now: NOW }))
        .message;
    expect(stale(0)).toBe(
      "The check-index is 0, but the job exists already: the job's modify index is 10. Look at it first.",
    );
    expect(stale(9)).toBe(
      "The check-index is 9, but the job's modify index is 10: somebody changed it since. Look at it again.",
    );
    expect(stale(50)).toBe(
      "The check-index is 50, but the job's modify index is 10. It is the `modifyIndex` of the current version, not the state's index.",
    );
  });

  it("a specification with many faults shows three, and says how many more there are", () => {
    const faulty = (names: readonly string[]) => {
      const groups = names.map((name) => aGroup({ name, tasks: [] }));
      const refusal = refusalOf(() => submit(aState(), { job: { ...specification, groups }, now: NOW }));
      expect(refusal.details["issues"]).toHaveLength(names.length);
      return refusal.message.replace("The specification is not valid. ", "");
    };
    expect(
      faulty(["a", "b", "c"])
        .split("; ")
        .map((one) => one.split(":")[0]),
    ).toEqual(["$.groups[0].tasks", "$.groups[1].tasks", "$.groups[2].tasks"]);
    expect(faulty(["a", "b", "c"])).not.toContain("more");
    expect(faulty(["a", "b", "c", "d", "e"])).toMatch(/ \.\.\. and 2 more$/);
    expect(faulty(["a", "b", "c", "d", "e"])).not.toContain("groups[3]");
  });

  it("the same specification is a new try only after the latest deployment of that version failed", () => {
    const tries = (...statuses: readonly ("failed" | "successful")[]) => {
      const deployments = statuses.map((status, n) =>
        aDeployment({ id: `d-${n}`, createIndex: 11 + n, status }),
      );
      const state = aState({
        deployments: [
          ...deployments,
          aDeployment({ id: "z", jobVersion: 7, createIndex: 99, status: "failed" }),
        ],
      });
      const changed = submit(state, { job: aJob(), now: NOW }).changed;
      expect(
        submit({ ...state, deployments: state.deployments.toReversed() }, { job: aJob(), now: NOW }).changed,
      ).toBe(changed);
      return changed;
    };
    const state = aState({
      versions: [
        aJob({ groups: [aGroup({ reschedule: { delay: 1, delayFunction: "constant", unlimited: true } })] }),
      ],
    });
    expect(submit(state, { job: state.versions[0] ?? aJob(), now: NOW }).changed).toBe(false);
    expect(tries("failed", "successful")).toBe(false);
    expect(tries("successful", "failed")).toBe(true);
    expect(tries()).toBe(false);
  });

  it("what a batch job moves runs again elsewhere, unless that is not wanted", () => {
    const moved = (batch?: "run_again" | "not_again") => {
      const state = aState({ versions: [aJob({ type: "batch" })] });
      const event = { allocationIds: ["allocation-0"], now: NOW, ...(batch && { batch }) };
      return migrate(state, event).state.allocations[0]?.desiredTransition;
    };
    expect(moved()).toEqual({ migrate: true, reschedule: true });
    expect(moved("run_again")).toEqual({ migrate: true, reschedule: true });
    expect(moved("not_again")).toEqual({ migrate: true, disableMigrationPlacement: true });
  });

  it("a count beyond every name is refused, and the largest is not", () => {
    const to = (count: number) => () => scale(aState(), { group: "web", count, now: NOW });
    expect(refusalOf(to(2_000_001)).code).toBe("bad_number");
    expect(to(2_000_000)().changed).toBe(true);
    expect(
      refusalOf(() =>
        scale(aState({ versions: [aJob({ groups: [aGroup(), aGroup({ name: "api" })] })] }), {
          group: "db",
          count: 1,
          now: NOW,
        }),
      ).message,
    ).toBe('Job "shop" has no group "db"; it has "web", "api".');
  });

  it("a tag is another registration's business, and only the bearer loses it", () => {
    const earlier = aJob({ createIndex: 2, modifyIndex: 3, tag: "old" });
    const state = aState({
      versions: [earlier, aJob({ tag: "a" }), aJob({ version: 1, modifyIndex: 20, tag: "b" })],
    });
    expect(refusalOf(() => untag(state, { tag: "old", now: NOW })).code).toBe("unknown_tag");
    expect(tag(state, { version: 1, tag: "old", now: NOW }).state.versions.at(-1)?.tag).toBe("old");
    expect(
      untag(state, { tag: "a", now: NOW })
        .state.versions.map((job) => job.tag)
        .filter(Boolean),
    ).toEqual(["b"]);
  });

  it("a rollback goes to the newest stable version, in whatever order they come", () => {
    const versions = [0, 1, 2].map((version) =>
      aJob({ version, modifyIndex: 10 + version, stable: version < 2, priority: 50 + version }),
    );
    for (const known of [versions, versions.toReversed()]) {
      expect(rollbackTarget(known)).toMatchObject({ kind: "version", job: { version: 1 } });
    }
    expect(rollbackTarget([])).toEqual({ kind: "no_stable_version" });
  });
});
