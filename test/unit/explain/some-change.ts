import type { ProposedChange } from "../../../src/explain/index.js";
import { currentJob, type Job, type JobState, type TaskGroup } from "../../../src/index.js";

type Edit = (job: Job) => Job;

const ofFirst =
  (edit: (group: TaskGroup) => TaskGroup): Edit =>
  (job) => ({ ...job, groups: job.groups.map((group, at) => (at === 0 ? edit(group) : group)) });

const ofTasks = (more: (n: number) => object): ((n: number) => Edit) => {
  return (n) =>
    ofFirst((group) => ({ ...group, tasks: group.tasks.map((task) => ({ ...task, ...more(n) })) }));
};

/** What people do to a specification. */
const EDITS: { readonly [what: string]: (n: number) => Edit } = {
  nothing: () => (job) => job,
  image: ofTasks((n) => ({ config: { image: `image:${n}` } })),
  environment: ofTasks((n) => ({ env: { LEVEL: String(n) } })),
  killTimeout: ofTasks((n) => ({ killTimeout: 1_000 * n })),
  taskMeta: ofTasks((n) => ({ meta: { owner: String(n) } })),
  priority: (n) => (job) => ({ ...job, priority: 40 + n }),
  jobMeta: (n) => (job) => ({ ...job, meta: { owner: String(n) } }),
  groupMeta: (n) => ofFirst((group) => ({ ...group, meta: { owner: String(n) } })),
  count: (n) => ofFirst((group) => ({ ...group, count: n })),
  countAndImage: (n) => (job) => EDITS["image"]?.(n)(EDITS["count"]?.(n)(job) ?? job) ?? job,
  restart: (n) => ofFirst((group) => ({ ...group, restart: { attempts: n, renderTemplates: n > 4 } })),
  services: (n) =>
    ofFirst((group) => ({
      ...group,
      services: [{ name: "http", ...(n > 4 ? { connect: { n } } : { port: n }) }],
    })),
  canaries: (n) => ofFirst((group) => ({ ...group, update: { ...group.update, maxParallel: 1, canary: n } })),
  taskAdded: (n) => ofFirst((group) => ({ ...group, tasks: [...group.tasks, { name: `side-${n}` }] })),
  taskRenamed: (n) => ofTasks(() => ({ name: `other-${n}` }))(n),
  groupRenamed: (n) => ofFirst((group) => ({ ...group, name: `other-${n}` })),
  groupAdded: (n) => (job) => ({
    ...job,
    groups: [...job.groups, { name: `new-${n}`, count: n, tasks: [{ name: "main" }] }],
  }),
  groupRemoved: () => (job) => ({ ...job, groups: job.groups.slice(1) }),
};

export const KINDS: readonly string[] = [...Object.keys(EDITS), "scale", "revert", "stop", "purge"];

/** A change of that kind, and of that state's job; none if there is no job. */
export function someChange({ versions }: JobState, kind: string, n: number): ProposedChange | undefined {
  const job = currentJob(versions);
  if (job === undefined) return undefined;
  switch (kind) {
    case "scale":
      return { kind: "scale", group: job.groups[0]?.name ?? "", count: n };
    case "revert":
      return { kind: "revert", to: { version: versions[n % versions.length]?.version ?? 0 } };
    case "stop":
      return { kind: "stop_job" };
    case "purge":
      return { kind: "stop_job", purge: true };
    default: {
      const { stop: _, ...started } = EDITS[kind]?.(n)(job) ?? job;
      return { kind: "submit", job: n % 5 === 0 ? (EDITS["priority"]?.(n)(started as Job) ?? job) : started };
    }
  }
}
