import { type JobEvent, nextTick, type Transition } from "../../lifecycle/index.js";
import { isVerdigrisError, type Plan } from "../../model/index.js";
import { notice } from "./notice.js";
import type { Run } from "./run.js";

/** Tells a job an event, and sees to what follows; nothing when it is refused. `whole`: the plan that it is a part of. */
export function tell(run: Run, jobId: string, event: JobEvent, whole?: Plan): Transition | undefined {
  const job = run.job(jobId);
  const before = job.state;
  let done: Transition;
  try {
    done = run.settings.transition(before, event);
  } catch (error) {
    if (!isVerdigrisError(error)) throw error;
    for (const watcher of run.settings.watchers) watcher.refused?.(jobId, before, event, error);
    return undefined;
  }
  for (const watcher of run.settings.watchers) watcher.happened?.(jobId, before, event, done, whole);
  run.setJob({ ...job, state: done.state });
  notice(run, jobId, before, done.state);
  const { evaluate } = done;
  if (evaluate !== undefined) askToEvaluate(run, jobId, evaluate.evaluationId);
  if (done.changed) planTick(run, jobId);
  return done;
}

/** An evaluation that is asked for while one is due already is that one, unless it has an id of its own. */
export function askToEvaluate(run: Run, jobId: string, evaluationId?: string): void {
  const at = run.now + run.latency("evaluation");
  if (evaluationId !== undefined) {
    run.plan({ kind: "evaluate", jobId, evaluationId }, at);
    return;
  }
  const job = run.job(jobId);
  if (job.isEvaluationDue === true) return;
  run.setJob({ ...job, isEvaluationDue: true });
  run.plan({ kind: "evaluate", jobId }, at);
}

/** The next tick of a job; an earlier appointment that no longer holds is passed over when it comes. */
function planTick(run: Run, jobId: string): void {
  const job = run.job(jobId);
  const at = nextTick(job.state, run.now);
  if (at === job.tickAt) return;
  const { tickAt: _, ...others } = job;
  run.setJob(at === undefined ? others : { ...others, tickAt: at });
  if (at !== undefined) run.plan({ kind: "tick", jobId }, at);
}

/** Time passes for a job that wanted to know. */
export function tick(run: Run, jobId: string): void {
  const { tickAt: _, ...others } = run.job(jobId);
  run.setJob(others);
  tell(run, jobId, { kind: "tick", now: run.now });
  planTick(run, jobId);
}
