import { type Allocation, isClientTerminal, isServerTerminal, VerdigrisError } from "../model/index.js";
import { unknownGroup, unknownVersion } from "./contradictions.js";
import type { Evaluation } from "./evaluation.js";
import {
  CLIENT_TERMINAL,
  FAILED,
  HEALTHY,
  IN_SCOPE,
  ODD,
  OF_CURRENT,
  SERVER_TERMINAL,
  UNHEALTHY,
  UNKNOWN,
  UNTAINTED,
} from "./marks.js";
import type { GroupVersion } from "./versions.js";

/** Whether it runs that version. */
export function isOf(
  { jobCreateIndex, jobVersion }: Allocation,
  { createIndex, number }: GroupVersion,
): boolean {
  return jobVersion === number && jobCreateIndex === createIndex;
}

/** Refuses an allocation whose version nobody knows, unless nobody asks for it. */
export function requireVersion(
  evaluation: Evaluation,
  allocation: Allocation,
  { job }: GroupVersion,
  mayBeUnknown: boolean,
): void {
  if (isHistory(allocation)) return;
  if (job === undefined && !evaluation.isStopped) throw unknownVersion(allocation);
  if (job !== undefined && !mayBeUnknown) throw unknownGroup(allocation);
}

/** What the server stopped, and what ended and was replaced: nobody asks for its version, which may be pruned. */
function isHistory(allocation: Allocation): boolean {
  return (
    isServerTerminal(allocation) || (isClientTerminal(allocation) && allocation.nextAllocation !== undefined)
  );
}

/**
 * What an allocation says of itself. One that is as it should be counts among the untainted, unless its node is not
 * well (rule 4).
 */
export function ownMarks(allocation: Allocation, currentDeploymentId: string | undefined): number {
  const { deploymentId, deploymentStatus } = allocation;
  const healthy = deploymentStatus?.healthy;
  const marks =
    desiredMark(allocation) |
    clientMark(allocation) |
    (deploymentId !== undefined && deploymentId === currentDeploymentId ? OF_CURRENT : 0) |
    (healthy === undefined ? 0 : healthy ? HEALTHY : UNHEALTHY);
  const isAsItShouldBe =
    (marks & (SERVER_TERMINAL | CLIENT_TERMINAL | UNKNOWN)) === 0 &&
    allocation.clientStatusHistory === undefined &&
    allocation.desiredTransition === undefined;
  return marks | (isAsItShouldBe ? UNTAINTED | IN_SCOPE : ODD);
}

function desiredMark(allocation: Allocation): number {
  const { desiredStatus } = allocation;
  if (desiredStatus === "run") return 0;
  if (desiredStatus === "stop" || desiredStatus === "evict") return SERVER_TERMINAL;
  throw unknownStatus(allocation, "desiredStatus", desiredStatus);
}

function clientMark(allocation: Allocation): number {
  const { clientStatus } = allocation;
  switch (clientStatus) {
    case "running":
    case "pending":
      return 0;
    case "complete":
    case "lost":
      return CLIENT_TERMINAL;
    case "failed":
      return CLIENT_TERMINAL | FAILED;
    case "unknown":
      return UNKNOWN;
    default:
      throw unknownStatus(allocation, "clientStatus", clientStatus);
  }
}

function unknownStatus(allocation: Allocation, field: string, status: never): VerdigrisError {
  return new VerdigrisError(
    "unknown_status",
    `Allocation "${allocation.id}" has ${field} "${String(status)}", which does not exist.`,
    { allocationId: allocation.id, field, status: String(status) },
  );
}
