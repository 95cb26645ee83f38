/** What another reconciler decided, in the fewest words. Whatever is not named stays as it is. @public */
export interface Decisions {
  /** Ids of allocations that are to end. */
  readonly stop?: readonly string[];
  /** Ids of those whose node is lost, and they with it. */
  readonly lost?: readonly string[];
  /** Ids of older ones that count as the current version from now on, for nothing that matters differs. */
  readonly adopt?: readonly string[];
  /** How many new ones of the current version there are to be, by group. */
  readonly place?: { readonly [group: string]: number };
}
