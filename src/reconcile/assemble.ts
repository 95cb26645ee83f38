import type { Action, FollowUp, GroupCounts, Plan, PlanOrigin, Waiting } from "../model/index.js";
import { countAction, countFollowUps, noCounts } from "./counts.js";
import type { Evaluation } from "./evaluation.js";
import { followUpBatches, idsOf } from "./follow-ups.js";
import { type GroupPicture, marksOf } from "./group-picture.js";
import type { ReconcileInput } from "./input.js";
import { MIGRATE } from "./marks.js";
import type { Mutable } from "./mutable.js";
import type { NewIds } from "./new-ids.js";
import { placementActions } from "./placement-actions.js";
import type { DeploymentOutcome } from "./plan-deployment.js";
import { keptVerdicts, verdicts } from "./verdicts.js";
import { waitingOf } from "./waiting-of.js";

/** Rule 16: says what was decided, group by group. */
export function assemble(
  input: ReconcileInput,
  evaluation: Evaluation,
  pictures: readonly GroupPicture[],
  deployment: DeploymentOutcome,
  ids: NewIds,
): Plan {
  const said: Action[] = [];
  const groups: Record<string, GroupCounts> = {};
  const followUps: FollowUp[] = [];
  const waiting: Waiting[] = [];
  let wakeAt = Number.POSITIVE_INFINITY;
  let kept: readonly Action[] | undefined;
  for (const picture of pictures) {
    const asked = askFollowUps(picture, ids);
    const counts = noCounts();
    kept = pictures.length === 1 ? keptVerdicts(picture, asked.byAllocation) : undefined;
    if (kept !== undefined) {
      counts.ignore = kept.length;
    } else {
      const say = (action: Action): void => {
        said.push(action);
        countAction(counts, action);
      };
      verdicts(evaluation, picture, deployment, asked.byAllocation, say);
      placementActions(evaluation, picture, deployment, say);
    }
    countFollowUps(counts, asked.followUps);
    groups[picture.name] = counts;
    for (const followUp of asked.followUps) {
      followUps.push(followUp);
      if (followUp.at < wakeAt) wakeAt = followUp.at;
    }
    for (const one of waitingOf(evaluation, picture, deployment)) waiting.push(one);
    if (picture.wakeAt < wakeAt) wakeAt = picture.wakeAt;
  }
  const actions = kept ?? said;
  const madeFrom = originOf(input, evaluation);
  const { planned, updates: deploymentUpdates } = deployment;
  const plan: Mutable<Plan> =
    planned === undefined
      ? { madeFrom, actions, groups, deploymentUpdates, followUps, waiting }
      : { madeFrom, actions, groups, deployment: planned, deploymentUpdates, followUps, waiting };
  if (wakeAt !== Number.POSITIVE_INFINITY) plan.wakeAt = wakeAt;
  return plan;
}

function originOf(input: ReconcileInput, { job, current }: Evaluation): PlanOrigin {
  const origin: Mutable<PlanOrigin> = { evaluationId: input.evaluationId };
  if (job !== undefined) {
    origin.jobVersion = job.version;
    origin.jobCreateIndex = job.createIndex;
  }
  if (current !== undefined) origin.deploymentId = current.id;
  if (input.index !== undefined) origin.index = input.index;
  return origin;
}

interface Asked {
  readonly followUps: readonly FollowUp[];
  readonly byAllocation: ReadonlyMap<number, string>;
}

const NOTHING_ASKED: Asked = { followUps: [], byAllocation: new Map() };

/** Rule 6: the group's follow-up evaluations, and which allocation waits for which of them from now on. */
function askFollowUps(picture: GroupPicture, ids: NewIds): Asked {
  const batches = followUpBatches(picture);
  if (batches.length === 0) return NOTHING_ASKED;
  const followUps: FollowUp[] = [];
  const byAllocation = new Map<number, string>();
  for (const { cause, at, allocations } of batches) {
    const id = ids.followUp(picture.name, followUps.length);
    followUps.push({ id, group: picture.name, at, cause, allocations: idsOf(picture, allocations) });
    for (const i of allocations) {
      const marks = marksOf(picture, i);
      // One that is rescheduled later waits for that, which comes first here, and not for its time-out.
      if ((marks & MIGRATE) === 0 && !byAllocation.has(i)) byAllocation.set(i, id);
    }
  }
  return { followUps, byAllocation };
}
