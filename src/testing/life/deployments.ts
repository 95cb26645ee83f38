import { drainable } from "../../lifecycle/index.js";
import { isActive } from "../../model/index.js";
import { healthy } from "./clients.js";
import type { Happens } from "./happening.js";
import type { Life } from "./life.js";

export const promote: Happens = (life) => {
  const { choices } = life;
  if (!choices.oneIn(4)) healthy(life);
  const groups = choices.oneIn(4) ? { groups: choices.of(["web"], ["api"], ["none"], []) } : {};
  life.send({ kind: "promote", deploymentId: someDeployment(life), ...groups });
};

export const pauseOrResume: Happens = (life) => {
  const deploymentId = someDeployment(life);
  life.send({ kind: life.choices.of("pause", "pause", "resume"), deploymentId });
  if (life.choices.oneIn(4)) life.send({ kind: "pause", deploymentId });
  if (life.choices.oneIn(3)) life.now += life.choices.of(1_000, 120_000, 700_000);
  if (!life.choices.oneIn(3)) life.send({ kind: "resume", deploymentId });
};

export const fail: Happens = (life) => {
  const deploymentId = someDeployment(life);
  if (life.choices.oneIn(2)) life.send({ kind: "fail", deploymentId });
};

/** An active one, if there is one; or whichever, or one that does not exist. */
function someDeployment(life: Life): string {
  const { deployments } = life.state;
  return (life.anyOf(deployments.filter(isActive)) ?? life.anyOf(deployments))?.id ?? "none";
}

export const stopAllocation: Happens = (life) => {
  const one = life.anyOf(life.choices.oneIn(8) ? life.state.allocations : life.alive);
  life.send({ kind: "stop_allocation", allocationId: one?.id ?? "none" });
};

/** Whatever may leave the nodes that drain is asked to, or anything at all. */
export const migrate: Happens = (life) => {
  const draining = (life.state.nodes ?? []).map((one) => ({ ...one, drainDeadline: life.now + 60_000 }));
  const allocationIds = life.choices.oneIn(4)
    ? life.alive.slice(0, 1).map(({ id }) => id)
    : drainable(life.state, draining, { now: life.now });
  const batch = life.choices.oneIn(3) ? { batch: "not_again" as const } : {};
  life.send({ kind: "migrate", allocationIds, ...batch });
};
