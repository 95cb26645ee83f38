import {
  type Allocation,
  currentJob,
  groupOf,
  isStopped,
  isTerminal,
  type Job,
  type Plan,
  type ReconcileInput,
  type TaskGroup,
} from "../../../src/index.js";
import { type Decisions, planOfDecisions } from "../../../src/testing/index.js";

/** How far a rollout may go above and below the wanted count. */
export interface Surge {
  readonly maxSurge: number;
  /** Counts as available what is only just placed: the bug that is planted here. */
  readonly trustsNewOnes?: boolean;
}

/** A rolling update in the manner of Kubernetes: replica sets by template, `maxSurge` above and `maxUnavailable` below. */
export function surgeReconciler(surge: Surge): (input: ReconcileInput) => Plan {
  return (input) => planOfDecisions(input, decide(input, surge));
}

function decide(input: ReconcileInput, surge: Surge): Decisions {
  const job = currentJob(input.versions);
  const isGone = new Set(
    (input.nodes ?? []).flatMap(({ id, status }) => (status === "down" || status === "gone" ? [id] : [])),
  );
  // Whatever order they come in, the same ones are chosen.
  const live = input.allocations.filter((one) => !isTerminal(one)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const lost = live.filter(({ nodeId }) => isGone.has(nodeId)).map(({ id }) => id);
  const here = live.filter(({ nodeId }) => !isGone.has(nodeId));
  const stop: string[] = [];
  const adopt: string[] = [];
  const place: { [group: string]: number } = {};
  for (const name of new Set(here.map(({ group }) => group))) {
    if (isStopped(job) || groupOf(job, name) === undefined) {
      stop.push(...here.filter(({ group }) => group === name).map(({ id }) => id));
    }
  }
  for (const group of isStopped(job) ? [] : job.groups) {
    const own = here.filter((one) => one.group === group.name);
    const isNew = sameTemplateAs(group, input.versions);
    const scaled = scale(
      group,
      own.filter(isNew),
      own.filter((one) => !isNew(one)),
      surge,
    );
    stop.push(...scaled.stop);
    place[group.name] = scaled.place;
    const stays = new Set(scaled.stop);
    adopt.push(
      ...own.flatMap((one) =>
        isNew(one) && one.jobVersion !== job?.version && !stays.has(one.id) ? [one.id] : [],
      ),
    );
  }
  return { stop, lost, adopt, place };
}

/** Whether an allocation runs what the group says: the counts aside. */
function sameTemplateAs(group: TaskGroup, versions: readonly Job[]): (allocation: Allocation) => boolean {
  const template = JSON.stringify(group.tasks);
  return ({ jobVersion, jobCreateIndex, group: name }) => {
    const version = versions.find((job) => job.version === jobVersion && job.createIndex === jobCreateIndex);
    const own = version === undefined ? undefined : groupOf(version, name);
    return own !== undefined && JSON.stringify(own.tasks) === template;
  };
}

/** How many of the new template start, and which of whatever template end. */
function scale(
  { count, update }: TaskGroup,
  young: readonly Allocation[],
  old: readonly Allocation[],
  { maxSurge, trustsNewOnes = false }: Surge,
): { readonly place: number; readonly stop: readonly string[] } {
  const maxUnavailable = update?.maxParallel ?? 1;
  const surplus = young.length > count ? sickFirst(young).slice(0, young.length - count) : [];
  const stays = young.filter((one) => !surplus.includes(one));
  const room = Math.max(0, count + maxSurge - young.length - old.length);
  const place = Math.min(count - stays.length, room);
  const unavailable = trustsNewOnes ? 0 : stays.filter((one) => !isAvailable(one)).length;
  const mayEnd = Math.max(0, old.length + stays.length - unavailable - (count - maxUnavailable));
  // The sick ones of the old template serve nobody.
  return { place, stop: [...surplus, ...sickFirst(old).slice(0, mayEnd)].map(({ id }) => id) };
}

function sickFirst(allocations: readonly Allocation[]): readonly Allocation[] {
  return [...allocations].sort((a, b) => Number(isAvailable(a)) - Number(isAvailable(b)));
}

/** Nobody reports health outside a deployment: there it is enough to run. */
function isAvailable({ clientStatus, deploymentId, deploymentStatus }: Allocation): boolean {
  return clientStatus === "running" && (deploymentId === undefined || deploymentStatus?.healthy === true);
}
