import {
  type Action,
  type Allocation,
  currentJob,
  type Deployment,
  deploymentStateOf,
  groupOf,
  isActive,
  isStopped,
  isTerminal,
  type Job,
  type Plan,
  provenDeployment,
  type TaskGroup,
  updateStrategyOf,
  wantsPromotion,
} from "../model/index.js";
import type { ReconcileInput } from "../reconcile/index.js";

/** The verdict kinds: actions about an allocation of the input. */
export type Verdict = Extract<Action, { allocationId: string }>;
/** The actions that make an allocation. */
export type Placing = Extract<Action, { placement: string; name: string }>;

export function isVerdict(action: Action): action is Verdict {
  return "allocationId" in action;
}

export function isPlacing(action: Action): action is Placing {
  return action.kind === "place" || action.kind === "canary" || action.kind === "replace";
}

/** One group of a plan beside what the input says of it: read anew from input and plan, not from the reconciler. */
export interface GroupReading {
  readonly name: string;
  readonly job: Job | undefined;
  readonly group: TaskGroup | undefined;
  readonly count: number;
  readonly canary: number;
  readonly current: Deployment | undefined;
  readonly isRemoved: boolean;
  readonly isPaused: boolean;
  readonly isFailed: boolean;
  /** The group has canaries to promote once the plan is applied. */
  readonly isCanarying: boolean;
  readonly hasStrategy: boolean;
  readonly maxParallel: number;
  readonly verdicts: readonly { readonly allocation: Allocation; readonly verdict: Verdict }[];
  readonly placings: readonly Placing[];
  /** Ids of the current deployment's placed canaries in this group. */
  readonly placedCanaries: ReadonlySet<string>;
}

/** Nearly every property reads the plan that it is given, one after another. */
const known = new WeakMap<
  Plan,
  { readonly input: ReconcileInput; readonly groups: readonly GroupReading[] }
>();

/** Reads the plan group by group. */
export function readGroups(input: ReconcileInput, plan: Plan): readonly GroupReading[] {
  let reading = known.get(plan);
  if (reading?.input !== input) {
    reading = { input, groups: read(input, plan) };
    known.set(plan, reading);
  }
  return reading.groups;
}

function read(input: ReconcileInput, plan: Plan): GroupReading[] {
  const job = currentJob(input.versions);
  const current = input.deployments.find(({ id }) => id === plan.madeFrom.deploymentId);
  const allocations = new Map(input.allocations.map((allocation) => [allocation.id, allocation]));
  const names = new Set([
    ...(job?.groups ?? []).map(({ name }) => name),
    ...plan.actions.map(({ group }) => group),
  ]);
  return [...names].map((name) => {
    const group = job === undefined ? undefined : groupOf(job, name);
    const own = plan.actions.filter((action) => action.group === name);
    const update = group === undefined || job?.type === "batch" ? undefined : updateStrategyOf(group);
    const state = deploymentStateOf(plan.deployment, name) ?? deploymentStateOf(current, name);
    const status = current?.status;
    return {
      name,
      job,
      group,
      count: group?.count ?? 0,
      canary: update?.canary ?? 0,
      current,
      isRemoved: isStopped(job) || group === undefined || group.count === 0,
      isPaused: status === "paused" || status === "pending" || status === "initializing",
      isFailed: status === "failed",
      isCanarying: state !== undefined && wantsPromotion(state),
      hasStrategy: update !== undefined,
      maxParallel: update === undefined ? (group?.count ?? 0) : (update.maxParallel ?? 1),
      verdicts: own.filter(isVerdict).flatMap((verdict) => {
        const allocation = allocations.get(verdict.allocationId);
        return allocation === undefined ? [] : [{ allocation, verdict }];
      }),
      placings: own.filter(isPlacing),
      placedCanaries: new Set(deploymentStateOf(current, name)?.placedCanaries ?? []),
    };
  });
}

/** The group as the version has it that another deployment proved: what is to run while the current one is not proven. */
export function keptAlive(
  { versions, deployments }: ReconcileInput,
  reading: GroupReading,
): TaskGroup | undefined {
  const { name, job, current } = reading;
  const groupIn = ({ jobVersion, jobCreateIndex }: Deployment): TaskGroup | undefined => {
    const version = versions.find((one) => one.version === jobVersion && one.createIndex === jobCreateIndex);
    return version === undefined ? undefined : groupOf(version, name);
  };
  const proven = provenDeployment(
    deployments,
    name,
    (one) => one !== current && one.jobCreateIndex === job?.createIndex && groupIn(one) !== undefined,
  );
  return proven === undefined ? undefined : groupIn(proven);
}

/** Whether the allocation lives on after the plan, in its place. */
export function isKept(verdict: Verdict, allocation: Allocation): boolean {
  return verdict.kind !== "stop" && verdict.kind !== "replace" && !isTerminal(allocation);
}

/** Whether the allocation is away after the plan: unknown, or becoming so. */
export function isAwayAfter(verdict: Verdict, allocation: Allocation): boolean {
  return (
    verdict.kind === "disconnect" ||
    (verdict.kind === "update" && verdict.disconnect === true) ||
    (allocation.clientStatus === "unknown" && verdict.kind !== "reconnect")
  );
}

/** Whether a live, un-promoted canary of the current deployment. */
export function isUnpromotedCanary(reading: GroupReading, allocation: Allocation): boolean {
  return reading.isCanarying && reading.placedCanaries.has(allocation.id);
}

/** The current deployment may still change something. */
export function hasActiveDeployment(reading: GroupReading): boolean {
  return reading.current !== undefined && isActive(reading.current);
}

/** Reasons that say: it fills its place, as it is. */
const FILLS_ITS_PLACE: ReadonlySet<string> = new Set([
  "unchanged",
  "budget_spent",
  "held_for_promotion",
  "held_while_paused",
  "held_after_failure",
  "waiting_for_reschedule",
  "waiting_for_deployment",
  "no_attempt_left",
  "no_reschedule_policy",
]);

/** Whether the allocation fills one of the group's places after the plan (as it is, adopted, or away and not replaced). */
export function fillsPlace(verdict: Verdict): boolean {
  switch (verdict.kind) {
    case "ignore":
      return FILLS_ITS_PLACE.has(verdict.reason.code);
    case "disconnect":
      return verdict.reason.replaced === "never" || verdict.reason.replaced === "later";
    case "stop":
      return false;
    default:
      return true;
  }
}
