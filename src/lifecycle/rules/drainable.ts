import {
  type Allocation,
  currentJob,
  groupOf,
  isActive,
  isCanary,
  isTerminal,
  type Node,
  nameIndex,
} from "../../model/index.js";
import type { JobState } from "../job-state.js";

/** A node whose allocations are to move away. @public */
export interface DrainingNode extends Node {
  /** From then on everything may move at once (milliseconds since the epoch); absent: never. */
  readonly drainDeadline?: number;
}

const DEFAULTS = { maxParallel: 1, minHealthyTime: 10_000 };

/**
 * Which allocations on draining nodes may migrate now: of each group as many as there are live, healthy ones that do
 * not migrate, over all nodes and canaries apart, above `count` - `migrate.maxParallel`; lowest name index first. Canaries
 * serve no place of `count` and may always move. A batch job's wait for the drain's deadline, at which everything may.
 *
 * @returns ids for a `migrate` event, group by group.
 *
 * @example
 * ```ts
 * const node = { id: canarying.allocations[0].nodeId, status: "ready", draining: true };
 * drainable(canarying, [node], { now }).length > 0; // true
 * ```
 *
 * @public
 */
export function drainable(
  state: JobState,
  nodes: readonly DrainingNode[],
  { now }: { readonly now: number },
): readonly string[] {
  const draining = new Map(
    nodes.flatMap((node) => (node.draining === true ? [[node.id, node] as const] : [])),
  );
  if (draining.size === 0) return [];
  const groups = new Map<string, Allocation[]>();
  for (const allocation of state.allocations) {
    if (isTerminal(allocation)) continue;
    const members = groups.get(allocation.group);
    if (members === undefined) groups.set(allocation.group, [allocation]);
    else members.push(allocation);
  }
  return [...groups.keys()].sort().flatMap((name) => {
    const members = (groups.get(name) ?? []).filter((one) => one.desiredTransition?.migrate !== true);
    const isDue = ({ nodeId }: Allocation): boolean => {
      const deadline = draining.get(nodeId)?.drainDeadline;
      return deadline !== undefined && deadline <= now;
    };
    // What moves anyway, because its time is up, is not there to stand in for the others.
    const staying = members.filter((one) => !isDue(one));
    let slots = slotsOf(state, name, staying, now);
    return members
      .filter((one) => draining.has(one.nodeId))
      .sort((a, b) => nameIndex(a.name) - nameIndex(b.name) || (a.id < b.id ? -1 : 1))
      .flatMap((one) => (isDue(one) || isCanary(one) || slots-- > 0 ? [one.id] : []));
  });
}

/** How many of the group may move besides canaries. */
function slotsOf(
  { versions, deployments }: JobState,
  name: string,
  staying: readonly Allocation[],
  now: number,
): number {
  const job = currentJob(versions);
  if (job?.type === "batch") return 0;
  const group = job === undefined ? undefined : groupOf(job, name);
  const { maxParallel, minHealthyTime } = { ...DEFAULTS, ...group?.migrate };
  const isInDeployment = deployments.some(isActive);
  const healthy = staying.filter(
    (one) =>
      !isCanary(one) &&
      (one.deploymentStatus?.healthy === true ||
        (!isInDeployment && one.clientStatus === "running" && startedAt(one) + minHealthyTime <= now)),
  );
  return healthy.length - ((group?.count ?? 0) - maxParallel);
}

/** When its last task started, as far as anybody said. */
function startedAt(allocation: Allocation): number {
  const starts = Object.values(allocation.taskStates ?? {}).map(
    (state) => state.lastRestartAt ?? state.startedAt ?? 0,
  );
  return starts.length === 0 ? allocation.modifiedAt : Math.max(...starts);
}
