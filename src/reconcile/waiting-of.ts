import { expiresAt, type Waiting } from "../model/index.js";
import { isPlaceReady } from "./budget.js";
import { isCanarying, isStable } from "./canaries.js";
import type { Evaluation } from "./evaluation.js";
import { allocationAt, type GroupPicture, idsWhere, marksOf, versionOf } from "./group-picture.js";
import {
  CANARY,
  CLIENT_TERMINAL,
  DESTRUCTIVE,
  DISCONNECTING,
  HEALTHY,
  OF_CURRENT,
  REPLACED,
  SETS,
  UNHEALTHY,
  UNKNOWN,
  UNTAINTED,
} from "./marks.js";
import type { DeploymentOutcome } from "./plan-deployment.js";
import { waitsForItsClient } from "./stop-on-client.js";

/** Rule 16: what the rollout of the group waits for once this plan is applied. */
export function waitingOf(
  evaluation: Evaluation,
  picture: GroupPicture,
  deployment: DeploymentOutcome,
): readonly Waiting[] {
  if (picture.removed) return NOTHING;
  const waiting: Waiting[] = [];
  for (const what of EVERYTHING) {
    for (const one of what(evaluation, picture, deployment)) waiting.push(one);
  }
  return waiting;
}

/** What one group may wait for, in the order in which it is told. */
const EVERYTHING: readonly ((
  evaluation: Evaluation,
  picture: GroupPicture,
  deployment: DeploymentOutcome,
) => readonly Waiting[])[] = [forPromotion, forHealth, forFreeSlot, forPeople, forTimes, forVersion];

const NOTHING: readonly Waiting[] = [];

function forPromotion(
  _: Evaluation,
  picture: GroupPicture,
  { active }: DeploymentOutcome,
): readonly Waiting[] {
  if (!isCanarying(picture) || active === undefined) return NOTHING;
  let healthyCanaries = 0;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & CANARY) === 0) continue;
    if ((marks & (HEALTHY | CLIENT_TERMINAL)) === HEALTHY) healthyCanaries++;
  }
  const { desiredCanaries, autoPromote: automatic } = picture.state;
  return [{ for: "promotion", group: picture.name, healthyCanaries, desiredCanaries, automatic }];
}

function forHealth(evaluation: Evaluation, picture: GroupPicture): readonly Waiting[] {
  if (!evaluation.currentIsActive) return NOTHING;
  const allocations = idsWhere(picture, isAwaited);
  return allocations.length === 0 ? NOTHING : [{ for: "health", group: picture.name, allocations }];
}

/** It counts, is of the current deployment, and nobody knows yet whether it is healthy. */
function isAwaited(marks: number): boolean {
  return (marks & (UNTAINTED | OF_CURRENT | HEALTHY | UNHEALTHY)) === (UNTAINTED | OF_CURRENT);
}

function forFreeSlot(evaluation: Evaluation, picture: GroupPicture): readonly Waiting[] {
  if (picture.destructive === 0 || !isPlaceReady(evaluation, picture)) return NOTHING;
  let left = 0;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & (DESTRUCTIVE | REPLACED)) === DESTRUCTIVE && isStable(picture, marks)) left++;
  }
  return left === 0 ? NOTHING : [{ for: "free_slot", group: picture.name, left }];
}

/** Somebody paused the deployment, or it failed. */
function forPeople(
  { current, isPaused, isFailed }: Evaluation,
  { name: group }: GroupPicture,
): readonly Waiting[] {
  if (current === undefined) return NOTHING;
  if (isPaused) return [{ for: "resume", group, deploymentId: current.id }];
  return isFailed ? [{ for: "new_version", group, deploymentId: current.id }] : [];
}

/** What time alone ends: the earliest moment of each kind, with everything that waits for one. */
function forTimes(evaluation: Evaluation, picture: GroupPicture): readonly Waiting[] {
  const reschedule: Waited = { at: Number.POSITIVE_INFINITY, allocations: [] };
  const timeOut: Waited = { at: Number.POSITIVE_INFINITY, allocations: [] };
  const clientStop: Waited = { at: Number.POSITIVE_INFINITY, allocations: [] };
  if (picture.wakeAt === Number.POSITIVE_INFINITY && picture.wishes.lost_after.length === 0) return NOTHING;
  for (let i = 0; i < picture.marks.length; i++) {
    const allocation = allocationAt(picture, i);
    const reason = picture.ignored[i];
    if (picture.stopped[i] === undefined && reason?.code === "waiting_for_reschedule") {
      note(reschedule, reason.at, allocation.id);
    }
    const at = timesOutAt(evaluation, picture, i);
    if (at !== undefined) note(timeOut, at, allocation.id);
  }
  if (picture.waitsForClientUntil > 0) {
    for (let i = 0; i < picture.marks.length; i++) {
      if (waitsForItsClient(evaluation, picture, i) > 0)
        note(clientStop, picture.waitsForClientUntil, allocationAt(picture, i).id);
    }
  }
  const group = picture.name;
  return [
    ...(reschedule.allocations.length === 0
      ? NOTHING
      : [{ for: "reschedule", group, ...reschedule } as const]),
    ...(timeOut.allocations.length === 0 ? NOTHING : [{ for: "time_out", group, ...timeOut } as const]),
    ...(clientStop.allocations.length === 0
      ? NOTHING
      : [{ for: "client_stop", group, ...clientStop } as const]),
  ];
}

/** Places for which no version may run. */
function forVersion(
  _: Evaluation,
  { name: group, withoutVersion: missing }: GroupPicture,
): readonly Waiting[] {
  return missing === 0 ? NOTHING : [{ for: "version_to_keep_alive", group, missing }];
}

interface Waited {
  at: number;
  readonly allocations: string[];
}

function note(waited: Waited, at: number, id: string): void {
  if (at < waited.at) waited.at = at;
  waited.allocations.push(id);
}

function timesOutAt({ now }: Evaluation, picture: GroupPicture, i: number): number | undefined {
  const marks = marksOf(picture, i);
  if ((marks & SETS) === 0) return undefined;
  const { lostAfter } = versionOf(picture, i);
  if ((marks & DISCONNECTING) !== 0) return now + lostAfter;
  if ((marks & UNKNOWN) === 0) return undefined;
  const at = expiresAt(allocationAt(picture, i), lostAfter);
  return at !== undefined && at > now ? at : undefined;
}
