import type { JobEvent } from "../lifecycle/index.js";

/** What changes which version is current. */
type Changing = "submit" | "scale" | "revert" | "stop_job";

type WithoutTime<E> = E extends { readonly kind: Changing } ? Omit<E, "now"> : never;

/** What somebody thinks of doing to a job: an event without its time. @public */
export type ProposedChange = WithoutTime<JobEvent>;
