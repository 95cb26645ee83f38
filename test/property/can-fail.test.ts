import { describe, expect, it } from "vitest";
import { type Action, type Plan, type ReconcileInput, reconcile } from "../../src/index.js";
import { PLAN_PROPERTIES } from "../../src/properties/index.js";
import { aDeployment, aDeploymentState, aGroup, aJob, anAllocation, anInput } from "../unit/a-job.js";

type Reconcile = (input: ReconcileInput) => Plan;

/** A reconciler that was broken on purpose, and an input that shows it. */
interface Mutant {
  readonly input: ReconcileInput;
  readonly broken: Reconcile;
}

const update = { maxParallel: 1 };
const HOUR = 3_600_000;
const gated = { maxParallel: 1, canary: 1 };
const image = (n: number) => [{ name: "main", config: { image: `image:${n}` } }];

function rolling(update: object): ReconcileInput {
  return anInput({
    versions: [
      aJob({ groups: [aGroup({ tasks: image(1), ...update })] }),
      aJob({ version: 1, modifyIndex: 11, groups: [aGroup({ tasks: image(2), ...update })] }),
    ],
    deployments: [aDeployment({ status: "successful" })],
    allocations: anInput().allocations.map((one) => ({ ...one, deploymentStatus: { healthy: true } })),
  });
}

/** Mid-canary: one healthy canary of version 1 beside three of version 0. */
function canarying(): ReconcileInput {
  const input = rolling({ update: gated });
  const canary = anAllocation(0, {
    id: "canary-0",
    jobVersion: 1,
    deploymentId: "deploy-1",
    deploymentStatus: { canary: true, healthy: true },
  });
  const groups = { web: aDeploymentState({ desiredCanaries: 1, placedCanaries: ["canary-0"] }) };
  const deployment = aDeployment({
    id: "deploy-1",
    jobVersion: 1,
    jobModifyIndex: 11,
    createIndex: 12,
    groups,
  });
  return {
    ...input,
    allocations: [...input.allocations, canary],
    deployments: [...input.deployments, deployment],
  };
}

function changing(
  input: ReconcileInput,
  change: (actions: readonly Action[], plan: Plan) => readonly Action[],
): Mutant {
  return { input, broken: (given) => withActions(reconcile(given), change) };
}

function withActions(
  plan: Plan,
  change: (actions: readonly Action[], plan: Plan) => readonly Action[],
): Plan {
  return { ...plan, actions: change(plan.actions, plan) };
}

function onFirst(kind: Action["kind"], change: (action: Action) => Action) {
  return (actions: readonly Action[]): Action[] => {
    const at = actions.findIndex((action) => action.kind === kind);
    return actions.map((action, i) => (i === at ? change(action) : action));
  };
}

const scaledDown = anInput({ versions: [aJob({ groups: [aGroup({ count: 2 })] })] });
const lost = anInput({ nodes: [{ id: "node-1", status: "down" }] });
const failed = anInput({
  versions: [aJob({ groups: [aGroup({ reschedule: { unlimited: true, delay: 60_000 } })] })],
  allocations: [
    anAllocation(0, { clientStatus: "failed", modifiedAt: anInput().now - 1 }),
    anAllocation(1),
    anAllocation(2),
  ],
});

const replaced = anInput({
  allocations: [
    anAllocation(0, { desiredStatus: "stop", clientStatus: "complete", nextAllocation: "allocation-3" }),
    anAllocation(1),
    anAllocation(2),
    anAllocation(3, { name: "shop.web[0]", previousAllocation: "allocation-0" }),
  ],
});

let calls = 0;
const MUTANTS: Record<string, Mutant> = {
  pure: {
    input: anInput(),
    broken: (input) => ({ ...reconcile(input), wakeAt: ++calls }),
  },
  "order-free": {
    input: scaledDown,
    broken: (input) => ({
      ...reconcile(input),
      wakeAt: input.allocations[0]?.id.length === 0 ? 0 : Number(input.allocations[0]?.id.slice(-1)),
    }),
  },
  partition: changing(anInput(), (actions) => actions.slice(1)),
  "update budget": changing(rolling({ update }), (actions) => {
    const replace = actions.find(({ kind }) => kind === "replace");
    return actions.map((action) =>
      action.kind === "ignore" && replace !== undefined
        ? ({ ...replace, allocationId: action.allocationId } as Action)
        : action,
    );
  }),
  ceiling: changing(
    scaledDown,
    onFirst("stop", (action) => ({ ...action, kind: "ignore", reason: { code: "unchanged" } }) as Action),
  ),
  "owed work is not lost": changing(lost, (actions) => actions.filter(({ kind }) => kind !== "place")),
  floor: changing(
    rolling({ update: gated }),
    onFirst(
      "ignore",
      (action) => ({ ...action, kind: "stop", reason: { code: "surplus", have: 3, need: 2 } }) as Action,
    ),
  ),
  canaries: {
    input: {
      ...canarying(),
      deployments: canarying().deployments.map((one) =>
        one.id === "deploy-1" ? { ...one, status: "failed" as const } : one,
      ),
    },
    broken: (input) =>
      withActions(
        reconcile(input),
        onFirst("stop", (action) => ({ ...action, kind: "ignore", reason: { code: "unchanged" } }) as Action),
      ),
  },
  freeze: changing(
    canarying(),
    onFirst(
      "ignore",
      (action) =>
        ({
          ...action,
          kind: "replace",
          placement: "web/9",
          name: "shop.web[0]",
          jobVersion: 1,
          jobCreateIndex: 5,
        }) as Action,
    ),
  ),
  lineage: changing(
    lost,
    onFirst("place", (action) => ({ ...action, jobVersion: 7 }) as Action),
  ),
  stop: changing(
    anInput({ versions: [aJob({ stop: true })] }),
    onFirst("stop", (action) => ({ ...action, kind: "ignore", reason: { code: "unchanged" } }) as Action),
  ),
  victims: changing(scaledDown, (actions) => {
    const stop = actions.find(({ kind }) => kind === "stop");
    return actions.map((action, i) => {
      if (!("allocationId" in action) || stop === undefined || !("allocationId" in stop)) return action;
      const swapped = i === 0 ? stop : action.kind === "stop" ? actions[0] : action;
      return { ...swapped, allocationId: action.allocationId } as Action;
    });
  }),
  names: changing(
    anInput({ allocations: [anAllocation(0), anAllocation(1)] }),
    onFirst("place", (action) => ({ ...action, name: "shop.web[0]" }) as Action),
  ),
  independence: {
    input: anInput(),
    broken: (input) =>
      withActions(reconcile(input), (actions) =>
        input.versions[0]?.groups.length === 1 ? actions : actions.slice(1),
      ),
  },
  status: {
    input: anInput({ deployments: [aDeployment()] }),
    broken: (input) => ({
      ...reconcile(input),
      deploymentUpdates: [{ deploymentId: "deploy-0", status: "successful", description: "successful" }],
    }),
  },
  total: changing(anInput({ allocations: [] }), (actions) =>
    Array.from({ length: 100 }, () => actions).flat(),
  ),
  "wake-ups": { input: failed, broken: (input) => ({ ...reconcile(input), wakeAt: input.now + 86_400_000 }) },
  // Wakes at whole hours.
  shift: {
    input: failed,
    broken: (input) => ({ ...reconcile(input), wakeAt: Math.ceil((input.now + 1) / HOUR) * HOUR }),
  },
  // Looks into an id.
  rename: {
    input: anInput(),
    broken: (input) => ({ ...reconcile(input), wakeAt: input.allocations[0]?.id.length ?? 0 }),
  },
  // Knows an input by the very object.
  "round trip": {
    input: lost,
    broken: (input) =>
      withActions(reconcile(input), (actions) => (input.allocations === lost.allocations ? actions : [])),
  },
  // Counts what is history.
  superseded: {
    input: replaced,
    broken: (input) => ({ ...reconcile(input), wakeAt: input.allocations.length }),
  },
};

/** Other ways to break some of them: what one check in each sees alone. */
const MORE: readonly (readonly [property: string, how: string, Mutant])[] = [
  [
    "order-free",
    "it matters who stands beside whom, and not from which side one looks",
    {
      input: scaledDown,
      broken: (input) => {
        const at = (id: string) => input.allocations.findIndex((one) => one.id === id);
        return { ...reconcile(input), wakeAt: Math.abs(at("allocation-0") - at("allocation-1")) };
      },
    },
  ],
  [
    "round trip",
    "what may be written to is written to",
    {
      input: anInput(),
      broken: (input) => {
        const plan = reconcile(input);
        for (const one of input.allocations)
          Reflect.set(one, "seen", Number(Reflect.get(one, "seen") ?? 0) + 1);
        return plan;
      },
    },
  ],
];

describe("every property can fail", () => {
  it.each(PLAN_PROPERTIES.map((property) => [property.name, property] as const))("%s", (name, property) => {
    const mutant = MUTANTS[name];
    if (mutant === undefined) throw new Error(`no mutant breaks "${name}"`);
    const { input, broken } = mutant;
    expect(property.check({ input, plan: reconcile(input), reconcile })).toEqual([]);
    expect(property.check({ input, plan: broken(input), reconcile: broken })).not.toEqual([]);
  });

  it.each(MORE)("%s: %s", (name, _, { input, broken }) => {
    const property = PLAN_PROPERTIES.find((one) => one.name === name);
    expect(property?.check({ input, plan: reconcile(input), reconcile })).toEqual([]);
    expect(property?.check({ input, plan: broken(input), reconcile: broken })).not.toEqual([]);
  });
});
