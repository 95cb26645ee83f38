import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type Job, type TaskGroup, type UpdateStrategy, validateJob } from "../../../src/index.js";
import { aGroup, aJob } from "../a-job.js";

function judged(job: Job): { issues: string[]; warnings: string[] } {
  const { issues, warnings } = validateJob(job);
  const told = (list: typeof issues): string[] => list.map(({ code, path }) => `${code} ${path}`);
  return { issues: told(issues), warnings: told(warnings) };
}

function withUpdate(update: UpdateStrategy, more: Partial<TaskGroup> = {}): Job {
  return aJob({ groups: [aGroup({ update, ...more })] });
}

const UPDATE = "$.groups[0].update";

describe("validateJob", () => {
  it("accepts the user's own update block as it is written (D 15)", () => {
    const specification: Job = {
      ...JSON.parse(readFileSync(new URL("../../../docs/examples/docs-job.json", import.meta.url), "utf8")),
      version: 0,
      createIndex: 1,
      modifyIndex: 1,
    };
    expect(judged(specification)).toEqual({ issues: [], warnings: [] });
  });

  it.each<[string, Job, string]>([
    [
      "canary without a strategy (D 12)",
      withUpdate({ maxParallel: 0, canary: 1 }),
      `canary_without_update ${UPDATE}.canary`,
    ],
    ["promotion of nothing", withUpdate({ autoPromote: true }), `promotes_nothing ${UPDATE}.autoPromote`],
    [
      "no time to become healthy",
      withUpdate({ healthyDeadline: 0, minHealthyTime: 0 }),
      `no_healthy_deadline ${UPDATE}.healthyDeadline`,
    ],
    [
      "longer well than there is time",
      withUpdate({ minHealthyTime: 300_000 }),
      `healthy_time_too_long ${UPDATE}.minHealthyTime`,
    ],
    [
      "a progress deadline not above the healthy one",
      withUpdate({ healthyDeadline: 600_000, progressDeadline: 600_000 }),
      `progress_deadline_too_short ${UPDATE}.progressDeadline`,
    ],
    [
      "a task that stops too slowly",
      withUpdate({}, { tasks: [{ name: "main", killTimeout: 600_001 }] }),
      "kill_timeout_too_long $.groups[0].tasks[0].killTimeout",
    ],
    [
      "an update block on a batch job",
      { ...withUpdate({}), type: "batch" },
      `update_on_batch ${UPDATE}.maxParallel`,
    ],
    ["no group", aJob({ groups: [] }), "no_group $.groups"],
    ["no task", aJob({ groups: [aGroup({ tasks: [] })] }), "no_task $.groups[0].tasks"],
    ["two groups of one name", aJob({ groups: [aGroup(), aGroup()] }), "duplicate_name $.groups[1].name"],
    [
      "two tasks of one name",
      aJob({ groups: [aGroup({ tasks: [{ name: "a" }, { name: "a" }] })] }),
      "duplicate_name $.groups[0].tasks[1].name",
    ],
    ["a priority out of range", aJob({ priority: 101 }), "bad_priority $.priority"],
    [
      "a count beyond every index",
      aJob({ groups: [aGroup({ count: 2 ** 31 })] }),
      "count_too_large $.groups[0].count",
    ],
    ["something misshapen", aJob({ groups: [aGroup({ count: -1 })] }), "negative $.groups[0].count"],
  ])("refuses %s", (_, job, issue) => expect(judged(job).issues).toEqual([issue]));

  it.each<[string, Job]>([
    [
      "no progress deadline",
      withUpdate({ progressDeadline: 0 }, { tasks: [{ name: "main", killTimeout: 10 ** 9 }] }),
    ],
    [
      "a healthy deadline beyond the default progress deadline (D 15)",
      withUpdate({ healthyDeadline: 3_600_000 }),
    ],
    ["no strategy", withUpdate({ maxParallel: 0 })],
  ])("accepts %s", (_, job) => expect(judged(job).issues).toEqual([]));

  it("warns of what is probably not meant", () => {
    expect(judged(withUpdate({ maxParallel: 4 })).warnings).toEqual([
      `max_parallel_above_count ${UPDATE}.maxParallel`,
    ]);
    const automatic = aGroup({ name: "api", update: { canary: 1, autoPromote: true } });
    const byHand = aGroup({ update: { canary: 1 } });
    expect(judged(aJob({ groups: [automatic, byHand] })).warnings).toEqual([
      "mixed_promotion $.groups[1].update.autoPromote",
    ]);
    const misplaced = aJob({
      update: { canary: 1 },
      groups: [aGroup({ updates: { canary: 1 }, max_parallel: 1, reschedule_policy: {} })],
    });
    expect(judged(misplaced).warnings).toEqual([
      "unread_key $.update",
      "unread_key $.groups[0].updates",
      "unread_key $.groups[0].reschedule_policy",
    ]);
  });
});
