import type { Allocation } from "../../src/index.js";

interface BareVerdict {
  readonly kind: "ignore";
  readonly group: string;
  readonly allocationId: string;
  readonly isOdd: boolean;
}

/** The least that any reconciler does: read each allocation's group, version and statuses, push one verdict object. */
export function barePass(allocations: readonly Allocation[]): BareVerdict[] {
  const verdicts: BareVerdict[] = [];
  for (const allocation of allocations) {
    verdicts.push({
      kind: "ignore",
      group: allocation.group,
      allocationId: allocation.id,
      isOdd:
        allocation.jobVersion !== 0 ||
        allocation.desiredStatus !== "run" ||
        allocation.clientStatus !== "running",
    });
  }
  return verdicts;
}
