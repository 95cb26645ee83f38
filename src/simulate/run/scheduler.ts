import type { PlacementOutcome } from "../../lifecycle/index.js";
import { isTerminal, type Plan, placementsOf } from "../../model/index.js";
import type { WorldJob } from "../world.js";
import type { Candidate } from "./placer.js";
import { needsOf } from "./resources.js";
import type { Run } from "./run.js";
import { askToEvaluate, tell } from "./tell.js";

/** Plans for a job and carries the plan out, now or a little late. */
export function evaluate(run: Run, jobId: string, followUp: string | undefined): void {
  const job = run.job(jobId);
  const evaluations = job.evaluations + (followUp === undefined ? 1 : 0);
  const { isEvaluationDue: _, ...others } = job;
  run.setJob(followUp === undefined ? { ...others, evaluations } : { ...job, evaluations });
  const evaluationId = followUp ?? `eval-${evaluations}`;
  const { policy, watchers } = run.settings;
  const input = {
    ...job.state,
    now: run.now,
    evaluationId,
    ...(policy === undefined ? {} : { policy }),
  };
  const plan = run.settings.reconcile(input);
  for (const watcher of watchers) watcher.planned?.(jobId, input, plan);
  const stale = run.fault("stale_scheduler");
  if (stale === undefined) apply(run, jobId, plan);
  else run.plan({ kind: "apply", jobId, plan }, run.now + run.duration(stale.lag));
}

/** Carries a plan out, perhaps only a part of it; what is left, or refused, is planned anew. */
export function apply(run: Run, jobId: string, plan: Plan): void {
  const isPartial = run.fault("partial_plans") !== undefined;
  const part = isPartial
    ? { ...plan, actions: plan.actions.filter(({ kind }) => kind === "ignore" || run.happens(0.5)) }
    : plan;
  const placements = place(run, run.job(jobId), part);
  const done = tell(run, jobId, { kind: "apply_plan", now: run.now, plan: part, placements }, plan);
  const isLess = part.actions.length < plan.actions.length;
  if (done === undefined || isLess) askToEvaluate(run, jobId);
}

/** Where each placement of the plan goes. */
function place(run: Run, job: WorldJob, plan: Plan): PlacementOutcome[] {
  const { jobId, state } = job;
  let { placed } = job;
  let ofJob: Map<string, number> | undefined;
  const taken = new Map<string, { cpu: number; memory: number }>();
  const outcomes: PlacementOutcome[] = [];
  for (const action of placementsOf(plan)) {
    const { placement, group } = action;
    ofJob ??= liveByNode(job);
    const needs = needsOf(state, action);
    const candidates = run.fault("no_capacity") === undefined ? candidatesFor(run, needs, ofJob, taken) : [];
    const previous = action.kind === "replace" ? action.allocationId : action.previousAllocation;
    const previousNodeId = state.allocations.find(({ id }) => id === previous)?.nodeId;
    const request = {
      jobId,
      group,
      needs,
      candidates,
      ...(previousNodeId === undefined ? {} : { previousNodeId }),
    };
    const nodeId = candidates.length === 0 ? undefined : run.settings.placer(request);
    if (nodeId === undefined) {
      outcomes.push({ placement, noRoom: true });
      continue;
    }
    placed++;
    ofJob.set(nodeId, (ofJob.get(nodeId) ?? 0) + 1);
    const here = taken.get(nodeId) ?? { cpu: 0, memory: 0 };
    taken.set(nodeId, { cpu: here.cpu + needs.cpu, memory: here.memory + needs.memory });
    outcomes.push({ placement, allocationId: `${jobId}-${String(placed).padStart(3, "0")}`, nodeId });
  }
  if (placed !== job.placed) run.setJob({ ...run.job(jobId), placed });
  return outcomes;
}

function liveByNode({ state }: WorldJob): Map<string, number> {
  const live = new Map<string, number>();
  for (const allocation of state.allocations) {
    if (!isTerminal(allocation)) live.set(allocation.nodeId, (live.get(allocation.nodeId) ?? 0) + 1);
  }
  return live;
}

/** The machines that have room for it, what this plan took already left out. */
function candidatesFor(
  run: Run,
  needs: { readonly cpu: number; readonly memory: number },
  ofJob: ReadonlyMap<string, number>,
  taken: ReadonlyMap<string, { readonly cpu: number; readonly memory: number }>,
): Candidate[] {
  const candidates: Candidate[] = [];
  for (const node of run.nodes.values()) {
    if (node.status !== "ready" || node.draining !== undefined) continue;
    const free = run.freeOn(node);
    const here = taken.get(node.id);
    const freeCpu = free.cpu - (here?.cpu ?? 0);
    const freeMemory = free.memory - (here?.memory ?? 0);
    if (freeCpu < needs.cpu || freeMemory < needs.memory) continue;
    candidates.push({ nodeId: node.id, freeCpu, freeMemory, ofJob: ofJob.get(node.id) ?? 0 });
  }
  return candidates;
}
