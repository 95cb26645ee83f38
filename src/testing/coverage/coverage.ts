import { VerdigrisError } from "../../model/index.js";

interface Floors {
  readonly [bucket: string]: number | undefined;
}

/** Counts what a run reaches. */
export class Coverage<Bucket extends string> {
  readonly counts: Map<string, number> = new Map();

  note(bucket: Bucket): void {
    this.counts.set(bucket, (this.counts.get(bucket) ?? 0) + 1);
  }

  /** Refuses (`seldom_reached`) a run that reached something less often than it must. */
  holdTo(floors: { readonly [bucket in Bucket]?: number }): void {
    const held: Floors = floors;
    const seldom = Object.entries(held)
      .map(([bucket, floor = 0]) => ({ bucket, floor, times: this.counts.get(bucket) ?? 0 }))
      .filter(({ floor, times }) => times < floor);
    if (seldom.length === 0) return;
    const list = seldom.map(({ bucket, floor, times }) => `${bucket}: ${times} of ${floor}`);
    throw new VerdigrisError(
      "seldom_reached",
      `The run says little, for it reached too seldom: ${list.join("; ")}.`,
      { seldom },
    );
  }
}
