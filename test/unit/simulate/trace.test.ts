import { describe, expect, it } from "vitest";
import { isVerdigrisError, type Plan, type ReconcileInput, reconcile } from "../../../src/index.js";
import { parseTrace, replayTrace, shrinkTrace, simulate, type Trace } from "../../../src/simulate/index.js";
import { aScenario, MINUTE, shop, submitted } from "./a-scenario.js";

const faulty = aScenario({
  script: [
    submitted(0, shop("1")),
    submitted(MINUTE, shop("2")),
    submitted(0, { ...shop("1"), id: "other" }),
  ],
  behaviours: [{ share: 0.3, crashAfter: 90_000 }],
  faults: [
    { kind: "node_loss", nodeId: "node-1", from: 70_000, to: 3 * MINUTE },
    { kind: "partial_plans", chance: 0.4 },
    { kind: "stale_scheduler", chance: 0.4, lag: 100 },
  ],
  until: 10 * MINUTE,
});

function traceOf({ trace }: { readonly trace?: Trace }): Trace {
  if (trace === undefined) throw new Error("traces are on");
  return trace;
}

/** Replaces one allocation too many, once something was lost. */
function broken(input: ReconcileInput): Plan {
  const plan = reconcile(input);
  const lost = plan.actions.find((action) => action.kind === "place" && action.reason.code === "lost");
  return lost === undefined ? plan : { ...plan, actions: [...plan.actions, lost] };
}

describe("a trace", () => {
  it("is what happened: told again it gives the same timeline, to the last byte", () => {
    const run = simulate(faulty);
    const written = JSON.stringify(traceOf(run));
    const { timeline, jobs, refused } = replayTrace(parseTrace(JSON.parse(written)));
    const { from, to } = run;
    expect(JSON.stringify(timeline)).toBe(JSON.stringify({ from, to, jobs: run.jobs }));
    expect(jobs.map(({ state }) => state)).toEqual(run.world.jobs.map(({ state }) => state));
    expect(refused).toEqual([]);
  });

  it("does not hold plans, which are made again", () => {
    expect(JSON.stringify(traceOf(simulate(faulty)))).not.toContain("madeFrom");
  });

  it("of another format is refused, and so is what is none", () => {
    const trace = { ...traceOf(simulate(faulty)), format: "verdigris-trace/2" };
    expect(() => parseTrace(trace)).toThrow(
      expect.objectContaining({
        code: "unknown_trace_format",
        details: { format: "verdigris-trace/2", known: "verdigris-trace/1" },
      }),
    );
    expect(() => parseTrace(null)).toThrow(expect.objectContaining({ code: "unknown_trace_format" }));
  });

  it("says everything that is wrong with it, and where", () => {
    const data = {
      format: "verdigris-trace/1",
      initial: { now: "noon", jobs: [] },
      events: [
        { jobId: "shop", event: { kind: "tick" } },
        { jobId: "shop", evaluate: {} },
      ],
    };
    try {
      parseTrace(data);
      expect.unreachable();
    } catch (error) {
      if (!isVerdigrisError(error)) throw error;
      expect(error.code).toBe("invalid_input");
      const issues = error.details["issues"] as unknown as readonly { readonly path: string }[];
      expect(issues.map(({ path }) => path)).toEqual([
        "$.initial.now",
        "$.events[0].event.now",
        "$.events[1].evaluate.evaluationId",
        "$.events[1].evaluate.plannedAt",
        "$.events[1].evaluate.now",
        "$.events[1].evaluate.placements",
      ]);
    }
  });
});

describe("a violation", () => {
  it("stops the run, says what broke, and leaves a trace that shows it", () => {
    const run = simulate(faulty, { reconcile: broken });
    expect(run.violation?.property).toBe("partition");
    const shown = Object.values(run.violation?.details ?? {});
    expect(shown).not.toEqual([]);
    for (const value of shown) expect(run.violation?.message).toContain(String(value));
    expect(run.to).toBeLessThan(10 * MINUTE);
    const again = replayTrace(traceOf(run), { reconcile: broken });
    expect(again.violation).toEqual(run.violation);
    expect(replayTrace(traceOf(run)).violation).toBeUndefined();
  });

  it("is shown by the shortest trace that shows it", () => {
    const trace = traceOf(simulate(faulty));
    const fails = (shorter: Trace): boolean =>
      replayTrace(shorter, { reconcile: broken }).violation?.property === "partition";
    expect(fails(trace)).toBe(true);
    const shortest = shrinkTrace(trace, fails);
    expect(fails(shortest)).toBe(true);
    // Submitted, placed, the node is down, planned again.
    expect(shortest.events.length).toBeLessThanOrEqual(4);
    expect(new Set(shortest.events.map(({ jobId }) => jobId)).size).toBe(1);
  });

  it("takes no more tries than are allowed to make it shorter", () => {
    let tries = 0;
    const trace = traceOf(simulate(faulty));
    const stubborn = (): boolean => {
      tries++;
      return false;
    };
    expect(shrinkTrace(trace, stubborn, { tries: 5 })).toEqual(trace);
    expect(tries).toBe(5);
  });
});
