import { firstLost, isCanary, type TaskGroup } from "../model/index.js";
import type { Evaluation } from "./evaluation.js";
import {
  allocationAt,
  explain,
  type GroupPicture,
  marksOf,
  mayBear,
  versionOf,
  wakeNoLaterThan,
} from "./group-picture.js";
import { LOST, STAYS_LOST } from "./marks.js";

/** A node gives its tasks at least this long to stop, in milliseconds. */
const SHORTEST_KILL = 5_000;

/** Rule 6, third part: while a lost allocation's own node has still to stop it, the group makes no ordinary placement. */
export function waitForClients(evaluation: Evaluation, picture: GroupPicture): void {
  if (!mayBear(picture, LOST)) return;
  for (let i = 0; i < picture.marks.length; i++) {
    const until = waitsForItsClient(evaluation, picture, i);
    if (until === 0) continue;
    picture.waitsForClientUntil = Math.max(picture.waitsForClientUntil, until);
    wakeNoLaterThan(picture, until);
    const isLostBefore = (marksOf(picture, i) & STAYS_LOST) !== 0;
    const alreadyAsked = isLostBefore && allocationAt(picture, i).followUpEvaluationId !== evaluation.id;
    if (!alreadyAsked) picture.wishes.stop_on_client_after.push({ at: until, allocation: i });
    if (isLostBefore) explain(picture, i, { code: "waiting_for_client", until });
  }
}

/** Until when a lost one's own node may take to stop it; 0: it is not waited for, as canaries never are. */
export function waitsForItsClient({ now }: Evaluation, picture: GroupPicture, i: number): number {
  if ((marksOf(picture, i) & LOST) === 0) return 0;
  const { group, disconnect } = versionOf(picture, i);
  const stopAfter = disconnect?.stopOnClientAfter ?? 0;
  const allocation = allocationAt(picture, i);
  if (stopAfter === 0 || group === undefined || isCanary(allocation)) return 0;
  const until = (firstLost(allocation) ?? now) + stopAfter + longestKill(group);
  return until <= now ? 0 : until;
}

function longestKill(group: TaskGroup): number {
  let longest = SHORTEST_KILL;
  for (const task of group.tasks) if ((task.killTimeout ?? 0) > longest) longest = task.killTimeout ?? 0;
  return longest;
}
