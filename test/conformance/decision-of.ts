import {
  type Action,
  type DisconnectAction,
  groupOf,
  type Job,
  nodeClass,
  nomadSummary,
  type Plan,
  type ReconcileInput,
  type ReplaceAction,
  type StopReason,
  type UpdateAction,
} from "../../src/index.js";
import type { RecordedDecision, RecordedPlacement } from "./vector.js";

/** A plan in the words of a recorded decision. Parts are lists in no particular order. */
export type Decision = Readonly<Record<keyof RecordedDecision, unknown>>;

/** The recorded families tell placements in one of two ways: what they are for, or which version they run. */
export type PlacementStyle = "cause" | "version";

const RECORDED_REASON: Record<StopReason["code"], string> = {
  job_stopped: "not_needed",
  group_removed: "not_needed",
  canary_cancelled: "not_needed",
  surplus: "not_needed",
  surplus_failed: "not_needed",
  surplus_unknown: "not_needed",
  reconnected_unwanted: "not_needed",
  replacement_kept: "not_needed",
  original_kept: "reconnected",
  failed_while_away: "rescheduled",
  migrating: "migrating",
  rescheduled: "rescheduled",
  lost: "lost",
};

/** What a plan decides, in the words of the recorded decisions. */
export function decisionOf(input: ReconcileInput, plan: Plan, style: PlacementStyle): Decision {
  return {
    groups: nomadSummary(plan),
    stop: stops(plan, style),
    place: plan.actions.flatMap((action) => placement(input, plan, action, style)),
    destructive: plan.actions.flatMap((action) =>
      action.kind === "replace" ? [{ id: action.allocationId, name: action.name }] : [],
    ),
    inPlace: plan.actions
      .filter((action) => action.kind === "update")
      .map(({ allocationId: id, deploymentId }) =>
        style === "cause" ? id : { id, ...joined(plan, deploymentId) },
      ),
    disconnect: plan.actions.flatMap((action) => (isAway(action) ? [action.allocationId] : [])),
    reconnect: plan.actions.flatMap((action) => (action.kind === "reconnect" ? [action.allocationId] : [])),
    attributeUpdates: rescheduledLater(plan).map((id) => ({ id, followUp: true })),
    deployment: deployment(plan),
    currentDeploymentGroups: plan.deployment?.kind === "changed" ? withoutTotals(plan.deployment.groups) : {},
    deploymentUpdates: plan.deploymentUpdates.map(({ deploymentId: id, status, description }) => ({
      id,
      status,
      description,
    })),
    followUps: followUps(plan),
    renamed: undefined,
    classes: classes(input),
    markLost: plan.actions.flatMap((action) =>
      action.kind === "ignore" && action.clientStatus === "lost" ? [action.allocationId] : [],
    ),
  };
}

function stops(plan: Plan, style: PlacementStyle): unknown[] {
  return plan.actions.flatMap((action): unknown[] => {
    if (action.kind === "replace" && style === "version")
      return [{ id: action.allocationId, reason: "updating" }];
    if (action.kind !== "stop") return [];
    return [
      {
        id: action.allocationId,
        reason: RECORDED_REASON[action.reason.code],
        ...(action.clientStatus === undefined ? {} : { clientStatus: action.clientStatus }),
        ...(action.reason.code === "lost" && action.followUpEvaluationId !== undefined
          ? { followUp: true }
          : {}),
      },
    ];
  });
}

/** Those that get the id of the evaluation which reschedules them, whatever else happens to them. */
function rescheduledLater(plan: Plan): string[] {
  const reschedules = new Set(
    plan.followUps.flatMap(({ cause, id }) => (cause === "reschedule" ? [id] : [])),
  );
  return plan.actions.flatMap((action) => {
    if (isAway(action) || !("followUpEvaluationId" in action)) return [];
    return reschedules.has(action.followUpEvaluationId ?? "") ? [action.allocationId] : [];
  });
}

function placement(
  input: ReconcileInput,
  plan: Plan,
  action: Action,
  style: PlacementStyle,
): RecordedPlacement[] {
  const isReplace = action.kind === "replace";
  if (action.kind !== "place" && action.kind !== "canary" && !(isReplace && style === "version")) return [];
  const previous = action.previousAllocation;
  const told = {
    group: action.group,
    name: action.name,
    canary: action.kind === "canary",
    ...(previous === undefined ? {} : { previous }),
  };
  if (style === "version") {
    return [{ ...told, jobVersion: action.jobVersion, ...joined(plan, action.deploymentId) }];
  }
  const replaced = input.allocations.find(({ id }) => id === previous);
  return [
    {
      ...told,
      reschedule: action.reason.code === "rescheduled",
      lost: action.reason.code === "lost",
      ...(action.version === "current"
        ? {}
        : { downgrade: true, minJobVersion: replaced === undefined ? 0 : replaced.jobVersion }),
    },
  ];
}

function joined(plan: Plan, deploymentId: string | undefined): { deploymentId?: string } {
  if (deploymentId === undefined) return {};
  const isNew = plan.deployment?.kind === "created" && plan.deployment.id === deploymentId;
  return { deploymentId: isNew ? "new" : deploymentId };
}

function isAway(action: Action): action is DisconnectAction | ReplaceAction | UpdateAction {
  return (
    action.kind === "disconnect" ||
    ((action.kind === "replace" || action.kind === "update") && action.disconnect === true)
  );
}

function deployment(plan: Plan): unknown {
  if (plan.deployment === undefined) return null;
  const { kind, id, description, status, groups } = plan.deployment;
  return {
    ...(kind === "changed" ? { id } : {}),
    description: description ?? "",
    status,
    groups: withoutTotals(groups),
  };
}

/** Ours is the group's count, Nomad's what the first plan touched (deviation 19). */
export function withoutTotals(groups: { readonly [group: string]: object } | undefined): unknown {
  return Object.fromEntries(
    Object.entries(groups ?? {}).map(([name, state]) => {
      const { desiredTotal: _, requireProgressBy: __, ...rest } = state as Record<string, unknown>;
      return [name, rest];
    }),
  );
}

function followUps(plan: Plan): unknown {
  const rescheduled = new Set(
    plan.followUps.flatMap(({ cause, allocations }) => (cause === "reschedule" ? allocations : [])),
  );
  const groups: Record<string, unknown[]> = {};
  for (const { group, at, cause, allocations } of plan.followUps) {
    // One that is rescheduled later waits for that evaluation, though another was made for it as well.
    const borne = allocations.filter((id) => cause === "reschedule" || !rescheduled.has(id)).sort();
    const batched = [...allocations].sort();
    const list = groups[group] ?? [];
    list.push({
      at,
      cause,
      allocations: borne,
      ...(borne.join() === batched.join() ? {} : { batched }),
    });
    groups[group] = list;
  }
  return groups;
}

/** Rule 4's class of every allocation that is not untainted. */
function classes(input: ReconcileInput): unknown {
  const told: Record<string, string> = {};
  const tainted = new Map((input.nodes ?? []).map((node) => [node.id, node]));
  for (const allocation of input.allocations) {
    const version = input.versions.find(
      (job: Job) => job.version === allocation.jobVersion && job.createIndex === allocation.jobCreateIndex,
    );
    const group = version === undefined ? undefined : groupOf(version, allocation.group);
    const node = tainted.get(allocation.nodeId);
    const isTainted =
      node !== undefined && (node.draining === true || !/ready|initializing/.test(node.status));
    const found = nodeClass(
      allocation,
      isTainted ? node : undefined,
      { lostAfter: group?.disconnect?.lostAfter ?? 0, replaceWhenAway: group?.disconnect?.replace ?? true },
      input.now,
    );
    if (found !== "untainted") told[allocation.id] = found;
  }
  return told;
}
