import { firstLost, isCanary, type TaskGroup } from "../model/index.js";
import type { Evaluation } from "./evaluation.js";
import { allocationAt, type GroupPicture, marksOf, versionOf, wakeNoLaterThan } from "./group-picture.js";
import { LOST, STAYS_LOST } from "./marks.js";

/** A node gives its tasks at least this long to stop, in milliseconds. */
const SHORTEST_KILL = 5_000;

/** Rule 6, third part: while a lost allocation's own node has still to stop it, the group makes no ordinary placement. */
export function waitForClients(evaluation: Evaluation, picture: GroupPicture): void {
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & LOST) === 0) continue;
    const { group, disconnect } = versionOf(picture, i);
    const stopAfter = disconnect?.stopOnClientAfter ?? 0;
    const allocation = allocationAt(picture, i);
    if (stopAfter === 0 || group === undefined || isCanary(allocation)) continue;
    const until = (firstLost(allocation) ?? evaluation.now) + stopAfter + longestKill(group);
    if (until <= evaluation.now) continue;
    picture.waitsForClientUntil = Math.max(picture.waitsForClientUntil, until);
    wakeNoLaterThan(picture, until);
    const alreadyAsked = (marks & STAYS_LOST) !== 0 && allocation.followUpEvaluationId !== evaluation.id;
    if (!alreadyAsked) picture.wishes.stop_on_client_after.push({ at: until, allocation: i });
    if ((marks & STAYS_LOST) !== 0) picture.ignored[i] = { code: "waiting_for_client", until };
  }
}

function longestKill(group: TaskGroup): number {
  let longest = SHORTEST_KILL;
  for (const task of group.tasks) if ((task.killTimeout ?? 0) > longest) longest = task.killTimeout ?? 0;
  return longest;
}
