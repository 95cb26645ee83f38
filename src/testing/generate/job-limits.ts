/** What generated jobs may ask for: whoever decides without canaries, say, is not asked about them. @public */
export interface JobLimits {
  readonly batch: boolean;
  readonly canaries: boolean;
  /** Whether groups may say what becomes of allocations on nodes that are away. */
  readonly disconnect: boolean;
  /** Whether groups may say how what failed is placed again; none does otherwise. */
  readonly reschedule: boolean;
  /** How many groups a job may have at most. */
  readonly groups: number;
}

/** Jobs may have all that generators know. @public */
export const EVERYTHING: JobLimits = {
  batch: true,
  canaries: true,
  disconnect: true,
  reschedule: true,
  groups: 3,
};
