import { allocationAt, type GroupPicture, marksOf, type Wish } from "./group-picture.js";
import { LATER } from "./marks.js";

/** Wishes that are less than this many milliseconds after the first of a batch join it. */
const BATCH = 5_000;

/** A follow-up evaluation, still without an id. */
export interface FollowUpBatch {
  readonly cause: "reschedule" | "lost_after" | "stop_on_client_after";
  readonly at: number;
  readonly allocations: readonly number[];
}

/** Rule 6: the reschedule-later allocations ask for their time, in canonical order. */
export function wishForReschedules(picture: GroupPicture): void {
  const { wishes } = picture;
  if (wishes.reschedule.length === 0) return;
  wishes.reschedule = wishes.reschedule
    .filter(({ allocation }) => (marksOf(picture, allocation) & LATER) !== 0)
    .sort((a, b) => a.allocation - b.allocation);
}

const CAUSES = ["reschedule", "lost_after", "stop_on_client_after"] as const;

/** Rule 6, at its end: one evaluation per batch of near times, group and cause apart. */
export function followUpBatches(picture: GroupPicture): FollowUpBatch[] {
  const batches: FollowUpBatch[] = [];
  for (const cause of CAUSES) {
    for (const batch of batched(cause, picture.wishes[cause])) batches.push(batch);
  }
  return batches;
}

const NONE: readonly FollowUpBatch[] = [];

function batched(cause: FollowUpBatch["cause"], wishes: readonly Wish[]): readonly FollowUpBatch[] {
  if (wishes.length === 0) return NONE;
  const inOrder = [...wishes].sort((a, b) => a.at - b.at || a.allocation - b.allocation);
  const batches: { cause: FollowUpBatch["cause"]; at: number; allocations: number[] }[] = [];
  for (const { at, allocation } of inOrder) {
    const batch = batches[batches.length - 1];
    if (batch !== undefined && at - batch.at < BATCH) batch.allocations.push(allocation);
    else batches.push({ cause, at, allocations: [allocation] });
  }
  return batches;
}

/** The ids of a batch's allocations. */
export function idsOf(picture: GroupPicture, allocations: readonly number[]): string[] {
  return allocations.map((i) => allocationAt(picture, i).id);
}
