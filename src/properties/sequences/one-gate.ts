import { promotesItself } from "../../lifecycle/rules/automatic-promotion.js";
import { groupProgress } from "../../lifecycle/rules/progress.js";
import { groupsToPromote, mayBePromoted, promotionGate } from "../../lifecycle/rules/promotion-gate.js";
import { type Deployment, isActive, isVerdigrisError } from "../../model/index.js";
import { type Wrong, wrong } from "../wrong.js";
import type { StateCase, StateProperty } from "./sequence.js";

/** @public */
export const oneGate: StateProperty = {
  kind: "state",
  name: "one-gate",
  sentence: "The manual promotion, the automatic one and the deadline agree on what may be promoted.",
  anchor: "properties.md#one-gate",
  check: (subject) =>
    subject.state.deployments.filter(isActive).flatMap((deployment) => disagreements(subject, deployment)),
};

function disagreements({ state, now, decide }: StateCase, deployment: Deployment): Wrong[] {
  const waiting = groupsToPromote(deployment);
  if (waiting.length === 0) return [];
  const passes = waiting.map((group) => mayBePromoted(promotionGate(deployment, group, state.allocations)));
  const byHand = waiting.map((group) => isAccepted({ state, now, decide }, deployment.id, group));
  return waiting.flatMap((group, at) => {
    const waits = groupProgress(deployment, group, state.allocations).kind === "waits_for_promotion";
    return [
      ...(byHand[at] === passes[at]
        ? []
        : [
            wrong`${{ group }} passes the gate: ${{ passes: passes[at] }}, by hand: ${{ byHand: byHand[at] }}`,
          ]),
      ...(waits === passes[at]
        ? []
        : [wrong`${{ group }} passes the gate: ${{ passes: passes[at] }}, for its deadline: ${{ waits }}`]),
      ...(promotesItself(deployment, state.allocations) && !passes[at]
        ? [wrong`${{ group }} promotes itself and does not pass`]
        : []),
    ];
  });
}

function isAccepted({ state, now, decide }: StateCase, deploymentId: string, group: string): boolean {
  try {
    return decide.transition(state, { kind: "promote", now, deploymentId, groups: [group] }).changed;
  } catch (error) {
    if (isVerdigrisError(error) && error.code === "canaries_not_healthy") return false;
    throw error;
  }
}
