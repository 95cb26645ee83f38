import { describe, expect, it } from "vitest";
import type { Rollout } from "../../docs/examples/rollout.js";
import { emptyJobState, transition, type UpdateStrategy } from "../../src/index.js";
import { docsJob, line, MINUTE, reportAll, row, running13, SECOND, summary, undecided } from "./docs-job.js";

const one: { update: UpdateStrategy } = { update: { canary: 1 } };

/** 1.4 is submitted, and what it places is healthy. */
function healthyCanaries(change = {}): Rollout {
  const rollout = running13(change);
  rollout.tell({ kind: "submit", job: docsJob("1.4", change) });
  rollout.until(rollout.now + 31 * SECOND);
  return rollout;
}

function image(rollout: Rollout): unknown {
  return rollout.state.versions.at(-1)?.groups[0]?.tasks[0]?.["config"];
}

function checkIndex(rollout: Rollout): number {
  return rollout.state.versions.at(-1)?.modifyIndex ?? 0;
}

function told(rollout: Rollout): string[] {
  return rollout.deployments.map(
    ({ jobVersion, status, statusDescription }) => `${jobVersion} ${status}: ${statusDescription}`,
  );
}

/** Whatever a story did, replaying its events does it again. */
function expectReplay(rollout: Rollout): void {
  const replayed = rollout.events.reduce((state, event) => transition(state, event).state, emptyJobState());
  expect(replayed).toEqual(rollout.state);
}

describe("1. blue/green", () => {
  it("1.3 becomes version 0, all healthy, and succeeds", () => {
    const rollout = running13();
    expect(summary(rollout)).toBe("0 0 5 0 0 0");
    expect(told(rollout)).toEqual(["0 successful: Deployment completed successfully"]);
    expect(row(rollout)).toBe("true false 5 0 5 5 0");
    expect(rollout.state.versions.map(({ version, stable }) => [version, stable])).toEqual([[0, true]]);
  });

  it("1.4 is 5 canary, 5 ignore, and needs the check-index of version 0", () => {
    const rollout = running13();
    const index = checkIndex(rollout);
    rollout.send({ kind: "submit", job: docsJob("1.4"), checkIndex: index });
    expect(line(rollout)).toBe("5 canary, 5 ignore");
    rollout.settle();
    rollout.until(rollout.now + 31 * SECOND);
    expect(summary(rollout)).toBe("0 0 10 0 0 0");
    expect(told(rollout)[0]).toBe("1 running: Deployment is running but requires manual promotion");
    expect(row(rollout)).toBe("true false 5 5 5 5 0");

    const before = rollout.state;
    expect(() => rollout.send({ kind: "submit", job: docsJob("1.5"), checkIndex: index })).toThrow(
      expect.objectContaining({
        code: "stale_check_index",
        details: { given: index, current: checkIndex(rollout) },
      }),
    );
    expect(rollout.state).toBe(before);
  });

  it("promoted, the old ones stop and all ten stay in the listing", () => {
    const rollout = healthyCanaries();
    rollout.tell({ kind: "promote", deploymentId: rollout.deployment.id });
    rollout.clients();
    expect(summary(rollout)).toBe("0 0 5 0 5 0");
    expect(told(rollout)[0]).toBe("1 successful: Deployment completed successfully");
    expect(row(rollout)).toBe("true true 5 5 5 5 0");
    const listed = rollout.state.allocations.map(
      ({ jobVersion, desiredStatus, clientStatus }) => `${jobVersion} ${desiredStatus} ${clientStatus}`,
    );
    expect(listed.sort()).toEqual([
      ...Array.from({ length: 5 }, () => "0 stop complete"),
      ...Array.from({ length: 5 }, () => "1 run running"),
    ]);
    expectReplay(rollout);
  });
});

describe("2. fail it instead", () => {
  it("ends as version 2 with the five old allocations adopted", () => {
    const rollout = healthyCanaries();
    const old = rollout.live(0).map(({ id }) => id);
    const failed = rollout.send({ kind: "fail", deploymentId: rollout.deployment.id });
    expect(failed.rollback).toEqual({ kind: "rolled_back", from: 1, to: 0, version: 2 });
    expect(line(rollout)).toBe("5 inPlaceUpdate, 5 stop");
    rollout.settle();
    rollout.clients();
    expect(summary(rollout)).toBe("0 0 5 0 5 0");
    expect(rollout.live(2).map(({ id }) => id)).toEqual(old);
    expect(told(rollout)).toEqual([
      "2 successful: Deployment completed successfully",
      "1 failed: Deployment marked as failed - rolling back to job version 0",
      "0 successful: Deployment completed successfully",
    ]);
    expect(row(rollout)).toBe("true false 5 0 5 5 0");
    expect(image(rollout)).toEqual({ image: "api-server:1.3" });
    expectReplay(rollout);
  });
});

describe("3. one canary", () => {
  it("is promoted and rolled out one by one, old ones in ascending order", () => {
    const rollout = running13(one);
    const old = rollout.live().sort((a, b) => (a.name < b.name ? -1 : 1));
    rollout.send({ kind: "submit", job: docsJob("1.4", one) });
    expect(line(rollout)).toBe("1 canary, 5 ignore");
    rollout.settle();
    rollout.until(rollout.now + 31 * SECOND);
    expect(summary(rollout)).toBe("0 0 6 0 0 0");
    expect(told(rollout)[0]).toBe("1 running: Deployment is running but requires manual promotion");
    expect(row(rollout)).toBe("true false 5 1 1 1 0");

    rollout.tell({ kind: "promote", deploymentId: rollout.deployment.id });
    rollout.clients();
    expect(summary(rollout)).toBe("0 0 5 0 2 0");
    expect(told(rollout)[0]).toBe("1 running: Deployment is running");
    expect(row(rollout)).toBe("true true 5 1 2 1 0");
    for (let step = 2; step <= 4; step++) {
      const gone = rollout.state.allocations.filter(({ desiredStatus }) => desiredStatus === "stop");
      expect(gone.map(({ id }) => id).sort()).toEqual(
        old
          .slice(0, step)
          .map(({ id }) => id)
          .sort(),
      );
      rollout.until(rollout.now + 31 * SECOND);
      expect(row(rollout)).toBe(`true true 5 1 ${step + 1} ${step} 0`);
    }
    rollout.until(rollout.now + 31 * SECOND);
    expect(summary(rollout)).toBe("0 0 5 0 5 0");
    expect(told(rollout)[0]).toBe("1 successful: Deployment completed successfully");
    expect(row(rollout)).toBe("true true 5 1 5 5 0");
    expectReplay(rollout);
  });

  it("never leaves fewer than 4 wanted, running and healthy, nor more than 6 live", () => {
    const rollout = healthyCanaries(one);
    const from = rollout.states.length;
    rollout.tell({ kind: "promote", deploymentId: rollout.deployment.id });
    rollout.until(rollout.now + 10 * MINUTE);
    expect(rollout.deployment.status).toBe("successful");
    for (const { allocations } of rollout.states.slice(from)) {
      const running = allocations.filter(({ clientStatus }) => clientStatus === "running");
      const wanted = allocations.filter(
        (one) =>
          one.desiredStatus === "run" && (one.clientStatus === "running" || one.clientStatus === "pending"),
      );
      const well = wanted.filter(
        (one) => one.clientStatus === "running" && one.deploymentStatus?.healthy === true,
      );
      expect(well.length).toBeGreaterThanOrEqual(4);
      expect(running.length).toBeLessThanOrEqual(6);
      expect([5, 6]).toContain(wanted.length);
    }
  });
});

describe("4. a canary that never becomes healthy", () => {
  const within = { canary: 1, healthyDeadline: 5 * MINUTE, progressDeadline: 8 * MINUTE };

  function submitted(update: UpdateStrategy, group = {}): { rollout: Rollout; old: string[] } {
    const rollout = running13({ update, group });
    const old = rollout.live(0).map(({ id }) => id);
    rollout.tell({ kind: "submit", job: docsJob("1.4", { update, group }) });
    rollout.clients();
    return { rollout, old };
  }

  function canary(rollout: Rollout): string {
    return rollout.live(1)[0]?.id ?? "none";
  }

  /** The five old ones were never touched until they were adopted in place. */
  function expectRolledBack(rollout: Rollout, old: readonly string[], why: string): void {
    expect(told(rollout)[1]).toBe(`1 failed: ${why} - rolling back to job version 0`);
    expect(rollout.live(2).map(({ id }) => id)).toEqual(old);
    for (const { allocations } of rollout.states) {
      const touched = allocations.filter(
        ({ id, desiredStatus }) => old.includes(id) && desiredStatus !== "run",
      );
      expect(touched).toEqual([]);
    }
    expectReplay(rollout);
  }

  it("crashes with attempts left: is rescheduled as a canary, and the progress deadline ends it", () => {
    const { rollout, old } = submitted(within);
    const start = rollout.now;
    const crashLoop = (end: number): void => {
      for (; rollout.now < end; rollout.until(rollout.now + 10 * SECOND)) {
        for (const { id } of rollout.live(1)) rollout.crash(id);
      }
    };
    crashLoop(start + MINUTE);
    const attempts = rollout.state.allocations.filter(({ jobVersion }) => jobVersion === 1);
    expect(attempts.map((one) => one.deploymentStatus?.canary)).toEqual([true, true]);
    expect(attempts.map((one) => one.reschedule?.events.length ?? 0)).toEqual([0, 1]);
    crashLoop(start + 8 * MINUTE - 10 * SECOND);
    expect(rollout.deployment.status).toBe("running");
    rollout.until(start + 8 * MINUTE);
    expectRolledBack(rollout, old, "Failed due to progress deadline");
  });

  it("crashes with no attempt left: at once", () => {
    const { rollout, old } = submitted(within, { reschedule: { attempts: 0 } });
    rollout.crash(canary(rollout));
    expectRolledBack(rollout, old, "Failed due to unhealthy allocations");
  });

  it("crashes without a progress deadline: at once, although attempts are left", () => {
    const { rollout, old } = submitted({ ...within, progressDeadline: 0 });
    rollout.crash(canary(rollout));
    expectRolledBack(rollout, old, "Failed due to unhealthy allocations");
  });

  it("hangs: unhealthy at the healthy deadline, failed at the progress deadline", () => {
    const rollout = running13({ update: within });
    const old = rollout.live(0).map(({ id }) => id);
    rollout.tell({ kind: "submit", job: docsJob("1.4", { update: within }) });
    const start = rollout.now;
    const ticks = (until: number): void => {
      for (let next: number | undefined = rollout.now; next !== undefined && next <= until; ) {
        rollout.now = next;
        next = rollout.tell({ kind: "tick" }).nextTickAt;
      }
    };
    ticks(start + 5 * MINUTE - 1);
    expect(row(rollout)).toBe("true false 5 1 1 0 0");
    ticks(start + 5 * MINUTE);
    expect(row(rollout)).toBe("true false 5 1 1 0 1");
    expect(rollout.deployment.status).toBe("running");
    ticks(start + 8 * MINUTE);
    expectRolledBack(rollout, old, "Failed due to progress deadline");
  });

  it("is judged by hand and nobody reports: at the progress deadline", () => {
    const { rollout, old } = submitted({ ...within, healthCheck: "manual" });
    const start = rollout.now;
    rollout.until(start + 8 * MINUTE - 1);
    expect(rollout.deployment.status).toBe("running");
    rollout.until(start + 8 * MINUTE);
    expectRolledBack(rollout, old, "Failed due to progress deadline");
    expect(rollout.deployment.status).toBe("successful");
  });

  it("was healthy and crashes: does not fail the deployment, but no promotion until its replacement is healthy", () => {
    const rollout = healthyCanaries(one);
    const id = rollout.live(1)[0]?.id ?? "";
    const { deployment } = rollout;
    rollout.crash(id);
    expect(rollout.deployment.status).toBe("running");
    expect(() => rollout.send({ kind: "promote", deploymentId: deployment.id })).toThrow(
      expect.objectContaining({
        code: "canaries_not_healthy",
        details: expect.objectContaining({
          groups: [expect.objectContaining({ group: "api", have: 0, need: 1 })],
        }),
      }),
    );
    rollout.until(rollout.now + 2 * MINUTE);
    expect(rollout.live(1).map((one) => one.deploymentStatus)).toMatchObject([
      { canary: true, healthy: true },
    ]);
    rollout.tell({ kind: "promote", deploymentId: deployment.id });
    rollout.until(rollout.now + 10 * MINUTE);
    expect(told(rollout)[0]).toBe("1 successful: Deployment completed successfully");
    expectReplay(rollout);
  });
});

describe("5. a rolling update of two at a time", () => {
  const two = { update: { canary: 0, maxParallel: 2, healthCheck: "manual" as const } };

  it("replaces a third after one report of two, and an unhealthy one rolls back under the same budget", () => {
    const rollout = running13(two);
    rollout.tell({ kind: "submit", job: docsJob("1.4", two) });
    rollout.clients();
    expect([rollout.live(0).length, rollout.live(1).length]).toEqual([3, 2]);
    const [first = "", second = ""] = undecided(rollout);
    rollout.tell({ kind: "report_health", deploymentId: rollout.deployment.id, healthy: [first] });
    rollout.clients();
    expect([rollout.live(0).length, rollout.live(1).length]).toEqual([2, 3]);
    const untouched = rollout.live(0).map(({ id }) => id);
    const failed = rollout.tell({
      kind: "report_health",
      deploymentId: rollout.deployment.id,
      unhealthy: [second],
    });
    expect(failed.rollback).toEqual({ kind: "rolled_back", from: 1, to: 0, version: 2 });
    rollout.clients();
    expect(told(rollout)[1]).toBe(
      "1 failed: Failed due to unhealthy allocations - rolling back to job version 0",
    );
    // Two were adopted with their health, two of three are on their way back.
    const kept = rollout.live(2).filter(({ id }) => untouched.includes(id));
    expect(kept.map((one) => one.deploymentStatus?.healthy)).toEqual([true, true]);
    expect([rollout.live(1).length, rollout.live(2).length]).toEqual([1, 4]);
    expect(row(rollout)).toBe("true false 5 0 4 2 0");
    reportAll(rollout);
    rollout.clients();
    reportAll(rollout);
    rollout.clients();
    expect(told(rollout)[0]).toBe("2 successful: Deployment completed successfully");
    expect(rollout.live(2)).toHaveLength(5);
    expectReplay(rollout);
  });
});

describe("6. failing after promotion", () => {
  function afterOneStep(update: UpdateStrategy): Rollout {
    const change = { update: { canary: 1, healthCheck: "manual" as const, ...update } };
    const rollout = running13(change);
    rollout.tell({ kind: "submit", job: docsJob("1.4", change) });
    rollout.clients();
    reportAll(rollout);
    rollout.tell({ kind: "promote", deploymentId: rollout.deployment.id });
    rollout.clients();
    return rollout;
  }

  function becomeUnhealthy(rollout: Rollout): void {
    rollout.tell({
      kind: "report_health",
      deploymentId: rollout.deployment.id,
      unhealthy: undecided(rollout),
    });
    rollout.clients();
  }

  it("the rollback adopts what still runs, replaces the others one by one, and ends with five of the old specification", () => {
    const rollout = afterOneStep({});
    const old = rollout.live(0).map(({ id }) => id);
    expect(old).toHaveLength(3);
    becomeUnhealthy(rollout);
    expect(rollout.live(2).map(({ id }) => id)).toEqual(expect.arrayContaining(old));
    expect(row(rollout)).toBe("true false 5 0 4 3 0");
    for (let step = 0; step < 2; step++) {
      reportAll(rollout);
      rollout.clients();
    }
    expect(told(rollout)[0]).toBe("2 successful: Deployment completed successfully");
    expect(rollout.live(2)).toHaveLength(5);
    expect(rollout.live()).toHaveLength(5);
    expect(image(rollout)).toEqual({ image: "api-server:1.3" });
    expectReplay(rollout);
  });

  it("gated, it is as Nomad's: canaries of the old specification, a promotion, and the bad ones run until then", () => {
    const rollout = afterOneStep({ rollback: "gated" });
    becomeUnhealthy(rollout);
    expect(told(rollout)[0]).toBe("2 running: Deployment is running but requires manual promotion");
    expect(rollout.live(2).filter((one) => one.deploymentStatus?.canary === true)).toHaveLength(1);
    expect(rollout.live(1)).toHaveLength(2);
    reportAll(rollout);
    rollout.tell({ kind: "promote", deploymentId: rollout.deployment.id });
    for (let step = 0; step < 4 && undecidedOrRunning(rollout); step++) {
      rollout.clients();
      if (undecided(rollout).length > 0) reportAll(rollout);
    }
    expect(told(rollout)[0]).toBe("2 successful: Deployment completed successfully");
    expect(rollout.live(2)).toHaveLength(5);
  });
});

function undecidedOrRunning(rollout: Rollout): boolean {
  return rollout.deployment.status === "running";
}

describe("every version fails", () => {
  it("ends after one rollback each, and says why", () => {
    const change = { update: { canary: 0, progressDeadline: 0 } };
    const rollout = running13(change);
    rollout.tell({ kind: "submit", job: docsJob("1.4", change) });
    // From now on nothing ever becomes healthy.
    for (let crashes = 0; crashes < 30; crashes++) {
      rollout.clients();
      const [next] = rollout.live().filter(({ deploymentStatus }) => deploymentStatus?.healthy === undefined);
      if (next === undefined) break;
      rollout.crash(next.id);
    }
    expect(told(rollout)).toEqual([
      "2 failed: Failed due to unhealthy allocations - not rolling back to stable job version 0: the current job has the same specification",
      "1 failed: Failed due to unhealthy allocations - rolling back to job version 0",
      "0 successful: Deployment completed successfully",
    ]);
    expect(rollout.state.versions.map(({ version }) => version)).toEqual([0, 1, 2]);
  });

  it("the first version fails: there is no stable version to go back to", () => {
    const rollout = running13({ update: { canary: 0, progressDeadline: 0, minHealthyTime: 9 * MINUTE } });
    rollout.crash(rollout.live()[0]?.id ?? "");
    expect(told(rollout)).toEqual([
      "0 failed: Failed due to unhealthy allocations - no stable job version to roll back to",
    ]);
  });
});
