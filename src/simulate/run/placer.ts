import type { Needs } from "./resources.js";

/** A machine that has room. @public */
export interface Candidate {
  readonly nodeId: string;
  readonly freeCpu: number;
  readonly freeMemory: number;
  /** How many live allocations of the job are there already. */
  readonly ofJob: number;
}

/** What is to be placed, and where it may go. @public */
export interface PlacementRequest {
  readonly jobId: string;
  readonly group: string;
  readonly needs: Needs;
  /** Ready machines with room, that do not drain, in the order of their ids; at least one. */
  readonly candidates: readonly Candidate[];
  /** The machine of the allocation that it takes over from. */
  readonly previousNodeId?: string;
}

/** Chooses a machine; nothing: none will do. Must be pure. @public */
export type Placer = (request: PlacementRequest) => string | undefined;

/** Spreads a job: the machine with the fewest of it, rather another than before, then the one with most room. @public */
export const spread: Placer = ({ candidates, previousNodeId }) => {
  let best: Candidate | undefined;
  for (const candidate of candidates) {
    if (best === undefined || isBetter(candidate, best, previousNodeId)) best = candidate;
  }
  return best?.nodeId;
};

function isBetter(one: Candidate, than: Candidate, previousNodeId: string | undefined): boolean {
  if (one.ofJob !== than.ofJob) return one.ofJob < than.ofJob;
  const isPrevious = one.nodeId === previousNodeId;
  if (isPrevious !== (than.nodeId === previousNodeId)) return !isPrevious;
  if (one.freeMemory !== than.freeMemory) return one.freeMemory > than.freeMemory;
  return one.freeCpu > than.freeCpu;
}
