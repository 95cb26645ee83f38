import { compareVersions } from "../model/index.js";
import { allocationAt, type GroupPicture } from "./group-picture.js";

/** Section 0: negative when the first is stopped before the second. Both are of one name index. */
function compareVictims(picture: GroupPicture, i: number, k: number): number {
  const a = allocationAt(picture, i);
  const b = allocationAt(picture, k);
  return (
    compareVersions(a.jobCreateIndex, a.jobVersion, b.jobCreateIndex, b.jobVersion) ||
    Number(a.deploymentStatus?.healthy === true) - Number(b.deploymentStatus?.healthy === true) ||
    b.createdAt - a.createdAt ||
    (a.id < b.id ? -1 : 1)
  );
}

/** Gives the picture's allocations to `visit` in victim order - highest name index first - until it answers true. */
export function forEachVictim(picture: GroupPicture, visit: (allocation: number) => boolean): void {
  const { nameIndexes } = picture;
  let end = nameIndexes.length;
  while (end > 0) {
    let start = end - 1;
    while (start > 0 && nameIndexes[start - 1] === nameIndexes[start]) start--;
    if (end - start === 1) {
      if (visit(start)) return;
    } else {
      const run = Array.from({ length: end - start }, (_, n) => start + n);
      run.sort((i, k) => compareVictims(picture, i, k));
      for (const i of run) if (visit(i)) return;
    }
    end = start;
  }
}
