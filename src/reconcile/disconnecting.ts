import type { Evaluation } from "./evaluation.js";
import { type GroupPicture, marksOf, mayBear, setMarks, versionOf } from "./group-picture.js";
import { DISCONNECTING, EXPIRING, LOST, UNTAINTED } from "./marks.js";
import { rescheduleDisconnecting } from "./rescheduling.js";

/** Rule 6, second part: expiring allocations are lost; disconnecting ones become unknown, and may be replaced. */
export function disconnect(evaluation: Evaluation, picture: GroupPicture): void {
  if (!mayBear(picture, EXPIRING | DISCONNECTING)) return;
  for (let i = 0; i < picture.marks.length; i++) {
    const marks = marksOf(picture, i);
    if ((marks & EXPIRING) !== 0) {
      setMarks(picture, i, (marks & ~EXPIRING) | LOST);
    } else if ((marks & DISCONNECTING) !== 0) {
      setMarks(picture, i, marks | UNTAINTED);
      const version = versionOf(picture, i);
      picture.wishes.lost_after.push({ at: evaluation.now + version.lostAfter, allocation: i });
      if (version.replaceWhenAway) rescheduleDisconnecting(evaluation, picture, i);
    }
  }
}
