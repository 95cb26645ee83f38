import { describe, expect, it } from "vitest";
import { preview } from "../../../src/explain/index.js";
import {
  emptyJobState,
  type Job,
  type JobSpecification,
  type JobState,
  type TaskGroup,
} from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anAllocation, NOW } from "../a-job.js";
import { refusalOf } from "../lifecycle/a-state.js";

/** Version 0 runs three; the rest can be said otherwise. */
function running(more: Partial<JobState> = {}, job: Partial<Job> = {}): JobState {
  return {
    ...emptyJobState(30),
    versions: [aJob(job)],
    allocations: [0, 1, 2].map((index) => anAllocation(index)),
    deployments: [],
    ...more,
  };
}

function withGroup(more: Partial<TaskGroup>): JobSpecification {
  return aJob({ groups: [aGroup(more)] });
}

const newImage = { tasks: [{ name: "main", config: { image: "image:2" } }] };
const world = { now: NOW };

describe("a preview", () => {
  it("of a new job: everything is made, and nothing was looked at before", () => {
    const seen = preview(emptyJobState(), { kind: "submit", job: aJob() }, world);
    expect(seen).toMatchObject({ jobId: "shop", isChange: true, checkIndex: 0, warnings: [] });
    expect(seen.diff).toMatchObject({ kind: "added", groups: [{ kind: "added", forces: "create" }] });
    expect(seen.groups[0]?.placed).toEqual(["shop.web[0]", "shop.web[1]", "shop.web[2]"]);
  });

  it("of a rolling update: one is replaced, two in a later wave", () => {
    const job = withGroup({ ...newImage, update: { maxParallel: 1 } });
    const seen = preview(running(), { kind: "submit", job }, world);
    expect(seen.checkIndex).toBe(10);
    expect(seen.groups[0]?.allocations).toMatchObject({
      replaced: ["allocation-0"],
      deferred: ["allocation-1", "allocation-2"],
      held: [],
    });
    expect(seen.plan.madeFrom.evaluationId).toBe("preview");
  });

  it("of canaries: three are held, and of a count alone: none is", () => {
    const job = withGroup({ ...newImage, update: { canary: 1 } });
    const [web] = preview(running(), { kind: "submit", job }, world).groups;
    expect(web?.allocations.held).toHaveLength(3);
    expect([web?.canaries, web?.placed]).toEqual([["shop.web[0]"], []]);
    const [scaled] = preview(running(), { kind: "scale", group: "web", count: 2 }, world).groups;
    expect(scaled?.allocations).toMatchObject({
      stopped: ["allocation-2"],
      updated: ["allocation-0", "allocation-1"],
    });
  });

  it("of what ended, moves, comes and goes", () => {
    const allocations = [
      anAllocation(0, { clientStatus: "complete", desiredStatus: "stop" }),
      anAllocation(1, { desiredTransition: { migrate: true } }),
      anAllocation(2),
    ];
    const nodes = [
      { id: "node-1", status: "ready", drain: true },
      { id: "node-2", status: "disconnected" },
    ] as const;
    const groups = [aGroup({ disconnect: { lostAfter: 60_000 } })];
    const state = running({ allocations }, { groups });
    const change = { kind: "submit", job: aJob({ groups }) } as const;
    const [web] = preview(state, change, { ...world, nodes }).groups;
    expect(web?.allocations).toMatchObject({
      history: ["allocation-0"],
      moved: ["allocation-1"],
      disconnected: ["allocation-2"],
    });
    expect(preview({ ...state, nodes }, change, world).groups).toEqual(
      preview(state, change, { ...world, nodes }).groups,
    );
  });

  it("of the same specification changes nothing and says what would be done anyway", () => {
    const seen = preview(running(), { kind: "submit", job: aJob() }, world);
    expect(seen.isChange).toBe(false);
    expect(seen.diff.groups[0]?.forces).toBe("none");
    expect(seen.groups[0]?.allocations.unchanged).toHaveLength(3);
  });

  it("of a new try after a failure: nothing differs, and everything is adopted", () => {
    const deployments = [aDeployment({ status: "failed" })];
    const seen = preview(running({ deployments }), { kind: "submit", job: aJob() }, world);
    expect(seen.isChange).toBe(true);
    expect([seen.diff.kind, seen.diff.groups[0]?.forces]).toEqual(["none", "in_place"]);
    expect(seen.groups[0]?.allocations.updated).toHaveLength(3);
  });

  it("of stopping and of purging", () => {
    const stopped = preview(running(), { kind: "stop_job" }, world);
    expect(stopped.diff.fields).toEqual([
      { kind: "edited", name: "stop", forces: "destroy", from: false, to: true },
    ]);
    expect(stopped.diff.groups[0]).toMatchObject({ kind: "none", forces: "destroy" });
    expect(stopped.groups[0]?.allocations.stopped).toHaveLength(3);
    const purged = preview(running(), { kind: "stop_job", purge: true }, world);
    expect(purged.diff).toMatchObject({ kind: "deleted", groups: [{ kind: "deleted", forces: "destroy" }] });
    const restarted = preview(
      running({ allocations: [] }, { stop: true }),
      { kind: "submit", job: aJob() },
      world,
    );
    expect(restarted.diff.fields).toMatchObject([{ name: "stop", forces: "create", from: true, to: false }]);
  });

  it("asks the caller's policy, of the whole and of each part", () => {
    const job = withGroup({ count: 3, killer: "9", calm: "1" });
    const policy = {
      classifyUpdate: ({ to }: { readonly to: { readonly group: TaskGroup } }) =>
        to.group["killer"] === "9"
          ? ({ kind: "destructive", change: { path: "killer" } } as const)
          : ({ kind: "in_place" } as const),
    };
    const { diff, groups } = preview(running(), { kind: "submit", job }, { ...world, policy });
    expect(diff.groups[0]).toMatchObject({
      forces: "create_destroy",
      because: { path: "killer" },
      fields: [
        { name: "calm", kind: "added", forces: "in_place", to: "1" },
        { name: "killer", kind: "added", forces: "create_destroy", to: "9" },
      ],
    });
    expect(groups[0]?.allocations.replaced).toHaveLength(3);
  });

  it("is refused as the change is", () => {
    const change = { kind: "submit", job: aJob(), checkIndex: 9 } as const;
    expect(refusalOf(() => preview(running(), change, world)).code).toBe("stale_check_index");
    expect(refusalOf(() => preview(emptyJobState(), { kind: "stop_job" }, world)).code).toBe("unknown_job");
  });
});

describe("the warnings of a preview", () => {
  const codes = (state: JobState, job: JobSpecification, policy = {}): readonly string[] =>
    preview(state, { kind: "submit", job }, { ...world, policy }).warnings.map(({ code }) => code);
  const stable = running({}, { stable: true });

  it("a rollback without a version to go back to - but not of a first version", () => {
    const job = withGroup({ ...newImage, update: { autoRevert: true } });
    expect(codes(running(), job)).toEqual(["nothing_to_revert_to"]);
    expect(codes(stable, job)).toEqual([]);
    expect(codes(emptyJobState(), job)).toEqual([]);
  });

  it("more canaries than the group has", () => {
    expect(codes(stable, withGroup({ ...newImage, update: { canary: 4 } }))).toEqual(["canary_above_count"]);
    expect(codes(stable, withGroup({ ...newImage, update: { canary: 3 } }))).toEqual([]);
  });

  it("a lowered count together with canaries, unless the count is held", () => {
    const job = withGroup({ ...newImage, count: 2, update: { canary: 1 } });
    expect(codes(stable, job)).toEqual(["count_lowered_with_canaries"]);
    expect(codes(stable, job, { holdCountUntilPromoted: true })).toEqual([]);
    expect(codes(stable, withGroup({ count: 2 }))).toEqual([]);
  });

  it("a group that only got another name", () => {
    expect(codes(stable, withGroup({ name: "front" }))).toEqual(["group_renamed"]);
    expect(codes(stable, withGroup({ name: "front", tasks: [{ name: "other" }] }))).toEqual([]);
  });

  it("after those of the change itself, with a path and a sentence", () => {
    const job = withGroup({ ...newImage, update: { canary: 4, maxParallel: 9 } });
    const { warnings } = preview(stable, { kind: "submit", job }, world);
    expect(warnings.map(({ code, path }) => [code, path])).toEqual([
      ["max_parallel_above_count", "$.groups[0].update.maxParallel"],
      ["canary_above_count", "$.groups[0].update.canary"],
    ]);
    expect(warnings[1]?.message).toMatch(/^group "web": canary \(4\) is above count \(3\)/);
  });

  it("none where nothing changes, nor of a job that stops", () => {
    const asked = running({}, { groups: [aGroup({ update: { canary: 4 } })] });
    expect(codes(asked, asked.versions[0] ?? aJob())).toEqual([]);
    expect(preview(asked, { kind: "stop_job" }, world).warnings).toEqual([]);
  });

  it("waits are held, whatever they wait for", () => {
    const groups = [aGroup({ update: { canary: 1 } })];
    const state = running({
      versions: [
        aJob({ groups }),
        aJob({ version: 1, modifyIndex: 20, groups: [aGroup({ ...newImage, update: { canary: 1 } })] }),
      ],
      deployments: [
        aDeployment({
          jobVersion: 1,
          jobModifyIndex: 20,
          status: "paused",
          groups: { web: aDeploymentState({ desiredCanaries: 1 }) },
        }),
      ],
    });
    const job = state.versions[1] ?? aJob();
    const [web] = preview(state, { kind: "submit", job }, world).groups;
    expect(web?.allocations.held).toHaveLength(3);
  });
});
