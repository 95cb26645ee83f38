import { allocationsOf, type Change, changing, deploymentsOf } from "../change.js";
import { judgeDeadlines, restartDeadlines } from "../deadlines.js";
import { currentDeploymentAt, type JobState, registeredJob } from "../job-state.js";
import type { Said, Transition } from "../outcome.js";
import { promoteGroups } from "../promote-groups.js";
import { judge } from "../record-health.js";
import { promotesItself } from "../rules/automatic-promotion.js";
import { nextTick } from "../rules/next-tick.js";
import { groupsToPromote } from "../rules/promotion-gate.js";

/** Time passed. @public */
export interface Tick {
  readonly now: number;
}

/**
 * Does everything that time alone does: health by time, progress deadlines, automatic promotion, and the follow-up
 * evaluation that is due (`evaluate.evaluationId`; when several are, tick again at once). `nextTickAt` says when to tick
 * next.
 *
 * @example
 * ```ts
 * const { changed, nextTickAt } = tick(canarying, { now });
 * changed; // false
 * nextTickAt; // canarying.deployments[1]?.groups["api"]?.requireProgressBy
 * ```
 *
 * @public
 */
export function tick(state: JobState, { now }: Tick): Transition {
  const done = changing(state, now, (change) => {
    const at = currentDeploymentAt(state.deployments, registeredJob(state));
    const due = takeWhatIsDue(change);
    return { ...(at < 0 ? {} : judgeDeployment(change, at)), ...due };
  });
  const nextTickAt = nextTick(done.state, now);
  return nextTickAt === undefined ? done : { ...done, nextTickAt };
}

function judgeDeployment(change: Change, at: number): Said {
  const judged = judge(change, at, change.before.allocations.keys());
  if (deploymentsOf(change)[at]?.status === "failed") return judged;
  const late = judgeDeadlines(change, at);
  const deployment = deploymentsOf(change)[at];
  if (deployment === undefined || deployment.status === "failed") return { ...judged, ...late };
  restartDeadlines(change, at);
  if (!promotesItself(deployment, allocationsOf(change))) return judged;
  promoteGroups(change, at, groupsToPromote(deployment));
  return { evaluate: { because: "promoted" } };
}

/** The evaluation whose time has come, follow-ups first; it is asked for once. */
function takeWhatIsDue({ before, draft, now }: Change): Said {
  const wakes = before.wakeAt !== undefined && before.wakeAt <= now;
  if (wakes) delete draft.wakeAt;
  const due = (before.followUps ?? [])
    .filter(({ at }) => at <= now)
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))[0];
  if (due === undefined) return wakes ? { evaluate: { because: "wake_up" } } : {};
  draft.followUps = (draft.followUps ?? []).filter(({ id }) => id !== due.id);
  return { evaluate: { because: "follow_up", evaluationId: due.id } };
}
