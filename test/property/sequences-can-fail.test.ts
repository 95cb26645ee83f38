import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isTerminal,
  type JobState,
  type Plan,
  reconcile,
  type TaskGroup,
  type Transition,
  transition,
} from "../../src/index.js";
import type { Deciders } from "../../src/properties/index.js";
import {
  makeTestingKit,
  PropertyViolated,
  STATE_PROPERTIES,
  STEP_PROPERTIES,
} from "../../src/testing/index.js";
import { SEED } from "./run-settings.js";

const { assertLifecycle } = makeTestingKit(fc);
/** More lives than any of the faults needs to show. */
const LIVES = 4_000;

const sound: Deciders = { reconcile, transition };

/** The lifecycle with a fault in what it makes of an event. */
function lifecycle(
  break_: (before: JobState, done: Transition, event: Parameters<typeof transition>[1]) => Transition,
): Deciders {
  return { reconcile, transition: (state, event) => break_(state, transition(state, event), event) };
}

/** The reconciler with a fault in its actions. */
function reconciler(break_: (plan: Plan) => Plan): Deciders {
  return { reconcile: (input) => break_(reconcile(input)), transition };
}

function withDeployments(
  done: Transition,
  change: (one: JobState["deployments"][number]) => JobState["deployments"][number],
): Transition {
  return { ...done, state: { ...done.state, deployments: done.state.deployments.map(change) } };
}

function withGroups(
  done: Transition,
  change: (group: JobState["deployments"][number]["groups"][string]) => object,
): Transition {
  return withDeployments(done, (one) => ({
    ...one,
    groups: Object.fromEntries(
      Object.entries(one.groups).map(([name, group]) => [name, { ...group, ...change(group) }]),
    ),
  }));
}

/** One fault a property, after what it would be in code. */
const FAULTS: { readonly [property: string]: Deciders } = {
  // Copies the state whether or not anything changed.
  "no-op": lifecycle((_, done) => ({ ...done, state: { ...done.state } })),
  // An applied plan takes promotions back, as a stale one would.
  "one-way": lifecycle((_, done, { kind }) =>
    kind === "apply_plan" ? withGroups(done, () => ({ promoted: false })) : done,
  ),
  // Applies whatever it is given.
  "stale-plan": {
    reconcile,
    transition: (state, event) => {
      if (event.kind !== "apply_plan") return transition(state, event);
      const madeFrom = { ...event.plan.madeFrom, index: state.index };
      const actions = event.plan.actions.filter(({ kind }) => kind === "ignore");
      return transition(state, { ...event, plan: { ...event.plan, madeFrom, actions }, placements: [] });
    },
  },
  // Forgets the attempts of what it places again.
  attempts: lifecycle((before, done) => ({
    ...done,
    state: {
      ...done.state,
      allocations: done.state.allocations.map((one) =>
        one.reschedule === undefined || before.allocations.some(({ id }) => id === one.id)
          ? one
          : { ...one, reschedule: { events: one.reschedule.events.slice(-1) } },
      ),
    },
  })),
  // Counts a report twice.
  counters: lifecycle((_, done, { kind }) =>
    kind === "report_health"
      ? withGroups(done, ({ healthyAllocs }) => ({ healthyAllocs: healthyAllocs + 1 }))
      : done,
  ),
  // A promotion leaves the deadlines as they were.
  time: lifecycle((before, done, { kind }) =>
    kind === "promote"
      ? withDeployments(done, (one) => {
          const was = before.deployments.find(({ id }) => id === one.id);
          return {
            ...one,
            groups: Object.fromEntries(
              Object.entries(one.groups).map(([name, group]) => [
                name,
                { ...group, requireProgressBy: was?.groups[name]?.requireProgressBy ?? 0 },
              ]),
            ),
          };
        })
      : done,
  ),
  // Says another version than it goes back to.
  rollback: lifecycle((_, done) =>
    done.rollback?.kind === "rolled_back"
      ? { ...done, rollback: { ...done.rollback, to: done.rollback.to + 1 } }
      : done,
  ),
  // Loses the patches.
  patches: lifecycle((_, done) => ({ ...done, patches: () => ({ patches: [], inversePatches: [] }) })),
  // What adopts a version has to prove itself again, whatever the version says.
  adoption: lifecycle((before, done, event) => {
    if (event.kind !== "apply_plan") return done;
    const was = new Map(before.allocations.map((one) => [one.id, one]));
    const allocations = done.state.allocations.map((one) =>
      was.get(one.id)?.jobVersion === one.jobVersion ? one : { ...one, deploymentStatus: {} },
    );
    return { ...done, state: { ...done.state, allocations } };
  }),
  // Forgets to ask for an evaluation when a deployment may go on.
  evaluations: lifecycle((_, { evaluate, ...done }, { kind }) =>
    kind === "resume" || evaluate === undefined ? done : { ...done, evaluate },
  ),
  // Every replacement bears the first name.
  "names at rest": reconciler((plan) => ({
    ...plan,
    actions: plan.actions.map((action) =>
      "previousAllocation" in action && "name" in action
        ? { ...action, name: action.name.replace(/\d+\]$/, "0]") }
        : action,
    ),
  })),
  // Promotes what is placed, healthy or not.
  "one-gate": {
    reconcile,
    transition: (state, event) =>
      transition(
        event.kind === "promote"
          ? {
              ...state,
              allocations: state.allocations.map((one) => ({
                ...one,
                deploymentStatus: { ...one.deploymentStatus, healthy: true },
              })),
            }
          : state,
        event,
      ),
  },
  // Comes a little too late.
  ticks: lifecycle((_, done) =>
    done.nextTickAt === undefined ? done : { ...done, nextTickAt: done.nextTickAt + 1 },
  ),
  // Stops something in every plan.
  idempotence: reconciler(stopOne),
  // Leaves the rest of a plan undone for good: what was not carried out is forgotten.
  "partial-apply": {
    reconcile,
    transition: (state, event) => {
      if (event.kind !== "apply_plan") return transition(state, event);
      const { plan } = event;
      const asked = Object.values(plan.groups).reduce((sum, { place, stop }) => sum + place + stop, 0);
      const done = plan.actions.filter(({ kind }) => kind === "place" || kind === "stop").length;
      const after = transition(state, event);
      if (done >= asked) return after;
      const lost = after.state.allocations.find((one) => !isTerminal(one));
      return {
        ...after,
        state: {
          ...after.state,
          versions: after.state.versions.map((job) => (lost === undefined ? job : { ...job, stop: true })),
        },
      };
    },
  },
  convergence: reconciler(stopOne),
  // A rollback wants canaries of the old specification, and waits for their promotion.
  "rollback-ends": {
    reconcile: (input) => {
      const versions = input.versions.map(({ rollbackOf: _, ...job }) => job);
      return reconcile({ ...input, versions });
    },
    transition,
  },
  // Never rolls back.
  "failing-version": lifecycle((before, done) => {
    if (done.rollback?.kind !== "rolled_back") return done;
    return { ...done, state: { ...done.state, versions: before.versions } };
  }),
  // Takes a report out of turn for bad news.
  "order of events": {
    reconcile,
    transition: (state, event) => {
      if (event.kind !== "report_health" || event.healthy?.length !== 1) return transition(state, event);
      const first = state.allocations.find(
        (one) =>
          one.deploymentId === event.deploymentId &&
          one.deploymentStatus?.healthy === undefined &&
          one.desiredStatus === "run" &&
          one.clientStatus === "running",
      );
      const isInTurn = first === undefined || event.healthy.includes(first.id);
      return transition(state, isInTurn ? event : { ...event, healthy: [], unhealthy: event.healthy });
    },
  },
  // Scales twice as far.
  "one more": {
    reconcile,
    transition: (state, event) =>
      transition(state, event.kind === "scale" ? { ...event, count: event.count + 1 } : event),
  },
  // The more may change at once, the fewer do.
  "more parallel": {
    reconcile: (input) => {
      const slower = (group: TaskGroup): TaskGroup =>
        group.update === undefined
          ? group
          : {
              ...group,
              update: { ...group.update, maxParallel: Math.max(1, 4 - (group.update.maxParallel ?? 1)) },
            };
      const versions = input.versions.map((job) => ({ ...job, groups: job.groups.map(slower) }));
      return reconcile({ ...input, versions });
    },
    transition,
  },
  // Owes nothing to what died.
  "no-dead-end": reconciler((plan) => ({
    ...plan,
    actions: plan.actions.filter((action) => action.kind !== "place" || action.reason.code === "rescheduled"),
  })),
};

function stopOne(plan: Plan): Plan {
  let isFirst = true;
  return {
    ...plan,
    actions: plan.actions.map((action) => {
      if (action.kind !== "ignore" || action.reason.code !== "unchanged" || !isFirst) return action;
      isFirst = false;
      const { group, allocationId } = action;
      return { kind: "stop", group, allocationId, reason: { code: "job_stopped" } };
    }),
  };
}

describe("every property of sequences can fail", () => {
  const names = [...STEP_PROPERTIES, ...STATE_PROPERTIES].map(({ name }) => name);

  it("has a fault each", () => expect(Object.keys(FAULTS).sort()).toEqual([...names].sort()));

  it.each(names)("%s", (name) => {
    const found = violation(() =>
      assertLifecycle(FAULTS[name] ?? sound, {
        properties: [name],
        lives: LIVES,
        seed: SEED,
        shrinks: 0,
        floors: {},
      }),
    );
    // What breaks a plan may also make whoever decides throw.
    expect(["total", name]).toContain(found.violations[0]?.property);
    // Found again by what the error says.
    const again = violation(() =>
      assertLifecycle(FAULTS[name] ?? sound, { properties: [name], shrinks: 0, replay: found.replay }),
    );
    expect(again.violations).toEqual(found.violations);
    expect(again.counterexample).toEqual(found.counterexample);
  });
});

describe("patches", () => {
  const ways = { "there alone": "inversePatches", "back alone": "patches" } as const;

  it.each(Object.entries(ways))("that lead %s are not enough", (_, lost) => {
    const losing = lifecycle((__, done) => ({
      ...done,
      patches: () => ({ ...done.patches(), [lost]: [] }),
    }));
    const found = violation(() =>
      assertLifecycle(losing, { properties: ["patches"], lives: LIVES, seed: SEED, shrinks: 0, floors: {} }),
    );
    expect(found.violations.map(({ message }) => message.startsWith("the inverse"))).toEqual([
      lost === "inversePatches",
    ]);
  });
});

function violation(run: () => unknown): PropertyViolated {
  try {
    run();
  } catch (error) {
    if (error instanceof PropertyViolated) return error;
    throw error;
  }
  throw new Error("nothing was found");
}
