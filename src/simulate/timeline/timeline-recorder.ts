import type { JobEvent, JobState, Transition } from "../../lifecycle/index.js";
import {
  type Allocation,
  currentJob,
  type Deployment,
  type DeploymentStatus,
  isActive,
  isCanary,
  isClientTerminal,
} from "../../model/index.js";
import type { Watcher } from "../watch/watcher.js";
import type {
  AllocationTimeline,
  Deadline,
  Ending,
  JobTimeline,
  Mark,
  Phase,
  Span,
  Timeline,
} from "./timeline.js";

interface Life extends Pick<AllocationTimeline, "id" | "name" | "group" | "nodeId"> {
  readonly spans: Span[];
  /** The span that is not over yet. */
  open: Omit<Span, "to"> | undefined;
  ending: Ending | undefined;
}

interface History {
  readonly lives: Map<string, Life>;
  readonly marks: Mark[];
  readonly deadlines: Map<string, Deadline>;
}

/** Writes down what a run looks like, event by event. */
export class TimelineRecorder implements Watcher {
  readonly #jobs = new Map<string, History>();
  readonly #from: number;
  #to: number;

  constructor(from: number) {
    this.#from = from;
    this.#to = from;
  }

  happened(jobId: string, before: JobState, { now }: JobEvent, { state }: Transition): void {
    if (before === state) return;
    this.#to = Math.max(this.#to, now);
    const history = this.#jobs.get(jobId) ?? { lives: new Map(), marks: [], deadlines: new Map() };
    this.#jobs.set(jobId, history);
    // A deployment fails first, and then the job is rolled back.
    noteDeployments(history, before, state, now);
    noteVersions(history, before, state, now);
    noteAllocations(history, before, state, now);
  }

  /** From the beginning to the last thing that happened. */
  timeline(): Timeline {
    const jobs = [...this.#jobs].map(([jobId, history]) => jobTimeline(jobId, history, this.#to));
    return { from: this.#from, to: this.#to, jobs };
  }
}

function jobTimeline(jobId: string, { lives, marks, deadlines }: History, to: number): JobTimeline {
  return {
    jobId,
    allocations: [...lives.values()].map(({ open, spans, ending, ...life }) => ({
      ...life,
      spans: open === undefined ? [...spans] : [...spans, { ...open, to }],
      ...(ending === undefined ? {} : { ending }),
    })),
    marks: [...marks],
    deadlines: [...deadlines.values()],
  };
}

function noteAllocations({ lives }: History, before: JobState, after: JobState, now: number): void {
  if (before.allocations === after.allocations) return;
  const was = new Set(before.allocations);
  for (const allocation of after.allocations) {
    if (was.has(allocation)) continue;
    const { id, name, group, nodeId } = allocation;
    const life = lives.get(id) ?? { id, name, group, nodeId, spans: [], open: undefined, ending: undefined };
    lives.set(id, life);
    const phase = phaseOf(allocation);
    const canary = isCanary(allocation);
    const { open } = life;
    const isSame =
      open !== undefined &&
      open.phase === phase &&
      open.version === allocation.jobVersion &&
      open.canary === canary;
    if (isSame) continue;
    // A span of no time is none.
    if (open !== undefined && open.from < now) life.spans.push({ ...open, to: now });
    life.open =
      phase === undefined ? undefined : { from: now, phase, version: allocation.jobVersion, canary };
    if (phase === undefined) life.ending ??= endingOf(allocation);
  }
}

function phaseOf(allocation: Allocation): Phase | undefined {
  if (isClientTerminal(allocation)) return undefined;
  if (allocation.desiredStatus !== "run") return "stopping";
  if (allocation.clientStatus === "unknown") return "unknown";
  if (allocation.clientStatus === "pending") return "pending";
  const healthy = allocation.deploymentStatus?.healthy;
  if (healthy === undefined) return "running";
  return healthy ? "healthy" : "unhealthy";
}

function endingOf({ clientStatus, desiredStatus }: Allocation): Ending {
  if (clientStatus === "failed" || clientStatus === "lost") return clientStatus;
  return desiredStatus === "run" ? "complete" : "stopped";
}

function noteVersions({ marks }: History, before: JobState, after: JobState, now: number): void {
  const was = currentJob(before.versions);
  const is = currentJob(after.versions);
  if (is === undefined || (was?.version === is.version && was.createIndex === is.createIndex)) return;
  if (is.stop === true) marks.push({ at: now, kind: "stopped", version: is.version });
  else if (is.rollbackOf === undefined) marks.push({ at: now, kind: "submitted", version: is.version });
  else {
    const description = `version ${is.rollbackOf} again, as version ${is.version}`;
    marks.push({ at: now, kind: "rolled_back", version: is.version, description });
  }
}

/** What a new status is called; the others are not worth a mark. */
const MARKS: { readonly [status in DeploymentStatus]?: Mark["kind"] } = {
  paused: "paused",
  failed: "failed",
  successful: "successful",
  cancelled: "cancelled",
};

function noteDeployments(
  { marks, deadlines }: History,
  before: JobState,
  after: JobState,
  now: number,
): void {
  if (before.deployments === after.deployments) return;
  for (const is of after.deployments) {
    const was = before.deployments.find(({ id }) => id === is.id);
    if (was === is) continue;
    const version = is.jobVersion;
    if (isPromoted(was, is)) marks.push({ at: now, kind: "promoted", version });
    const kind = was?.status === "paused" && is.status === "running" ? "resumed" : MARKS[is.status];
    if (was?.status !== is.status && kind !== undefined) {
      const description = is.statusDescription;
      marks.push({ at: now, kind, version, ...(description === undefined ? {} : { description }) });
    }
    for (const [group, { requireProgressBy: by }] of Object.entries(is.groups)) {
      if (by === undefined || was?.groups[group]?.requireProgressBy === by) continue;
      deadlines.set(JSON.stringify([is.id, group]), { group, version, setAt: now, by });
    }
    // Of one that ended in time its deadlines no longer matter.
    if (!isActive(is)) {
      for (const [key, { version: of, by }] of deadlines)
        if (of === version && by > now) deadlines.delete(key);
    }
  }
}

function isPromoted(was: Deployment | undefined, is: Deployment): boolean {
  return Object.entries(is.groups).some(
    ([group, { promoted }]) => promoted && was?.groups[group]?.promoted !== true,
  );
}
