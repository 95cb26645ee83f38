import { describe, expect, it } from "vitest";
import { reconcile } from "../../../src/index.js";
import { aDeployment, aDeploymentState, aJob, anAllocation, anInput } from "../../unit/a-job.js";
import { withImage } from "../../unit/lifecycle/a-state.js";
import { aGroup, HOUR, ids, MINUTE, midCanary, Story } from "../regressions/a-story.js";
import { decidedOtherwise } from "./decided-otherwise.js";
import { toldOtherwise } from "./told-otherwise.js";

const rolling = { canary: 0, healthCheck: "manual" } as const;

describe("what the plan says of deployments", () => {
  it('D 6: Nomad proposes "successful" for a cancelled deployment and drops it later; here only legal edges are proposed', () => {
    const { nomad, here, vector } = decidedOtherwise(6, "failed-deployment/17");
    expect(vector.input.deployments).toContainEqual(
      expect.objectContaining({ id: "deploy-3", status: "cancelled" }),
    );
    expect(nomad["deploymentUpdates"]).toMatchObject([{ id: "deploy-3", status: "successful" }]);
    expect(here["deploymentUpdates"]).toEqual([]);
  });

  it("D 6: Nomad proposes it for a failed one too; here that is never left again", () => {
    const { nomad, here, vector } = decidedOtherwise(6, "failed-deployment/10");
    expect(vector.input.deployments).toMatchObject([{ id: "deploy-3", status: "failed" }]);
    expect(nomad["deploymentUpdates"]).toMatchObject([{ id: "deploy-3", status: "successful" }]);
    expect(here["deploymentUpdates"]).toEqual([]);
  });

  it("D 7: Nomad attaches a group's new state to the current deployment in memory and does not persist it; here the plan carries the changed deployment", () => {
    const { nomad, here } = decidedOtherwise(7, "inplace/9");
    const wanted = { web: { desiredCanaries: 1 } };
    expect(nomad["currentDeploymentGroups"]).toMatchObject(wanted);
    expect(nomad["deployment"]).toBeNull();
    expect(here["deployment"]).toMatchObject({ id: "deploy-3", groups: wanted });
  });

  it("D 32: for an initializing, complete deployment Nomad proposes both `successful` and `pending`; here `pending`", () => {
    const { nomad, here } = decidedOtherwise(32, "spec-questions/initializing-and-complete");
    expect(nomad["deploymentUpdates"]).toMatchObject([{ status: "pending" }, { status: "successful" }]);
    expect(here["deploymentUpdates"]).toMatchObject([{ status: "pending" }]);
  });

  it("D 39: for Nomad a deployment is successful when a counter of once-healthy allocations is high enough; here when that many live ones are healthy", () => {
    const { nomad, here, vector } = decidedOtherwise(39, "walk-disconnect/2-3");
    expect(vector.input.allocations).toMatchObject([
      { clientStatus: "failed", deploymentStatus: { healthy: true } },
    ]);
    expect(nomad["deploymentUpdates"]).toMatchObject([{ id: "deploy-2", status: "successful" }]);
    expect(here["deploymentUpdates"]).toEqual([]);
  });

  it("D 39: Nomad does not wait for pending replacements either; here the deployment succeeds with the replacement's health", () => {
    const story = new Story();
    story.submit(aGroup("only", { count: 2, update: rolling }));
    const [first = "", second = ""] = ids(story.live());
    story.report({ healthy: [first] });
    story.crash(first);
    story.report({ healthy: [second] });
    story.pass(MINUTE);
    expect(story.deployment).toMatchObject({ status: "running", groups: { api: { healthyAllocs: 2 } } });

    story.report({ healthy: ids(story.live()) });
    expect(story.deployment.status).toBe("successful");
  });

  it("D 47: in Nomad canaries of a deployment before the latest, whose stop was lost on the way, become ordinary and a stable one is stopped for them; here they are always cancelled", () => {
    const update = { canary: 1 };
    const canary = (version: number, nodeId: string) =>
      anAllocation(version, {
        id: `canary-${version}`,
        jobVersion: version,
        nodeId,
        deploymentId: `deploy-${version}`,
        deploymentStatus: { canary: true },
      });
    const rollout = (version: number, status: "cancelled" | "running") =>
      aDeployment({
        id: `deploy-${version}`,
        jobVersion: version,
        status,
        createIndex: 11 + 10 * version,
        groups: { web: aDeploymentState({ desiredCanaries: 1, placedCanaries: [`canary-${version}`] }) },
      });
    const { actions } = reconcile(
      anInput({
        versions: [0, 1, 2].map((version) =>
          aJob({
            version,
            modifyIndex: 10 + 10 * version,
            groups: [withImage(`image:${version}`, { update })],
          }),
        ),
        allocations: [0, 1, 2]
          .map((index) => anAllocation(index))
          .concat(canary(1, "node-8"), canary(2, "node-9")),
        deployments: [rollout(1, "cancelled"), rollout(2, "running")],
      }),
    );

    // Nomad: five for four places, and the one to go is stable.
    expect(actions.filter(({ kind }) => kind !== "ignore")).toMatchObject([
      {
        kind: "stop",
        allocationId: "canary-1",
        reason: { code: "canary_cancelled", deploymentId: "deploy-1" },
      },
    ]);
  });
});

describe("what a deployment counts", () => {
  it("D 19: Nomad's `desiredTotal` is what the first plan touched, more than the count while replacements of unknown ones are about, so that it never succeeds; here it is the count", () => {
    const { recorded, ours } = toldOtherwise("17c-disconnect", "11-end-deployment-still-running");
    expect(recorded.deployments[0]).toBe("1 running");
    expect(ours.deployments[0]).toBe("1 successful");

    const patient = { disconnect: { lostAfter: HOUR }, update: { canary: 0 } };
    const story = Story.running(aGroup("old", patient));
    story.nodeOf(story.first(0), "disconnected");
    story.pass(MINUTE);
    story.submit(aGroup("new", patient));
    expect(story.deployment.groups["api"]?.desiredTotal).toBe(3); // Nomad: 4
  });

  it("D 19: after a failure Nomad's first plan touches fewer; here the count is wanted all the same", () => {
    const story = Story.running(aGroup("old", { update: { canary: 0 } }));
    story.crash(story.first(0).id);
    story.submit(aGroup("new", { update: { canary: 0 } }));
    expect(story.deployment.groups["api"]?.desiredTotal).toBe(3);
  });

  it("D 21: Nomad goes on changing the counters of terminal deployments; here they stay as they were", () => {
    const story = Story.running(aGroup("old"));
    story.submit(aGroup("new", { update: { canary: 0, maxParallel: 2 } }));
    const placed = story.live(1);
    story.fail();
    const { groups } = story.deployment;
    expect(groups["api"]).toMatchObject({ placedAllocs: 2, healthyAllocs: 0, unhealthyAllocs: 0 });

    story.pass(MINUTE);
    story.crash(placed[0]?.id ?? "");
    story.pass(HOUR);

    expect(story.deployment).toMatchObject({ status: "failed", groups });
  });

  it("D 21: Nomad counts the replacement of a stable one to its successful deployment; here that keeps its numbers", () => {
    const story = midCanary();
    const successful = () => story.deployments.find(({ jobVersion }) => jobVersion === 0);
    const before = successful();
    expect(before).toMatchObject({ status: "successful", groups: { api: { placedAllocs: 3 } } });

    story.nodeOf(story.first(0), "down");
    expect(story.live(0).map(({ deploymentId }) => deploymentId)).toEqual(Array(3).fill(before?.id));
    story.pass(MINUTE);

    expect(successful()).toBe(before); // Nomad: placed 4
  });
});
