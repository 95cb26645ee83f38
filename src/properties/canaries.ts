import { isServerTerminal } from "../model/index.js";
import { type GroupReading, hasActiveDeployment, isKept, readGroups } from "./plan-reading.js";
import type { PlanProperty } from "./violation.js";
import { type Wrong, wrong } from "./wrong.js";

/** @public */
export const canaries: PlanProperty = {
  kind: "plan",
  name: "canaries",
  sentence:
    "Canaries are placed only for an active deployment that is not promoted; a replacement of a canary is a canary; canaries of a superseded or failed deployment are stopped; none on stop or count 0; once promoted they are ordinary allocations.",
  anchor: "properties.md#canaries",
  cost: "one_plan",
  check: ({ input, plan }) => {
    const over = new Set(
      input.deployments.flatMap((deployment) =>
        deployment.id === plan.madeFrom.deploymentId && deployment.status !== "failed"
          ? []
          : Object.values(deployment.groups).flatMap((state) => (state.promoted ? [] : state.placedCanaries)),
      ),
    );
    return readGroups(input, plan).flatMap((reading) => [
      ...placedWrongly(reading),
      ...replacedWrongly(reading),
      ...forgottenWrongly(reading),
      ...(reading.job?.type === "batch" ? [] : leftOver(reading, over)),
    ]);
  },
};

function placedWrongly(reading: GroupReading): Wrong[] {
  const placed = reading.placings.filter(
    (placing) => placing.kind === "canary" && placing.reason.code === "canary_wanted",
  );
  if (placed.length === 0) return [];
  const mayPlace = !reading.isRemoved && (reading.current === undefined || hasActiveDeployment(reading));
  return mayPlace && !reading.isPaused
    ? []
    : [wrong`group ${{ group: reading.name }} places canaries where none may be`];
}

/** Once they are promoted canaries are ordinary allocations. */
function forgottenWrongly({ isCanarying, verdicts }: GroupReading): Wrong[] {
  if (isCanarying) return [];
  return verdicts.flatMap(({ allocation, verdict }) =>
    verdict.kind === "stop" && "forgotten" in verdict.reason
      ? [wrong`${{ allocationId: allocation.id }} is forgotten, and is no canary any more`]
      : [],
  );
}

function replacedWrongly(reading: GroupReading): Wrong[] {
  if (!reading.isCanarying) return [];
  return reading.placings.flatMap((placing) =>
    placing.kind === "place" && reading.placedCanaries.has(placing.previousAllocation ?? "")
      ? [wrong`${{ allocationId: placing.previousAllocation }} is a canary, its replacement is none`]
      : [],
  );
}

function leftOver(reading: GroupReading, over: ReadonlySet<string>): Wrong[] {
  return reading.verdicts.flatMap(({ allocation, verdict }) =>
    over.has(allocation.id) && !isServerTerminal(allocation) && isKept(verdict, allocation)
      ? [wrong`${{ allocationId: allocation.id }} is a canary of a deployment that is over, and is kept`]
      : [],
  );
}
