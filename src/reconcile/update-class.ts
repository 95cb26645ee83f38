import type { ChangedProperty } from "../model/index.js";

/**
 * What a change of the specification means for a running allocation: it may adopt it where it runs, or it must be
 * replaced, because of that property.
 *
 * @public
 */
export type UpdateClass =
  | { readonly kind: "in_place" }
  | { readonly kind: "destructive"; readonly change: ChangedProperty };
