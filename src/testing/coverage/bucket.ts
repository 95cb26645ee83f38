import type { EventBucket } from "./event-coverage.js";
import type { PlanBucket } from "./plan-coverage.js";

/** Something that a run may reach. @public */
export type Bucket = PlanBucket | EventBucket;

/** How often something must be reached at least: a property whose premise was never met says nothing. @public */
export type Floors = { readonly [bucket in Bucket]?: number };
