import { describe, expect, it } from "vitest";
import { compareForecasts, explain, forecast, sentencesOf, unstick } from "../../../src/explain/index.js";
import {
  emptyJobState,
  type JobEvent,
  type JobState,
  nextTick,
  placementsOf,
  reconcile,
  type TaskGroup,
  transition,
} from "../../../src/index.js";

const MINUTE = 60_000;
const SECOND = 1_000;

/** A job as its operator has it before the eyes: what happens to it is told, plans are carried out at once while there is room. */
class Operated {
  state: JobState = emptyJobState();
  now = SECOND;
  hasRoom = true;
  #placed = 0;

  submit(image: string, ...groups: readonly Partial<TaskGroup>[]): this {
    const job = {
      id: "shop",
      type: "service" as const,
      groups: (groups.length === 0 ? [{}] : groups).map((group) => ({
        name: "web",
        count: 1,
        tasks: [{ name: "main", config: { image } }],
        ...group,
      })),
    };
    return this.tell({ kind: "submit", now: this.now, job });
  }

  tell(event: JobEvent): this {
    this.state = transition(this.state, event).state;
    for (;;) {
      const plan = reconcile({ ...this.state, now: this.now, evaluationId: `eval-${this.state.index}` });
      const placements = placementsOf(plan).map(({ placement }) =>
        this.hasRoom
          ? { placement, allocationId: `a${this.#placed++}`, nodeId: "node-1" }
          : { placement, noRoom: true as const },
      );
      const done = transition(this.state, { kind: "apply_plan", now: this.now, plan, placements });
      if (!done.changed) return this;
      this.state = done.state;
      if (!this.hasRoom) return this;
    }
  }

  /** Only time passes. */
  to(time: number): this {
    for (let at = nextTick(this.state, this.now); at !== undefined && at <= time; ) {
      this.now = at;
      this.tell({ kind: "tick", now: at });
      at = nextTick(this.state, this.now);
    }
    this.now = Math.max(this.now, time);
    return this;
  }

  /** Everything that is pending starts, and is healthy some time later. */
  start(): this {
    const pending = this.state.allocations.filter(({ clientStatus }) => clientStatus === "pending");
    return this.report(
      pending.map(({ id }) => id),
      "running",
    );
  }

  report(ids: readonly string[], clientStatus: "running" | "failed"): this {
    const task =
      clientStatus === "running"
        ? { state: "running" as const, startedAt: this.now }
        : { state: "dead" as const, failed: true, finishedAt: this.now };
    const updates = ids.map((allocationId) => ({ allocationId, clientStatus, taskStates: { main: task } }));
    return this.tell({ kind: "update_clients", now: this.now, updates });
  }

  get newest(): string {
    return `a${this.#placed - 1}`;
  }

  get deploymentId(): string {
    return this.state.deployments.reduce((a, b) => (b.createIndex > a.createIndex ? b : a)).id;
  }
}

/** Version 0 runs well, version 1 is submitted and its first allocations run. */
function second(...groups: readonly Partial<TaskGroup>[]): Operated {
  return new Operated()
    .submit("1", ...groups)
    .start()
    .to(MINUTE)
    .submit("2", ...groups);
}

const TWO = (first: Partial<TaskGroup>, other: Partial<TaskGroup>): Partial<TaskGroup>[] => [
  { name: "api", ...first },
  { name: "web", ...other },
];
const ONCE: TaskGroup["reschedule"] = { attempts: 1, interval: 3_600_000, delay: 5_000, unlimited: false };
const NEVER: TaskGroup["reschedule"] = { attempts: 0, unlimited: false };

describe("what an operator asks", () => {
  it("how a crashed canary still comes to be promoted, and that time alone fails it", () => {
    const shop = second({ count: 3, update: { canary: 1, maxParallel: 1 } });
    shop.start().report([shop.newest], "failed");
    const { ways } = unstick(shop.state, shop.now, { ways: 20 });
    expect(ways.some(({ result }) => result.promoted.includes("web"))).toBe(true);
    expect(ways.some(({ needs, result }) => needs.length === 0 && result.status === "failed")).toBe(true);
  });

  it("whether it goes on without me: not a dead end where a reschedule that is due fails it", () => {
    const shop = second({ count: 3, update: { canary: 1, maxParallel: 1 }, reschedule: ONCE });
    shop.start().report([shop.newest], "failed");
    shop.tell({ kind: "pause", now: shop.now, deploymentId: shop.deploymentId });
    const { deadEnd, leftAlone } = explain(shop.state, shop.now);
    expect([deadEnd, leftAlone?.status]).toEqual([false, "failed"]);
    shop.to(leftAlone?.at ?? 0);
    expect(shop.state.deployments.at(-1)?.status).toBe("failed");
  });

  it.each([
    ["another group wants a person", { canary: 1, maxParallel: 1 }, false, "operator"],
    [
      "another group's canary is not judged",
      { canary: 1, maxParallel: 1, autoPromote: true },
      true,
      "client",
    ],
  ])("who ends the wait for a promotion that comes of itself, where %s", (_, update, isOpen, endedBy) => {
    const groups = TWO({ update: { canary: 1, maxParallel: 1, autoPromote: true } }, { update });
    const shop = second(...groups);
    const [first] = shop.state.allocations.filter((one) => one.jobVersion === 1 && one.group === "api");
    if (isOpen) shop.report([first?.id ?? ""], "running").to(shop.now + MINUTE);
    else shop.start().to(shop.now + MINUTE);
    const { waitingFor, besides } = explain(shop.state, shop.now);
    const wait = [waitingFor, ...besides].find((one) => one?.kind === "promotion" && one.group === "api");
    expect([wait?.endedBy, wait?.onExpiry?.kind]).toEqual([endedBy, isOpen ? "deployment_fails" : undefined]);
  });

  it("a paused deployment promotes nothing by itself", () => {
    const shop = second({ update: { canary: 1, maxParallel: 1, autoPromote: true } });
    shop.tell({ kind: "pause", now: shop.now, deploymentId: shop.deploymentId });
    shop.start().to(shop.now + 5 * MINUTE);
    const { waitingFor, besides } = explain(shop.state, shop.now);
    for (const wait of [waitingFor, ...besides]) expect(wait?.endedBy).not.toBe("clock");
  });

  it("when it fails, where one that gets no further attempt is unhealthy before the deadline", () => {
    const shop = second({ update: { maxParallel: 1 }, reschedule: NEVER });
    const { waitingFor, leftAlone } = explain(shop.state, shop.now);
    expect([waitingFor?.kind, waitingFor?.until, waitingFor?.onExpiry?.kind]).toEqual([
      "health",
      shop.now + 5 * MINUTE,
      "deployment_fails",
    ]);
    expect(leftAlone?.at).toBe(waitingFor?.until);
  });

  it("how long room is waited for", () => {
    const shop = new Operated()
      .submit("1", { update: { maxParallel: 1 } })
      .start()
      .to(MINUTE);
    shop.hasRoom = false;
    shop.submit("2", { update: { maxParallel: 1, canary: 1 } });
    const { waitingFor } = explain(shop.state, shop.now);
    expect([waitingFor?.kind, waitingFor?.endedBy]).toEqual(["room", "capacity"]);
    expect([waitingFor?.until, waitingFor?.onExpiry?.kind]).toEqual([
      shop.now + 10 * MINUTE,
      "deployment_fails",
    ]);
  });

  it("why nothing runs, where nobody judges health", () => {
    const shop = new Operated().submit("1", { count: 2 });
    const { phase, waitingFor } = explain(shop.state, shop.now);
    expect([phase, waitingFor?.kind, waitingFor?.endedBy]).toEqual(["settling", "start", "client"]);
    expect(explain(shop.start().state, shop.now).phase).toBe("at_rest");
    shop.submit("2", { count: 2 }).start();
    expect(explain(shop.state, shop.now).waitingFor?.kind).toBe("stop");
  });

  it("that a stopped job is on its way out until its nodes have stopped it", () => {
    const shop = new Operated().submit("1").start();
    shop.tell({ kind: "stop_job", now: shop.now });
    expect(explain(shop.state, shop.now).phase).toBe("stopping");
    const updates = [{ allocationId: "a0", clientStatus: "complete" as const }];
    shop.tell({ kind: "update_clients", now: shop.now, updates });
    expect(explain(shop.state, shop.now).phase).toBe("no_job");
  });

  it("that what is away is replaced later, also once a plan has said so", () => {
    const shop = new Operated().submit("1", { disconnect: { lostAfter: 5 * MINUTE } }).start();
    shop.tell({
      kind: "update_node",
      now: shop.now,
      node: { id: "node-1", status: "disconnected" },
    });
    const { waitingFor, besides } = explain(shop.state, shop.now);
    const kinds = [waitingFor, ...besides].map((wait) => wait?.kind);
    expect(kinds).toContain("time_out");
    expect(kinds).toContain("reschedule");
  });

  it("why it failed, why nothing was rolled back, and what is left to do", () => {
    const shop = new Operated().submit("1", { update: { maxParallel: 1, autoRevert: true } });
    shop.tell({ kind: "fail", now: shop.now, deploymentId: shop.deploymentId });
    const explanation = explain(shop.state, shop.now);
    expect(explanation.rollback).toEqual({ kind: "no_stable_version" });
    const sentences = sentencesOf(explanation).join(" ");
    expect(sentences).toMatch(
      /^The deployment of version 0 failed: .+ Nothing was rolled back: there is no stable/,
    );
  });

  it("what brings a failed rollout back: an earlier version that is stable", () => {
    const shop = second({ update: { maxParallel: 1 } });
    shop.tell({ kind: "fail", now: shop.now, deploymentId: shop.deploymentId });
    const { ways } = unstick(shop.state, shop.now);
    expect(ways.map(({ needs }) => needs.map(({ event }) => event.kind))).toEqual([["revert"]]);
  });

  it("what moves a rolling update on: one that is healthy", () => {
    const shop = second({ count: 6, update: { maxParallel: 2 } });
    const { ways } = unstick(shop.state, shop.now, { ways: 20 });
    const moves = ways.filter(({ result }) => result.kind === "moves");
    expect(moves.map(({ needs, result }) => [needs.length, result.places, result.stops])).toEqual([
      [1, 1, 1],
    ]);
  });
});

describe("a forecast, asked by an operator", () => {
  it("lets time pass before a given event", () => {
    const shop = second({ count: 3, update: { canary: 1, maxParallel: 1 } });
    const promote: JobEvent = {
      kind: "promote",
      now: shop.now + MINUTE,
      deploymentId: shop.deploymentId,
    };
    const asked = forecast(shop.state, shop.now, { promotes: false }, [promote]);
    expect([asked.refused, asked.status]).toEqual([[], "successful"]);
    const early = forecast(shop.state, shop.now, { promotes: false }, [{ ...promote, now: shop.now }]);
    expect(early.refused.map(({ code }) => code)).toEqual(["canaries_not_healthy"]);
  });

  it("does not care for the order of deployments", () => {
    const shop = second({ count: 3, update: { canary: 1, maxParallel: 1 } });
    const { state, now } = shop;
    const reversed = { ...state, deployments: [...state.deployments].reverse() };
    expect(forecast(reversed, now).status).toBe(forecast(state, now).status);
    expect(unstick(reversed, now)).toEqual(unstick(state, now));
  });

  it("tells of each group, of the latest end, and of a version that is bad", () => {
    const groups = TWO(
      { count: 4, update: { canary: 4, maxParallel: 4, autoPromote: true } },
      { count: 4, update: { maxParallel: 4 }, reschedule: ONCE },
    );
    const { state, now } = second(...groups);
    const well = forecast(state, now);
    expect(well.groups["api"]?.lowestHealthy).toBe(4);
    expect(well.groups["web"]?.lowestHealthy).toBe(0);
    expect(well.latestEndsAt).toBeGreaterThan(well.endsAt + 4 * MINUTE);
    expect(forecast(state, now + 1_000).latestEndsAt).toBeGreaterThan(well.endsAt + 4 * MINUTE);
    const bad = forecast(state, now, { failing: 1, failingAgain: true });
    expect(bad.crashed).toBeDefined();
    expect(forecast(state, now, { failing: 99 }).crashed).toBeUndefined();
    expect(bad.status).toBe("failed");
    expect(compareForecasts(well, bad)[0]).toEqual({ what: "status", first: "successful", second: "failed" });
  });

  it("knows that a group that was removed has nothing left", () => {
    const shop = new Operated().submit("1", ...TWO({ count: 2 }, { count: 2 })).start();
    const groups1 = [{ name: "web", count: 2, tasks: [{ name: "main", config: { image: "1" } }] }];
    const job = { id: "shop", type: "service" as const, groups: groups1 };
    const { groups } = forecast(shop.state, shop.now, {}, [{ kind: "submit", now: shop.now, job }]);
    expect(groups["api"]).toEqual({ lowestHealthy: 0, peakLive: 2 });
  });

  it("is made for large jobs, too", () => {
    const shop = new Operated().submit("1", { count: 20_000 });
    expect(forecast(shop.state, shop.now).phase).toBe("at_rest");
  });
});
