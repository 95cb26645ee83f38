import { describe, expect, it } from "vitest";
import { compareForecasts, type Forecast, forecast } from "../../../src/explain/index.js";
import { isTerminal, type JobState, type TaskGroup } from "../../../src/index.js";
import { type Scenario, simulate } from "../../../src/simulate/index.js";

const LATER = 600_000;
const tasks = (image: string): TaskGroup["tasks"] => [{ name: "main", config: { image } }];

/** A job that runs, and a new version of it half a minute after `LATER`; somebody promotes at once if it is to be promoted by hand. */
function worldOf(
  count: number,
  update: NonNullable<TaskGroup["update"]>,
  more: Partial<TaskGroup> = {},
  behaviours: NonNullable<Scenario["behaviours"]> = [],
): Scenario {
  const submitted = (at: number, image: string): Scenario["script"][number] => {
    const groups = [{ name: "web", count, tasks: tasks(image), update, ...more }];
    const job = { id: "shop", type: "service" as const, groups };
    return { at, event: { kind: "tell", jobId: "shop", request: { kind: "submit", job } } };
  };
  const nodes = Array.from({ length: 3 }, (_, n) => ({ id: `node-${n}` }));
  return { seed: 1, nodes, behaviours, script: [submitted(0, "1"), submitted(LATER, "2")] };
}

interface Seen {
  readonly start: { readonly state: JobState; readonly now: number };
  readonly placed: number;
  readonly stopped: number;
  readonly lowestHealthy: number;
  readonly peakLive: number;
  readonly endedAt: number;
  readonly state: JobState;
}

/** What the simulator does from the second version on. */
function simulated(scenario: Scenario): Seen {
  let start: Seen["start"] | undefined;
  let [placed, stopped, lowest, peak, endedAt] = [0, 0, Number.POSITIVE_INFINITY, 0, 0];
  let state: JobState | undefined;
  simulate(scenario, {
    checks: false,
    traces: false,
    watchers: [
      {
        happened: (_, __, event, after, plan) => {
          if (event.kind === "submit" && event.now === LATER) start = { state: after.state, now: event.now };
          if (start === undefined) return;
          state = after.state;
          if (after.changed) endedAt = event.now;
          for (const { kind } of event.kind === "apply_plan" ? (plan?.actions ?? []) : []) {
            if (kind === "place" || kind === "canary" || kind === "replace") placed++;
            if (kind === "stop" || kind === "replace") stopped++;
          }
          const live = after.state.allocations.filter((one) => !isTerminal(one));
          peak = Math.max(peak, live.length);
          lowest = Math.min(
            lowest,
            live.filter(({ deploymentStatus }) => deploymentStatus?.healthy === true).length,
          );
        },
      },
    ],
  });
  if (start === undefined || state === undefined)
    throw new RangeError("the second version was not submitted");
  return { start, placed, stopped, lowestHealthy: lowest, peakLive: peak, endedAt, state };
}

function summed(waves: Forecast["waves"], of: "places" | "stops"): number {
  return waves.reduce((sum, wave) => sum + wave[of], 0);
}

describe("a forecast of a world without faults is what the simulator does", () => {
  it.each<[string, number, NonNullable<TaskGroup["update"]>]>([
    ["a rolling update", 6, { maxParallel: 2 }],
    ["one at a time", 4, { maxParallel: 1, minHealthyTime: 5_000 }],
    ["a canary that promotes itself", 5, { maxParallel: 2, canary: 1, autoPromote: true }],
    ["blue/green that promotes itself", 4, { maxParallel: 4, canary: 4, autoPromote: true }],
    ["everything at once", 3, { maxParallel: 3 }],
  ])("%s", (_, count, update) => {
    const seen = simulated(worldOf(count, update));
    const foreseen = forecast(seen.start.state, seen.start.now);
    expect({
      placed: summed(foreseen.waves, "places"),
      stopped: summed(foreseen.waves, "stops"),
      lowestHealthy: foreseen.lowestHealthy,
      peakLive: foreseen.peakLive,
      endedAt: foreseen.endsAt,
      status: foreseen.status,
    }).toEqual({
      placed: seen.placed,
      stopped: seen.stopped,
      lowestHealthy: seen.lowestHealthy,
      peakLive: seen.peakLive,
      endedAt: seen.endedAt,
      status: "successful",
    });
    expect(foreseen.isCut).toBe(false);
  });
});

describe("a forecast", () => {
  const { start } = simulated(worldOf(4, { maxParallel: 2, canary: 1, autoRevert: true }));

  it("waits for a promotion that nobody gives", () => {
    const foreseen = forecast(start.state, start.now, { promotes: false });
    expect([foreseen.phase, foreseen.status, foreseen.waves.length]).toEqual([
      "awaiting_promotion",
      "running",
      1,
    ]);
  });

  it("places one that crashes again, as long as its policy allows it", () => {
    const foreseen = forecast(start.state, start.now, { failing: 1 });
    expect([foreseen.status, foreseen.jobVersion]).toEqual(["successful", 1]);
    expect(summed(foreseen.waves, "places")).toBe(5);
  });

  it("has a branch in which one of the new allocations fails for good, and the way back", () => {
    const reschedule = { attempts: 0, unlimited: false };
    const { start } = simulated(worldOf(4, { maxParallel: 2, canary: 1, autoRevert: true }, { reschedule }));
    const well = forecast(start.state, start.now);
    const fails = forecast(start.state, start.now, { failing: 1 });
    expect([well.status, well.jobVersion]).toEqual(["successful", 1]);
    expect(fails.jobVersion).toBe(2);
    expect(fails.phase).toBe("at_rest");
    expect(compareForecasts(well, fails).map(({ what }) => what)).toContain("steps");
    expect(compareForecasts(well, well)).toEqual([]);
  });

  it("begins with the events that it is given, and says which are refused", () => {
    const [deployment] = start.state.deployments;
    const id = deployment?.id ?? "";
    const foreseen = forecast(start.state, start.now, {}, [
      { kind: "promote", now: start.now, deploymentId: id },
      { kind: "stop_job", now: start.now },
    ]);
    expect(foreseen.refused.map(({ code }) => code)).toEqual(["deployment_terminal"]);
    expect(foreseen.phase).toBe("no_job");
  });

  it("goes on with what runs already and is judged by hand", () => {
    const { start } = simulated(
      worldOf(2, { maxParallel: 2, healthCheck: "manual" }, {}, [{ reportedHealthyAfter: 1 }]),
    );
    const [first] = forecast(start.state, start.now, { startAfter: 1 }).waves;
    expect(first?.places).toBe(2);
    const half = forecast(start.state, start.now, { reportedHealthyAfter: 5_000 });
    expect([half.status, half.isCut]).toEqual(["successful", false]);
  });

  it("gives ids that nobody bears", () => {
    const named = start.state.allocations.map((one, n) => ({ ...one, id: `forecast-${n + 1}` }));
    expect(forecast({ ...start.state, allocations: named }, start.now).status).toBe("successful");
  });

  it("leaves alone what lives and is not stopped", () => {
    expect(forecast(start.state, start.now).waves.map(({ keeps }) => keeps)).toEqual([4, 2, 3, 4]);
  });
});
