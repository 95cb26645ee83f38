import type { Allocation, Job, NodeStatus, Plan, ReconcileInput } from "../../../src/index.js";
import { currentJob, isActive } from "../../../src/index.js";
import type { Choices } from "./choices.js";
import { applyPlan, changeState, inputOf, live, type ServerState } from "./small-server.js";
import { changedGroups, taskGroup } from "./specification.js";

/** Looks at one evaluation of a walk. */
export type Visit = (input: ReconcileInput, plan: Plan) => void;

/** A job's life: it is submitted, evaluated, and things happen to it; every evaluation is shown to `visit`. */
export function walk(
  choices: Choices,
  steps: number,
  reconcile: (input: ReconcileInput) => Plan,
  visit: Visit,
): void {
  const state = newJob(choices);
  for (let step = 0; step < steps; step++) {
    const evaluationId = dueFollowUp(state) ?? `eval-${++state.evaluations}`;
    const input = inputOf(state, evaluationId);
    const plan = reconcile(input);
    visit(input, plan);
    const isScarce = choices.oneIn(8);
    applyPlan(state, plan, () => !isScarce || choices.oneIn(2));
    const many = choices.of(1, 1, 2, 3, 0);
    for (let n = 0; n < many; n++) EVENTS[choices.below(EVENTS.length)]?.(choices, state);
  }
}

function newJob(choices: Choices): ServerState {
  const type = choices.of("service", "service", "service", "batch");
  const groups = [taskGroup(choices, "web", type, "image:0")];
  if (choices.oneIn(3)) groups.push(taskGroup(choices, "api", type, "image:0"));
  const job: Job = { id: "shop", type, version: 0, createIndex: 1, modifyIndex: 1, groups };
  return {
    versions: [job],
    allocations: [],
    deployments: [],
    nodes: [],
    now: 1_750_000_000_000,
    index: 1,
    evaluations: 0,
    placed: 0,
    followUps: [],
  };
}

/** The id of a follow-up whose time has come. */
function dueFollowUp(state: ServerState): string | undefined {
  const due = state.followUps.findIndex(({ at }) => at <= state.now);
  return due < 0 ? undefined : state.followUps.splice(due, 1)[0]?.id;
}

type Event = (choices: Choices, state: ServerState) => void;

function changeOne(
  choices: Choices,
  state: ServerState,
  among: readonly Allocation[],
  change: (one: Allocation) => Allocation,
): void {
  const chosen = among[choices.below(Math.max(1, among.length))];
  if (chosen === undefined) return;
  state.allocations = state.allocations.map((one) =>
    one === chosen ? { ...change(one), modifiedAt: state.now } : one,
  );
}

const start: Event = (_, state) => {
  state.allocations = state.allocations.map((one) => {
    if (one.desiredStatus !== "run")
      return one.clientStatus === "running" ? { ...one, clientStatus: "complete" } : one;
    return one.clientStatus === "pending"
      ? { ...one, clientStatus: "running", taskStates: { main: { state: "running", startedAt: state.now } } }
      : one;
  });
};

const becomeHealthy: Event = (choices, state) => {
  start(choices, state);
  const only = choices.oneIn(2) ? 1 : 100;
  let many = 0;
  state.allocations = state.allocations.map((one) => {
    const undecided = one.deploymentId !== undefined && one.deploymentStatus?.healthy === undefined;
    if (!undecided || one.clientStatus !== "running" || one.desiredStatus !== "run" || many >= only)
      return one;
    many++;
    return { ...one, deploymentStatus: { ...one.deploymentStatus, healthy: true, timestamp: state.now } };
  });
};

const becomeUnhealthy: Event = (choices, state) =>
  changeOne(
    choices,
    state,
    live(state).filter((one) => one.deploymentId !== undefined),
    (one) => ({
      ...one,
      deploymentStatus: { ...one.deploymentStatus, healthy: false },
    }),
  );

const crash: Event = (choices, state) =>
  changeOne(choices, state, live(state), (one) => ({
    ...one,
    clientStatus: "failed",
    taskStates: { main: { state: "dead", failed: true, finishedAt: state.now } },
    ...(choices.oneIn(2) ? { desiredTransition: { ...one.desiredTransition, reschedule: true } } : {}),
  }));

const end: Event = (choices, state) =>
  changeOne(choices, state, live(state), (one) => ({
    ...one,
    clientStatus: "complete",
    taskStates: { main: { state: "dead", failed: false, finishedAt: state.now } },
  }));

const migrate: Event = (choices, state) =>
  changeOne(choices, state, live(state), (one) => ({
    ...one,
    desiredTransition: { ...one.desiredTransition, migrate: true },
  }));

const changeNode: Event = (choices, state) => {
  const id = `node-${choices.below(5)}`;
  const status: NodeStatus = choices.of("down", "disconnected", "gone", "initializing", "ready", "ready");
  const draining = choices.oneIn(3);
  state.nodes = [...state.nodes.filter((node) => node.id !== id)];
  if (status !== "ready" || draining) state.nodes.push({ id, status, ...(draining ? { draining } : {}) });
};

/** Nodes come back, and their allocations report themselves running again. */
const comeBack: Event = (_, state) => {
  state.nodes = [];
  state.allocations = state.allocations.map((one) =>
    one.clientStatus === "unknown" ? { ...one, clientStatus: "running" } : one,
  );
};

const submit: Event = (choices, state) => {
  const current = currentJob(state.versions);
  if (current === undefined || current.stop === true) return;
  state.index++;
  const older = state.versions[choices.below(state.versions.length)];
  const groups =
    choices.oneIn(4) && older !== undefined
      ? older.groups
      : changedGroups(choices, current.groups, current.type, `image:${state.index}`);
  const { stable: _, rollbackOf: __, ...rest } = current;
  const isRollback = choices.oneIn(8);
  state.versions = [
    ...state.versions,
    {
      ...rest,
      version: current.version + 1,
      modifyIndex: state.index,
      groups,
      ...(isRollback ? { rollbackOf: older?.version ?? 0 } : {}),
    },
  ];
};

const promote: Event = (_, state) => {
  const deployment = state.deployments.find(isActive);
  if (deployment === undefined) return;
  for (const group of Object.keys(deployment.groups)) {
    changeState(state, deployment.id, group, (one) =>
      one.desiredCanaries > 0 ? { ...one, promoted: true } : one,
    );
  }
  const canaries = new Set(Object.values(deployment.groups).flatMap(({ placedCanaries }) => placedCanaries));
  state.allocations = state.allocations.map((one) => {
    if (!canaries.has(one.id) || one.deploymentStatus?.canary !== true) return one;
    return { ...one, deploymentStatus: { ...one.deploymentStatus, canary: false } };
  });
};

const changeDeployment: Event = (choices, state) => {
  const status = choices.of("paused", "running", "failed");
  state.deployments = state.deployments.map((one) => (isActive(one) ? { ...one, status } : one));
};

const stop: Event = (choices, state) => {
  if (!choices.oneIn(6)) return;
  const current = currentJob(state.versions);
  if (current === undefined) return;
  state.index++;
  state.versions = [
    ...state.versions,
    { ...current, version: current.version + 1, modifyIndex: state.index, stop: true },
  ];
};

const collect: Event = (_, state) => {
  state.allocations = state.allocations.filter(
    (one) => one.desiredStatus === "run" || one.clientStatus === "lost",
  );
};

const pass: Event = (choices, state) => {
  state.now += choices.of(1_000, 5_000, 30_000, 600_000);
};

const pauseOrNot: Event = (choices, state) =>
  choices.oneIn(2) ? changeDeployment(choices, state) : pass(choices, state);

const EVENTS: readonly Event[] = [
  start,
  becomeHealthy,
  becomeHealthy,
  becomeHealthy,
  becomeUnhealthy,
  crash,
  crash,
  end,
  migrate,
  changeNode,
  changeNode,
  comeBack,
  submit,
  submit,
  promote,
  pauseOrNot,
  stop,
  collect,
  pass,
  pass,
];
