import type { ApplyPlan } from "./events/apply-plan.js";
import type { Collect } from "./events/collect.js";
import type { Fail } from "./events/fail.js";
import type { Migrate, StopAllocation } from "./events/move-allocations.js";
import type { PauseOrResume } from "./events/pause.js";
import type { Promote } from "./events/promote.js";
import type { ReportHealth } from "./events/report-health.js";
import type { Revert } from "./events/revert.js";
import type { Scale } from "./events/scale.js";
import type { StopJob } from "./events/stop-job.js";
import type { Submit } from "./events/submit.js";
import type { Tag, Untag } from "./events/tag.js";
import type { Tick } from "./events/tick.js";
import type { UpdateClients } from "./events/update-clients.js";
import type { UpdateNode } from "./events/update-node.js";

/**
 * Everything that can happen to a job, as data: plain JSON that carries its own `now` (milliseconds since the epoch) and
 * ids. A list of events is a trace; replaying it is a fold of `transition`.
 *
 * @public
 */
export type JobEvent =
  | ({ readonly kind: "submit" } & Submit)
  | ({ readonly kind: "stop_job" } & StopJob)
  | ({ readonly kind: "scale" } & Scale)
  | ({ readonly kind: "revert" } & Revert)
  | ({ readonly kind: "apply_plan" } & ApplyPlan)
  | ({ readonly kind: "update_clients" } & UpdateClients)
  | ({ readonly kind: "update_node" } & UpdateNode)
  | ({ readonly kind: "report_health" } & ReportHealth)
  | ({ readonly kind: "promote" } & Promote)
  | ({ readonly kind: "pause" } & PauseOrResume)
  | ({ readonly kind: "resume" } & PauseOrResume)
  | ({ readonly kind: "fail" } & Fail)
  | ({ readonly kind: "stop_allocation" } & StopAllocation)
  | ({ readonly kind: "migrate" } & Migrate)
  | ({ readonly kind: "collect" } & Collect)
  | ({ readonly kind: "tag" } & Tag)
  | ({ readonly kind: "untag" } & Untag)
  | ({ readonly kind: "tick" } & Tick);

/** What kind of event it is. @public */
export type JobEventKind = JobEvent["kind"];
