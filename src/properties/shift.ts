import type {
  Action,
  Allocation,
  Deployment,
  DeploymentState,
  Plan,
  TaskState,
  Waiting,
} from "../model/index.js";
import type { ReconcileInput } from "../reconcile/index.js";
import type { PlanProperty } from "./violation.js";
import { wrong } from "./wrong.js";

/** A day and a bit: no unit of time divides it. */
const LATER = 86_400_007;

/** @public */
export const shift: PlanProperty = {
  kind: "plan",
  name: "shift",
  sentence:
    "With every time of the input later by a constant the plan is the same, its times later by as much.",
  anchor: "properties.md#shift",
  cost: "more_plans",
  check: ({ input, plan, reconcile }) => {
    const expected = JSON.stringify(planShifted(plan));
    const answer = JSON.stringify(reconcile(inputShifted(input)));
    return answer === expected
      ? []
      : [wrong`later by ${{ shift: LATER }} it is ${{ answer }}, not ${{ expected }}`];
  },
};

function inputShifted(input: ReconcileInput): ReconcileInput {
  return {
    ...input,
    now: input.now + LATER,
    allocations: input.allocations.map(allocationShifted),
    deployments: input.deployments.map(deploymentShifted),
  };
}

function allocationShifted(allocation: Allocation): Allocation {
  const { deploymentStatus, reschedule, clientStatusHistory, taskStates, checks } = allocation;
  return {
    ...withTimes(allocation, ["createdAt", "modifiedAt", "adoptedAt"]),
    ...(deploymentStatus === undefined
      ? {}
      : { deploymentStatus: withTimes(deploymentStatus, ["timestamp"]) }),
    ...(reschedule === undefined
      ? {}
      : {
          reschedule: { ...reschedule, events: reschedule.events.map((event) => withTimes(event, ["at"])) },
        }),
    ...(clientStatusHistory === undefined
      ? {}
      : { clientStatusHistory: clientStatusHistory.map((change) => withTimes(change, ["at"])) }),
    ...(taskStates === undefined ? {} : { taskStates: ofEach(taskStates, taskShifted) }),
    ...(checks === undefined ? {} : { checks: ofEach(checks, (check) => withTimes(check, ["since"])) }),
  };
}

function taskShifted(state: TaskState): TaskState {
  return withTimes(state, ["startedAt", "finishedAt", "lastRestartAt"]);
}

function deploymentShifted(deployment: Deployment): Deployment {
  return {
    ...withTimes(deployment, ["createdAt", "modifiedAt"]),
    groups: ofEach(deployment.groups, groupShifted),
  };
}

function groupShifted(state: DeploymentState): DeploymentState {
  return withTimes(state, ["requireProgressBy"]);
}

function planShifted(plan: Plan): Plan {
  const { deployment } = plan;
  return {
    ...withTimes(plan, ["wakeAt"]),
    actions: plan.actions.map(actionShifted),
    ...(deployment === undefined
      ? {}
      : { deployment: { ...deployment, groups: ofEach(deployment.groups, groupShifted) } }),
    followUps: plan.followUps.map((followUp) => withTimes(followUp, ["at"])),
    waiting: plan.waiting.map((one): Waiting => ("at" in one ? withTimes(one, ["at"]) : one)),
  };
}

function actionShifted(action: Action): Action {
  if (action.kind !== "ignore") return action;
  const { reason } = action;
  if (reason.code === "waiting_for_reschedule") return { ...action, reason: withTimes(reason, ["at"]) };
  if (reason.code === "waiting_for_client") return { ...action, reason: withTimes(reason, ["until"]) };
  return action;
}

/** The same with those of these times that are there later, at their old places. */
function withTimes<T extends object, K extends keyof T>(value: T, times: readonly K[]): T {
  const copy = { ...value };
  for (const time of times) {
    const at: unknown = copy[time];
    if (typeof at === "number") Object.assign(copy, { [time]: at + LATER });
  }
  return copy;
}

function ofEach<T>(record: { readonly [name: string]: T }, change: (value: T) => T): { [name: string]: T } {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
