import { describe, expect, it } from "vitest";
import { explain, sentenceOfWay, unstick } from "../../../src/explain/index.js";
import { transition } from "../../../src/index.js";
import { statesOf } from "./explored.js";

const SPACE = { count: 2, faults: 1, versions: 2, update: { canary: 1, maxParallel: 1 } };
const states = statesOf(SPACE).slice(0, 600);

/** The first state of that phase. */
function inPhase(phase: string): (typeof states)[number] {
  const found = states.find(({ job, now }) => {
    const { phase: is, groups, waitingFor } = explain(job, now);
    return is === phase && groups.length > 0 && waitingFor?.kind !== "plan";
  });
  if (found === undefined) throw new RangeError(`nothing is ${phase}`);
  return found;
}

function needsOf({ job, now }: (typeof states)[number], ways = 5): string[] {
  return unstick(job, now, { ways }).ways.map(({ needs, result }) => {
    const words = needs.map(({ by, event }) => `${by}: ${event.kind}`);
    return `${words.join(", ") || "nothing"} -> ${result.status}${result.promoted.length > 0 ? ", promoted" : ""}`;
  });
}

describe("what would move a rollout", () => {
  it("is a report of health while canaries are to prove themselves, and time alone fails it", () => {
    const ways = needsOf(inPhase("proving"), 10);
    expect(ways).toContain("nothing -> failed");
    expect(ways).toContain("operator: fail -> failed");
    expect(ways).toContain("client: report_health, operator: promote -> running, promoted");
  });

  it("is a promotion where everything is healthy", () => {
    const ways = needsOf(inPhase("awaiting_promotion"));
    expect(ways.toSorted()).toEqual(["operator: fail -> failed", "operator: promote -> running, promoted"]);
  });

  it("begins with a resumption where it is paused", () => {
    const { ways } = unstick(inPhase("paused").job, inPhase("paused").now, { ways: 8 });
    expect(ways.some(({ needs }) => needs[0]?.event.kind === "resume")).toBe(true);
  });

  it("is one report of several that are alike, and says where it looked no further", () => {
    const space = { count: 2, faults: 0, versions: 2, update: { canary: 2, maxParallel: 1 } };
    const proving = statesOf(space).find(({ job, now }) => {
      const [group] = explain(job, now).groups;
      return group?.promotion?.pending === 2;
    });
    if (proving === undefined) throw new RangeError("no two canaries are judged together");
    const { ways, isComplete } = unstick(proving.job, proving.now, { ways: 20 });
    expect(ways.map((way) => sentenceOfWay(way)).join(" ")).toMatch(
      /2 of "[^"]+" healthy, then promote: "[^"]+" is promoted/,
    );
    expect(isComplete).toBe(true);
    expect(unstick(proving.job, proving.now, { most: 1 })).toEqual({ ways: [], isComplete: false });
  });

  it("is nothing where it failed", () => {
    expect(needsOf(inPhase("failed"))).toEqual([]);
  });

  it("is a list of events that lead there, the cheapest first", () => {
    let asked = 0;
    for (let n = 0; n < states.length; n += 11) {
      const { job, now } = states[n] ?? { job: undefined, now: 0 };
      if (job === undefined) continue;
      const { ways } = unstick(job, now, { most: 60 });
      for (const { events, result } of ways) {
        asked++;
        const end = events.reduce((state, event) => transition(state, event).state, job);
        expect(end.deployments.at(-1)?.status).toBe(result.status);
      }
      const costs = ways.map(({ needs }) =>
        needs.reduce((sum, { by, event }) => {
          const times = event.kind === "report_health" ? (event.healthy?.length ?? 0) : 1;
          return sum + (by === "client" ? 1 : 2) * times;
        }, 0),
      );
      expect(costs).toEqual([...costs].sort((a, b) => a - b));
    }
    expect(asked).toBeGreaterThan(20);
  });

  it("is a promotion of one group where the other holds it back", () => {
    const two = [
      ...statesOf({
        count: 1,
        groups: 2,
        faults: 0,
        versions: 2,
        update: { canary: 1, maxParallel: 1 },
      }),
    ];
    const held = two.find(({ job, now }) => {
      const { groups } = explain(job, now);
      return groups.filter(({ promotion }) => promotion?.mayBePromoted === true).length === 1;
    });
    if (held === undefined) throw new RangeError("no group holds the other back");
    const alone = unstick(held.job, held.now).ways.some(
      ({ needs: [need, ...others] }) =>
        others.length === 0 && need?.event.kind === "promote" && need.event.groups?.length === 1,
    );
    expect(alone).toBe(true);
  });

  it("is room, where there is none", () => {
    const { job, now } = inPhase("proving");
    const state = { ...job, allocations: job.allocations.slice(0, -1), waitsForRoom: true as const };
    const first = explain(state, now).waitingFor;
    expect([first?.kind, first?.endedBy]).toEqual(["room", "capacity"]);
    expect(unstick(state, now).ways.some(({ needs }) => needs.some(({ by }) => by === "capacity"))).toBe(
      true,
    );
  });
});
