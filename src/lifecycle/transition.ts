import { VerdigrisError } from "../model/index.js";
import type { JobEvent } from "./event.js";
import { applyPlan } from "./events/apply-plan.js";
import { collect } from "./events/collect.js";
import { fail } from "./events/fail.js";
import { migrate, stopAllocation } from "./events/move-allocations.js";
import { pause, resume } from "./events/pause.js";
import { promote } from "./events/promote.js";
import { reportHealth } from "./events/report-health.js";
import { revert } from "./events/revert.js";
import { scale } from "./events/scale.js";
import { stopJob } from "./events/stop-job.js";
import { submit } from "./events/submit.js";
import { tag, untag } from "./events/tag.js";
import { tick } from "./events/tick.js";
import { updateClients } from "./events/update-clients.js";
import { updateNode } from "./events/update-node.js";
import type { JobState } from "./job-state.js";
import type { Transition } from "./outcome.js";

/**
 * What an event makes of a state. Pure: the same state and event give the same result; the caller's state is never
 * changed. An event that is not allowed throws a {@link VerdigrisError} whose code says why.
 *
 * @example
 * ```ts
 * const state = events.reduce((before, event) => transition(before, event).state, emptyJobState());
 * ```
 *
 * @public
 */
export function transition(state: JobState, event: JobEvent): Transition {
  switch (event.kind) {
    case "submit":
      return submit(state, event);
    case "stop_job":
      return stopJob(state, event);
    case "scale":
      return scale(state, event);
    case "revert":
      return revert(state, event);
    case "apply_plan":
      return applyPlan(state, event);
    case "update_clients":
      return updateClients(state, event);
    case "update_node":
      return updateNode(state, event);
    case "report_health":
      return reportHealth(state, event);
    case "promote":
      return promote(state, event);
    case "pause":
      return pause(state, event);
    case "resume":
      return resume(state, event);
    case "fail":
      return fail(state, event);
    case "stop_allocation":
      return stopAllocation(state, event);
    case "migrate":
      return migrate(state, event);
    case "collect":
      return collect(state, event);
    case "tag":
      return tag(state, event);
    case "untag":
      return untag(state, event);
    case "tick":
      return tick(state, event);
    default:
      return refuseUnknown(event);
  }
}

/** Events may come from data that nobody checked. */
function refuseUnknown(event: never): never {
  const { kind } = event as { readonly kind?: unknown };
  throw new VerdigrisError(
    "invalid_input",
    `There is no event ${JSON.stringify(kind ?? null)}; \`parseJobEvent\` says what there is.`,
    { kind: String(kind) },
  );
}
