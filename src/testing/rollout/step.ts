import type { JobEvent, JobState, PlacementOutcome } from "../../lifecycle/index.js";
import { type Action, currentJob, isActive, isPlacing, type Job, type Plan } from "../../model/index.js";
import type { RolloutEvent } from "./events.js";
import type { RolloutState } from "./state.js";

/** What an event of the space is to the library; nothing: it cannot happen. */
export function asJobEvent(
  state: RolloutState,
  event: RolloutEvent,
  decide: (state: RolloutState) => Plan,
): JobEvent | undefined {
  const { job, now, spent } = state;
  switch (event.kind) {
    case "plan":
      return carriedOut(decide(state), job, now, "all");
    case "plan_in_part":
      return carriedOut(decide(state), job, now, event.part);
    case "stale_plan":
      return state.stale === undefined ? undefined : carriedOut(state.stale, job, now, "all");
    case "healthy":
    case "unhealthy": {
      const deploymentId = job.allocations.find(({ id }) => id === event.allocationId)?.deploymentId;
      if (deploymentId === undefined) return undefined;
      return { kind: "report_health", now, deploymentId, [event.kind]: [event.allocationId] };
    }
    case "lost": {
      const nodeId = job.allocations.find(({ id }) => id === event.allocationId)?.nodeId ?? "";
      return { kind: "update_node", now, node: { id: nodeId, status: "gone" } };
    }
    case "completes":
      return {
        kind: "update_clients",
        now,
        updates: [{ allocationId: event.allocationId, clientStatus: "complete" }],
      };
    case "submit":
      return submit(job, now, (current) => withImage(current, spent.submits));
    case "submit_earlier":
      return submit(job, now, () => job.versions.find(({ version }) => version === event.version));
    case "scale":
      return {
        kind: "scale",
        now,
        group: currentJob(job.versions)?.groups[0]?.name ?? "",
        count: event.count,
      };
    case "promote":
    case "fail":
    case "pause":
      return { kind: event.kind, now, deploymentId: event.deploymentId };
    case "resume":
      // A pause may outlast every deadline, and must not matter.
      return { kind: "resume", now: Math.max(now, ...deadlines(job)), deploymentId: event.deploymentId };
    case "deadline": {
      const next = deadlines(job).filter((at) => at > now);
      return next.length === 0 ? undefined : { kind: "tick", now: Math.min(...next) };
    }
  }
}

/** When the active deployments' groups must have made progress; each group has a deadline of its own. */
function deadlines({ deployments }: JobState): readonly number[] {
  return deployments
    .filter(isActive)
    .flatMap(({ groups }) => Object.values(groups).flatMap(({ requireProgressBy: by }) => by ?? []));
}

function submit(
  state: JobState,
  now: number,
  change: (current: Job) => Job | undefined,
): JobEvent | undefined {
  const current = currentJob(state.versions);
  const job = current === undefined ? undefined : change(current);
  return job === undefined ? undefined : { kind: "submit", now, job };
}

function withImage(job: Job, image: number): Job {
  const groups = job.groups.map((group) => ({
    ...group,
    tasks: group.tasks.map((task) => ({ ...task, config: { image } })),
  }));
  return { ...job, groups };
}

/** What of a plan is carried out; each placement on a node of its own, so that one can be lost alone. */
function carriedOut(plan: Plan, job: JobState, now: number, part: "all" | "first" | "rest"): JobEvent {
  const actions = part === "all" ? plan.actions : partOf(plan, job, part);
  const placements = actions.filter(isPlacing).map(({ placement }): PlacementOutcome => {
    const id = `${job.index}.${placement}`;
    return { placement, allocationId: id, nodeId: `node of ${id}` };
  });
  return { kind: "apply_plan", now, plan: { ...plan, actions }, placements };
}

/** The first of what a plan does, or all but that: the first by what it is, for ids differ from way to way. */
function partOf(plan: Plan, job: JobState, part: "first" | "rest"): readonly Action[] {
  const acting = plan.actions.filter(({ kind }) => kind !== "ignore");
  if (acting.length < 2)
    return part === "first" ? plan.actions : plan.actions.filter((one) => one !== acting[0]);
  const texts = new Map(acting.map((action) => [action, textOf(action, job)]));
  const [first] = acting.sort((a, b) => ((texts.get(a) ?? "") < (texts.get(b) ?? "") ? -1 : 1));
  return plan.actions.filter((one) => one.kind === "ignore" || (one === first) === (part === "first"));
}

function textOf(action: Action, { allocations, nodes = [] }: JobState): string {
  if (!("allocationId" in action)) return `${action.kind} ${action.name} ${action.jobVersion}`;
  const one = allocations.find(({ id }) => id === action.allocationId);
  const isAway = nodes.some(({ id }) => id === one?.nodeId);
  return `${action.kind} ${one?.name} ${one?.jobVersion} ${one?.clientStatus} ${isAway} ${JSON.stringify(one?.deploymentStatus)}`;
}
