import { type Deployment, deploymentStateOf, VerdigrisError } from "../../model/index.js";
import { changing, unchanged } from "../change.js";
import { requireActiveDeployment, requireGroup } from "../find.js";
import type { JobState } from "../job-state.js";
import type { Transition } from "../outcome.js";
import { promoteGroups } from "../promote-groups.js";
import { mayBePromoted, type PromotionGate, promotionGates } from "../rules/promotion-gate.js";

/** A user promotes the canaries of a deployment. @public */
export interface Promote {
  readonly now: number;
  readonly deploymentId: string;
  /** Only these; absent: all that want canaries. */
  readonly groups?: readonly string[];
}

/**
 * Promotes groups whose wanted canaries all live and are healthy; those become ordinary allocations, and the update
 * goes on. Promoted is one-way: a group that is promoted stays as it is. Allowed while paused.
 *
 * @throws VerdigrisError `unknown_deployment`, `deployment_terminal`, `unknown_group`, `nothing_named`,
 * `nothing_to_promote`, `canaries_not_healthy` (`details.groups`: each with `have` and `need`)
 *
 * @example
 * ```ts
 * const { state, evaluate } = promote(canarying, { deploymentId, now });
 * state.deployments[1]?.groups["api"]?.promoted; // true
 * ```
 *
 * @public
 */
export function promote(state: JobState, { now, deploymentId, groups }: Promote): Transition {
  const deploymentAt = requireActiveDeployment(state, deploymentId);
  const deployment = state.deployments[deploymentAt];
  if (deployment === undefined) return unchanged(state);
  const waiting = selected(deployment, groups).filter(
    (group) => deploymentStateOf(deployment, group)?.promoted !== true,
  );
  const gates = promotionGates(deployment, waiting, state.allocations);
  if (!gates.every(mayBePromoted)) throw notHealthy(deployment, gates);
  if (waiting.length === 0) return unchanged(state);
  return changing(state, now, (change) => {
    promoteGroups(change, deploymentAt, waiting);
    return { evaluate: { because: "promoted" } };
  });
}

/** The groups that are meant, of those that want canaries. */
function selected(deployment: Deployment, groups: readonly string[] | undefined): string[] {
  for (const group of groups ?? []) requireGroup(deployment, group);
  if (groups?.length === 0) {
    throw new VerdigrisError(
      "nothing_named",
      "No group is named; name some, or leave `groups` out to promote all.",
    );
  }
  const gated = (groups ?? Object.keys(deployment.groups)).filter(
    (group) => (deploymentStateOf(deployment, group)?.desiredCanaries ?? 0) > 0,
  );
  if (gated.length > 0) return [...new Set(gated)];
  throw new VerdigrisError(
    "nothing_to_promote",
    `Deployment "${deployment.id}" has nothing to promote: none of its groups${groups === undefined ? "" : " named here"} wants canaries. Name a group that does; the others go on by themselves.`,
    { deploymentId: deployment.id },
  );
}

function notHealthy(deployment: Deployment, gates: readonly PromotionGate[]): VerdigrisError {
  const short = gates.filter((gate) => !mayBePromoted(gate));
  const shown = short.map(
    ({ group, have, need }) => `group "${group}" has ${have} of ${need} live and healthy canaries`,
  );
  return new VerdigrisError(
    "canaries_not_healthy",
    `Deployment "${deployment.id}" cannot be promoted: ${shown.join("; ")}. Wait for them, or fail the deployment.`,
    { deploymentId: deployment.id, groups: short.map((gate) => ({ ...gate })) },
  );
}
