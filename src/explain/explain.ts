import { type JobState, mayBePromoted, type PromotionGate, progressOf } from "../lifecycle/index.js";
import { type Action, type Deployment, hasAutoPromote } from "../model/index.js";
import { deadEndOf } from "./dead-end.js";
import type { Explanation, GroupExplanation, PromotionVerdict, UpdateBudget } from "./explanation.js";
import { phaseOf } from "./phase.js";
import { rollbackOutlook } from "./rollback-outlook.js";
import { type ExplainedWorld, type Subject, subjectOf } from "./subject.js";
import { inOrder, isDecisive } from "./wait.js";
import { waitsOf } from "./waits.js";

/**
 * What becomes of a job, and why nothing does: how far its rollout is, what is waited for, who can end that, what follows,
 * and whether it may be promoted. It runs `reconcile` and the lifecycle's own rules; nothing is decided here. Times are
 * milliseconds since the epoch.
 *
 * @throws VerdigrisError as `reconcile` does, of data that contradicts itself
 *
 * @example
 * ```ts
 * const { phase, waitingFor } = explain(canarying, now);
 * phase; // "awaiting_promotion"
 * waitingFor?.kind; // "promotion"
 * waitingFor?.endedBy; // "operator"
 * ```
 *
 * @public
 */
export function explain(state: JobState, now: number, world: ExplainedWorld = {}): Explanation {
  const subject = subjectOf(state, now, world);
  const rollback = rollbackOutlook(subject);
  const waits = inOrder(waitsOf(subject));
  const [waitingFor, ...besides] = waits;
  const { deployment, plan, leftAlone } = subject;
  const deadEnd = deadEndOf(subject, waits.filter(isDecisive));
  return {
    phase: phaseOf(subject, waits),
    ...(plan.madeFrom.jobVersion === undefined ? {} : { jobVersion: plan.madeFrom.jobVersion }),
    ...(deployment === undefined ? {} : { deployment: told(deployment) }),
    ...(waitingFor === undefined ? {} : { waitingFor }),
    besides,
    deadEnd: deadEnd === "yes",
    ...(deadEnd === "open" ? { deadEndOpen: true } : {}),
    ...(leftAlone === undefined ? {} : { leftAlone }),
    ...(rollback === undefined ? {} : { rollback }),
    groups: groupsOf(subject),
  };
}

function told({ id, status, statusDescription }: Deployment): NonNullable<Explanation["deployment"]> {
  return { id, status, ...(statusDescription === undefined ? {} : { description: statusDescription }) };
}

function groupsOf({ state, plan, deployment, gates }: Subject): GroupExplanation[] {
  const byGroup = new Map<string, Action[]>(Object.keys(plan.groups).map((group) => [group, []]));
  for (const action of plan.actions) byGroup.get(action.group)?.push(action);
  const progress =
    deployment === undefined
      ? undefined
      : progressOf(deployment, Object.keys(deployment.groups), state.allocations);
  const byName = new Map(gates.map((gate) => [gate.group, gate]));
  const heldBackBy = gates.filter((gate) => !mayBePromoted(gate)).map(({ group }) => group);
  return Object.entries(plan.groups).map(([group, counts]) => {
    const actions = byGroup.get(group) ?? [];
    const [far, gate, budget] = [progress?.get(group), byName.get(group), budgetOf(actions)];
    const promotion =
      deployment === undefined || gate === undefined ? undefined : promotionOf(deployment, gate, heldBackBy);
    return {
      group,
      counts,
      ...(far === undefined ? {} : { progress: far }),
      ...(promotion === undefined ? {} : { promotion }),
      ...(budget === undefined ? {} : { budget }),
      actions,
    };
  });
}

/** The verdict over a group that still wants its promotion. */
function promotionOf(
  deployment: Deployment,
  gate: PromotionGate,
  heldBackBy: readonly string[],
): PromotionVerdict {
  return {
    ...gate,
    mayBePromoted: mayBePromoted(gate),
    heldBackBy,
    automatic: hasAutoPromote(deployment),
  };
}

/** The arithmetic of rule 11, where it keeps some from being replaced. */
function budgetOf(actions: GroupExplanation["actions"]): UpdateBudget | undefined {
  const held = actions.flatMap((action) =>
    action.kind === "ignore" && action.reason.code === "budget_spent" ? [action.reason] : [],
  );
  const [reason] = held;
  if (reason === undefined) return undefined;
  const { maxParallel, undecided, unhealthy, placedFirst } = reason;
  const replaced = actions.filter(({ kind }) => kind === "replace").length;
  return { maxParallel, undecided, unhealthy, placedFirst, replaced, left: held.length };
}
