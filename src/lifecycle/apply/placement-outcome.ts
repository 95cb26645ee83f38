/** Where a placement of the plan went: which allocation on which node, or that it found no room. @public */
export type PlacementOutcome =
  | {
      readonly placement: string;
      /** The new allocation's id; nobody bears it yet. */
      readonly allocationId: string;
      readonly nodeId: string;
      /** The placer's normalised score, if it gives one. */
      readonly score?: number;
    }
  | { readonly placement: string; readonly noRoom: true };
