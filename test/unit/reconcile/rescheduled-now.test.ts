import { describe, expect, it } from "vitest";
import {
  type Allocation,
  type DeploymentStatus,
  type ReconcileInput,
  reconcile,
} from "../../../src/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anInput, NOW } from "../a-job.js";
import { called, nodesOf, said, saidOf } from "./said.js";

const reschedule = { delay: 5_000, delayFunction: "exponential", maxDelay: 60_000, unlimited: true } as const;

function ofCount(count: number, more: object = {}) {
  return [aJob({ groups: [aGroup({ count, reschedule, ...more })] })];
}

/** It failed, a minute ago: it is due. */
const failed: Partial<Allocation> = { clientStatus: "failed", modifiedAt: NOW - 60_000 };

describe("what is due (rule 12)", () => {
  it("is replaced and stopped, and the reason says the delay and which try it is", () => {
    const tried = { events: [{ at: NOW - 90_000, delay: 5_000 }] } as const;
    const allocations = [called("a", 0, failed), called("b", 1, { ...failed, reschedule: tried as never })];
    const plan = reconcile(anInput({ versions: ofCount(2), allocations }));
    expect(said(plan)).toEqual([
      "stop a rescheduled",
      "stop b rescheduled",
      "place shop.web[0] for a rescheduled",
      "place shop.web[1] for b rescheduled",
    ]);
    expect(plan.actions.slice(2).map(({ reason }) => reason)).toEqual([
      { code: "rescheduled", delay: 5_000, attempt: 1 },
      { code: "rescheduled", delay: 10_000, attempt: 2 },
    ]);
    expect(plan.groups["web"]).toMatchObject({ rescheduleNow: 2, place: 2, stop: 2 });
  });

  it("is just stopped where enough are held, and those before it are counted (D 36)", () => {
    const allocations = [called("a", 0, failed), called("b", 1, failed), called("c", 2)];
    const plan = reconcile(anInput({ versions: ofCount(2), allocations }));
    expect(said(plan)).toEqual([
      "stop a rescheduled",
      "stop b surplus_failed",
      "ignore c unchanged",
      "place shop.web[0] for a rescheduled",
    ]);
    expect(plan.actions[1]?.reason).toEqual({ code: "surplus_failed", have: 2, need: 2 });
  });

  it("waits while a client has still to stop what is lost, with everything else of the group", () => {
    const versions = ofCount(4, { disconnect: { stopOnClientAfter: 60_000 } });
    const allocations = [called("a", 0, failed), called("b", 1), called("c", 2)];
    const plan = reconcile(anInput({ versions, allocations, nodes: nodesOf("down", "b") }));
    expect(said(plan)).toEqual(["ignore a waiting_for_client", "stop b lost", "ignore c unchanged"]);
    expect(plan.actions[0]?.reason).toEqual({ code: "waiting_for_client", until: NOW + 65_000 });
  });

  const update = { maxParallel: 1, canary: 1 };

  function during(status: DeploymentStatus, more: Partial<ReconcileInput> = {}) {
    return saidOf({
      versions: ofCount(2, { update }),
      allocations: [
        called("a", 0, { ...failed, deploymentId: "deploy-0" }),
        called("b", 1, failed),
        called("c", 2),
      ],
      deployments: [aDeployment({ status, groups: { web: aDeploymentState() } })],
      ...more,
    });
  }

  it("is not replaced while its deployment runs or after that failed", () => {
    expect(during("running").at(0)).toBe("ignore a waiting_for_deployment");
    expect(during("failed").at(0)).toBe("ignore a not_rescheduled_after_failure");
    expect(during("successful").at(0)).toBe("stop a rescheduled");
  });

  it("is replaced while another deployment failed", () => {
    const allocations = [called("a", 0, failed), called("b", 1)];
    expect(during("failed", { allocations })).toEqual([
      "stop a rescheduled",
      "ignore b unchanged",
      "place shop.web[0] for a rescheduled",
    ]);
  });
});
