import { wrong } from "../wrong.js";
import { asking } from "./asking.js";
import { CalmHost } from "./rest.js";
import type { StateProperty } from "./sequence.js";

/** How many plans in a row may change something while nothing happens: what replaces a failed one of an older version adopts the newest in the next. */
const MOST_PLANS = 3;

/** @public */
export const idempotence: StateProperty = {
  kind: "state",
  name: "idempotence",
  sentence:
    "Plans that are carried out lead to one that asks for nothing, and the same is planned again and again.",
  anchor: "properties.md#idempotence",
  check: (subject) => {
    const host = new CalmHost(subject);
    host.settle();
    if (host.reconciles > MOST_PLANS)
      return [wrong`${{ plans: host.reconciles }} plans in a row change something`];
    const again = host.plan();
    const asks = asking(host.state, again);
    return asks.length + again.deploymentUpdates.length > 0 || again.deployment !== undefined
      ? [wrong`at rest, ${{ actions: asks.length }} actions are planned`]
      : [];
  },
};
