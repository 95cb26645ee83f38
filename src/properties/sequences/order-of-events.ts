import type { JobEvent, JobState } from "../../lifecycle/index.js";
import {
  type Allocation,
  deploymentStateOf,
  isActive,
  isTerminal,
  isVerdigrisError,
} from "../../model/index.js";
import { type Wrong, wrong } from "../wrong.js";
import { CalmHost, leftAlone } from "./rest.js";
import type { StateCase, StateProperty } from "./sequence.js";
import { whatRests } from "./what-rests.js";

/** @public */
export const orderOfEvents: StateProperty = {
  kind: "state",
  name: "order of events",
  sentence:
    "Two reports of health that a deployment waits for, and two nodes that go down, lead to the same rest in either order, a plan carried out between them and the deadlines far: as many of each version, and the same ends of deployments.",
  anchor: "properties.md#order-of-events",
  check: (subject) => {
    const host = new CalmHost(subject);
    host.settle();
    const settled = { ...subject, state: withTimeLeft(host.state, subject.now) };
    return [reports(settled), losses(settled)].flatMap((pair) =>
      pair === undefined ? [] : differs(settled, pair),
    );
  },
};

/** Every deadline has just begun: how close one is decides more than any order. */
function withTimeLeft(state: JobState, now: number): JobState {
  const deployments = state.deployments.map((one) => ({
    ...one,
    groups: Object.fromEntries(
      Object.entries(one.groups).map(([name, group]) => [
        name,
        group.requireProgressBy === undefined
          ? group
          : { ...group, requireProgressBy: now + group.progressDeadline },
      ]),
    ),
  }));
  return { ...state, deployments };
}

type Pair = readonly [JobEvent, JobEvent];

/** Two reports of health that a deployment waits for. */
function reports({ state, now }: StateCase): Pair | undefined {
  const active = new Map(state.deployments.filter(isActive).map((deployment) => [deployment.id, deployment]));
  const [one, other] = state.allocations.filter(
    (allocation) =>
      deploymentStateOf(active.get(allocation.deploymentId ?? ""), allocation.group) !== undefined &&
      allocation.deploymentStatus?.healthy === undefined &&
      allocation.desiredStatus === "run" &&
      allocation.clientStatus === "running",
  );
  if (one === undefined || other === undefined) return undefined;
  const healthy = ({ id, deploymentId = "" }: Allocation): JobEvent => ({
    kind: "report_health",
    now,
    deploymentId,
    healthy: [id],
  });
  return [healthy(one), healthy(other)];
}

/** Two nodes that go down. */
function losses({ state, now }: StateCase): Pair | undefined {
  const [one, other] = new Set(
    state.allocations.filter((allocation) => !isTerminal(allocation)).map(({ nodeId }) => nodeId),
  );
  if (one === undefined || other === undefined) return undefined;
  const down = (id: string): JobEvent => ({ kind: "update_node", now, node: { id, status: "down" } });
  return [down(one), down(other)];
}

function differs(subject: StateCase, [one, other]: Pair): Wrong[] {
  const there = after(subject, [one, other]);
  const back = after(subject, [other, one]);
  return there === back
    ? []
    : [
        wrong`${{ event: one.kind }} of one and then of another leads to ${{ rest: there }}, the other way to ${{ otherRest: back }}`,
      ];
}

/** What rests in the end, and what was refused on the way. */
function after(subject: StateCase, events: Pair): string {
  const host = new CalmHost(subject);
  const refused = events.flatMap((event) => refusal(host, event));
  return [...refused, whatRests(leftAlone({ ...subject, state: host.state }).state)].join(", ");
}

function refusal(host: CalmHost, event: JobEvent): string[] {
  try {
    host.send(event);
  } catch (error) {
    if (!isVerdigrisError(error)) throw error;
    return [`refused (${error.code})`];
  }
  host.settle();
  return [];
}
