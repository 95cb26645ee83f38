import type { JobEvent, JobState, PlacementOutcome } from "../lifecycle/index.js";
import { currentJob, isActive, isPlacing, type Job, type Plan } from "../model/index.js";
import type { reconcile } from "../reconcile/index.js";
import type { RolloutEvent, Spent } from "./rollout-events.js";

/** One state of a rollout space. */
export interface RolloutState {
  readonly job: JobState;
  readonly now: number;
  readonly spent: Spent;
  /** The property that the step to it broke. */
  readonly wrong?: string | undefined;
}

/** What an event of the space is to the library; nothing: it cannot happen. */
export function asJobEvent(
  { job, now, spent }: RolloutState,
  event: RolloutEvent,
  decide: typeof reconcile,
): JobEvent | undefined {
  switch (event.kind) {
    case "plan":
      return carriedOut(decide({ ...job, now, evaluationId: `e${job.index}` }), job, now, () => true);
    case "plan_in_part":
      return carriedOut(decide({ ...job, now, evaluationId: `e${job.index}` }), job, now, (at) =>
        event.part === "first" ? at === 0 : at > 0,
      );
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
    case "resume":
      return { kind: event.kind, now, deploymentId: event.deploymentId };
    case "deadline":
      return { kind: "tick", now: latestDeadline(job, now) };
  }
}

/** All deadlines that run pass at once. */
function latestDeadline({ deployments }: JobState, now: number): number {
  const deadlines = deployments
    .filter(isActive)
    .flatMap(({ groups }) => Object.values(groups).map(({ requireProgressBy = now }) => requireProgressBy));
  return Math.max(now, ...deadlines);
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
function carriedOut(plan: Plan, job: JobState, now: number, isDone: (at: number) => boolean): JobEvent {
  let n = 0;
  const actions = plan.actions.filter(({ kind }) => kind === "ignore" || isDone(n++));
  const placements = actions.filter(isPlacing).map(({ placement }): PlacementOutcome => {
    const id = `${job.index}.${placement}`;
    return { placement, allocationId: id, nodeId: `node of ${id}` };
  });
  return { kind: "apply_plan", now, plan: { ...plan, actions }, placements };
}
