import { canonicalJson } from "./canonical-json.js";
import type { Action, Plan } from "./plan.js";
import { sha256 } from "./sha-256.js";

/**
 * A fingerprint of what a plan does: 64 hexadecimal digits, the same for the same plan whatever the order of its keys.
 * Covers every action with its reason and numbers, the counts, the deployment, new statuses, follow-ups with their
 * times, and the version and deployment that the plan was made for.
 *
 * Left out is what may differ although the same is done: the name of the evaluation, the index of the state, and what
 * is told but not carried out (`waiting`, `wakeAt`). What the plan itself makes - a new deployment, follow-up
 * evaluations - is named after the evaluation, so those are known by their place in the plan and not by their ids.
 *
 * @example
 * ```ts
 * const input = { versions: [job], allocations: [], deployments: [], now: 0 };
 * const seen = planHash(reconcile({ ...input, evaluationId: "preview" }));
 * seen === planHash(reconcile({ ...input, evaluationId: "eval-1" })); // true
 * ```
 *
 * @public
 */
export function planHash(plan: Plan): string {
  const { madeFrom, actions, groups, deployment, deploymentUpdates, followUps } = plan;
  const { evaluationId: _, index: __, ...made } = madeFrom;
  const named = namesOfWhatItMakes(plan);
  return sha256(
    canonicalJson({
      madeFrom: made,
      actions: actions.map((action) => withNames(action, named)),
      groups,
      deployment: deployment === undefined ? undefined : { ...deployment, id: named(deployment.id) },
      deploymentUpdates,
      followUps: followUps.map((one) => ({ ...one, id: named(one.id) })),
    }),
  );
}

/** An id, or the place in the plan of what the plan makes under that id. */
type Name = string | { readonly made: string } | undefined;

function namesOfWhatItMakes({ deployment, followUps }: Plan): (id: string | undefined) => Name {
  const names = new Map<string, Name>();
  if (deployment?.kind === "created") names.set(deployment.id, { made: "deployment" });
  followUps.forEach(({ id }, at) => {
    names.set(id, { made: `follow-up ${at}` });
  });
  return (id) => (id === undefined ? undefined : (names.get(id) ?? id));
}

function withNames(action: Action, named: (id: string | undefined) => Name): object {
  return {
    ...action,
    ...("deploymentId" in action ? { deploymentId: named(action.deploymentId) } : {}),
    ...("followUpEvaluationId" in action ? { followUpEvaluationId: named(action.followUpEvaluationId) } : {}),
  };
}
