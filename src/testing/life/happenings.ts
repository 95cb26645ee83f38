import { clients, crash, end, healthy, revive, unhealthy } from "./clients.js";
import { fail, migrate, pauseOrResume, promote, stopAllocation } from "./deployments.js";
import type { HappeningKind, Happens } from "./happening.js";
import { resubmit, revert, scale, stopJob, submit, submitAndFail, tagOrUntag } from "./jobs.js";
import { collect, node, nodesBack, pass, tick } from "./nodes-and-time.js";

/** Everything that can happen in a life, and how often it does, compared with the others. */
export const HAPPENINGS: {
  readonly [kind in HappeningKind]: { readonly weight: number; readonly happens: Happens };
} = {
  healthy: { weight: 4, happens: healthy },
  clients: { weight: 2, happens: clients },
  pass: { weight: 3, happens: pass },
  crash: { weight: 2, happens: crash },
  submit: { weight: 2, happens: submit },
  promote: { weight: 2, happens: promote },
  node: { weight: 2, happens: node },
  unhealthy: { weight: 1, happens: unhealthy },
  end: { weight: 1, happens: end },
  revive: { weight: 1, happens: revive },
  tick: { weight: 1, happens: tick },
  nodes_back: { weight: 1, happens: nodesBack },
  resubmit: { weight: 1, happens: resubmit },
  scale: { weight: 1, happens: scale },
  revert: { weight: 1, happens: revert },
  pause_or_resume: { weight: 1, happens: pauseOrResume },
  fail: { weight: 1, happens: fail },
  submit_and_fail: { weight: 1, happens: submitAndFail },
  stop_allocation: { weight: 1, happens: stopAllocation },
  migrate: { weight: 1, happens: migrate },
  collect: { weight: 1, happens: collect },
  stop_job: { weight: 1, happens: stopJob },
  tag_or_untag: { weight: 1, happens: tagOrUntag },
  evaluate: { weight: 1, happens: (life) => life.evaluate() },
  apply_carelessly: { weight: 1, happens: (life) => life.applyCarelessly() },
  apply_stale: { weight: 1, happens: (life) => life.applyStale() },
};

/** Everything that may happen in a life. @public */
export const HAPPENING_KINDS: readonly HappeningKind[] = Object.keys(HAPPENINGS) as HappeningKind[];
