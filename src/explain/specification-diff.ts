import type { ChangedProperty, Json } from "../model/index.js";

/** Whether something is new, gone, another, or as it was. @public */
export type DifferenceKind = "added" | "deleted" | "edited" | "none";

/**
 * What a change asks of allocations that run: nothing, to adopt it where they run, to be replaced, more of them, or
 * fewer of them.
 *
 * @public
 */
export type ForcedUpdate = "none" | "in_place" | "create_destroy" | "create" | "destroy";

/** One thing of a specification, before and after. */
interface Difference {
  readonly kind: DifferenceKind;
  /** As the model calls it. */
  readonly name: string;
  /** What it would force if nothing else changed. */
  readonly forces: ForcedUpdate;
}

/** A single value: a text, a number, a yes or no. @public */
export interface FieldDiff extends Difference {
  /** Absent: there was none. */
  readonly from?: Json;
  /** Absent: there is none any more. */
  readonly to?: Json;
}

/** Values under one name. In an edited block those that stay are there too, with kind `none`. @public */
export interface BlockDiff extends Difference {
  readonly fields: readonly FieldDiff[];
  /** One an item, where the block is a list of blocks. */
  readonly blocks: readonly BlockDiff[];
}

/** A task; fields and blocks only where they change. @public */
export interface TaskDiff extends BlockDiff {}

/** A group; fields and blocks only where they change, every task in the order of their names. @public */
export interface GroupDiff extends BlockDiff {
  readonly tasks: readonly TaskDiff[];
  /** With `forces: "create_destroy"`: the property that the reconciler names as the reason. */
  readonly because?: ChangedProperty;
}

/**
 * What a change says otherwise than the version before it: the job's own fields and blocks, and every group in the order
 * of their names. `added`: there was no job; `deleted`: there is none any more.
 *
 * @public
 */
export interface SpecificationDiff extends Omit<BlockDiff, "forces"> {
  readonly groups: readonly GroupDiff[];
}
