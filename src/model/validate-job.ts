import type { Issue } from "./error.js";
import type { Job } from "./job.js";
import { jobShape } from "./job-shape.js";
import { LARGEST_JOB, tooLargeWith } from "./job-size.js";
import { issuesOf, jsonPath, type Path } from "./shape/shape.js";
import type { TaskGroup } from "./task-group.js";
import { progressDeadlineOf, UPDATE_DEFAULTS, type UpdateStrategy } from "./update-strategy.js";

/** What is wrong with a specification, and what is allowed but probably not meant. @public */
export interface JobJudgement {
  readonly issues: readonly Issue[];
  readonly warnings: readonly Issue[];
}

/** A block with everything that it leaves out. */
type FullUpdate = Required<UpdateStrategy>;

interface UpdateRule {
  readonly code: string;
  readonly at: keyof UpdateStrategy;
  readonly isBroken: (update: FullUpdate, group: TaskGroup, job: Job) => boolean;
  readonly message: (update: FullUpdate, group: TaskGroup) => string;
}

const UPDATE_RULES: readonly UpdateRule[] = [
  {
    code: "update_on_batch",
    at: "maxParallel",
    isBroken: (_, __, job) => job.type === "batch",
    message: () => "a batch job has no update block: its allocations end by themselves",
  },
  {
    code: "no_healthy_deadline",
    at: "healthyDeadline",
    isBroken: ({ healthyDeadline }) => healthyDeadline === 0,
    message: () => "healthyDeadline must be above 0: an allocation needs time to become healthy",
  },
  {
    code: "healthy_time_too_long",
    at: "minHealthyTime",
    isBroken: ({ minHealthyTime, healthyDeadline }) =>
      healthyDeadline > 0 && minHealthyTime >= healthyDeadline,
    message: ({ minHealthyTime, healthyDeadline }) =>
      `minHealthyTime (${minHealthyTime} ms) must be below healthyDeadline (${healthyDeadline} ms), or nothing can become healthy in time`,
  },
  {
    code: "progress_deadline_too_short",
    at: "progressDeadline",
    isBroken: ({ progressDeadline, healthyDeadline }) =>
      progressDeadline !== 0 && progressDeadline <= healthyDeadline,
    message: ({ progressDeadline, healthyDeadline }) =>
      `progressDeadline (${progressDeadline} ms) must be 0 (none) or above healthyDeadline (${healthyDeadline} ms)`,
  },
  {
    code: "promotes_nothing",
    at: "autoPromote",
    isBroken: ({ autoPromote, canary }) => autoPromote && canary === 0,
    message: () => "autoPromote needs canary above 0: there is nothing to promote",
  },
  {
    code: "canary_without_update",
    at: "canary",
    isBroken: ({ maxParallel, canary }) => maxParallel === 0 && canary > 0,
    message: () => "canary needs maxParallel above 0: with 0 there is no update strategy, so no gate",
  },
];

const UPDATE_WARNINGS: readonly UpdateRule[] = [
  {
    code: "max_parallel_above_count",
    at: "maxParallel",
    isBroken: ({ maxParallel }, { count }) => maxParallel > count,
    message: ({ maxParallel }, { count }) => `maxParallel (${maxParallel}) is above count (${count})`,
  },
];

/**
 * Judges a specification by the rules of the model: its shape first, then what its values mean together. Reports
 * everything at once; `reconcile` itself takes any well-shaped specification as it is.
 *
 * @example
 * ```ts
 * const { issues } = validateJob({ ...job, groups: [{ ...group, update: { canary: 1, maxParallel: 0 } }] });
 * issues[0]?.code; // "canary_without_update"
 * ```
 *
 * @public
 */
export function validateJob(job: Job): JobJudgement {
  const misshapen = issuesOf(jobShape, job);
  if (misshapen.length > 0) return { issues: misshapen, warnings: [] };
  const issues: Issue[] = [];
  const warnings: Issue[] = [];
  const priority = job.priority ?? 50;
  if (priority < 1 || priority > 100) {
    issues.push(issue("bad_priority", ["priority"], `priority is ${priority}; it is 1 to 100`));
  }
  if (job.groups.length === 0) issues.push(issue("no_group", ["groups"], "a job has at least one group"));
  issues.push(...twins(job.groups, ["groups"]));
  const tooLarge = tooLargeWith(job.groups);
  if (tooLarge !== undefined)
    issues.push(
      issue(
        "count_too_large",
        ["groups", tooLarge, "count"],
        `with it the job wants more than ${LARGEST_JOB} allocations, canaries among them; that is the most`,
      ),
    );
  job.groups.forEach((group, i) => {
    issues.push(...judgeGroup(group, ["groups", i]));
    issues.push(...judgeUpdate(UPDATE_RULES, job, group, ["groups", i, "update"]));
    issues.push(...killTimeouts(group, ["groups", i, "tasks"]));
    warnings.push(...judgeUpdate(UPDATE_WARNINGS, job, group, ["groups", i, "update"]));
  });
  warnings.push(...mixedPromotion(job));
  warnings.push(...unreadKeys(job));
  return { issues, warnings };
}

function issue(code: string, path: Path, message: string): Issue {
  return { code, path: jsonPath(path), message };
}

/** Two of one name. */
function twins(named: readonly { readonly name: string }[], path: Path): Issue[] {
  const seen = new Set<string>();
  return named.flatMap(({ name }, i) => {
    const isTwin = seen.has(name);
    seen.add(name);
    return isTwin
      ? [issue("duplicate_name", [...path, i, "name"], `"${name}" is there twice; names are unique`)]
      : [];
  });
}

function judgeGroup(group: TaskGroup, path: Path): Issue[] {
  return [
    ...(group.tasks.length === 0
      ? [issue("no_task", [...path, "tasks"], "a group has at least one task")]
      : []),
    ...twins(group.tasks, [...path, "tasks"]),
  ];
}

function judgeUpdate(rules: readonly UpdateRule[], job: Job, group: TaskGroup, path: Path): Issue[] {
  if (group.update === undefined) return [];
  const full = { ...UPDATE_DEFAULTS, ...group.update, progressDeadline: progressDeadlineOf(group.update) };
  return rules
    .filter(({ isBroken }) => isBroken(full, group, job))
    .map(({ code, at, message }) => issue(code, [...path, at], message(full, group)));
}

/** A task that may take longer to stop than the deployment may take to progress. */
function killTimeouts(group: TaskGroup, path: Path): Issue[] {
  const deadline = group.update === undefined ? 0 : progressDeadlineOf(group.update);
  if (deadline === 0) return [];
  return group.tasks.flatMap(({ killTimeout = 0 }, i) =>
    killTimeout > deadline
      ? [
          issue(
            "kill_timeout_too_long",
            [...path, i, "killTimeout"],
            `killTimeout (${killTimeout} ms) must not be above the group's progressDeadline (${deadline} ms)`,
          ),
        ]
      : [],
  );
}

/** One group that waits for a person keeps all from being promoted by themselves. */
function mixedPromotion(job: Job): Issue[] {
  const gated = job.groups.flatMap((group, i) => ((group.update?.canary ?? 0) > 0 ? [{ group, i }] : []));
  const byHand = gated.filter(({ group }) => group.update?.autoPromote !== true);
  if (byHand.length === 0 || byHand.length === gated.length) return [];
  return byHand.map(({ group, i }) =>
    issue(
      "mixed_promotion",
      ["groups", i, "update", "autoPromote"],
      `group "${group.name}" is promoted by hand, so that none is promoted automatically`,
    ),
  );
}

/** The blocks of a group that are read. */
const BLOCKS: readonly string[] = ["update", "reschedule", "disconnect", "migrate", "count", "tasks"];

/** A block of a group that stands in the job, or under another name: it would silently mean nothing. */
function unreadKeys(job: Job): Issue[] {
  const ofJob = Object.keys(job).flatMap((key) =>
    BLOCKS.includes(key)
      ? [issue("unread_key", [key], `"${key}" is not read here; it belongs into a group`)]
      : [],
  );
  const ofGroups = job.groups.flatMap((group, at) =>
    Object.keys(group).flatMap((key) => {
      const meant = BLOCKS.find((block) => block !== key && likeness(block) === likeness(key));
      if (meant === undefined || BLOCKS.includes(key)) return [];
      return [issue("unread_key", ["groups", at, key], `"${key}" is not read; is "${meant}" meant?`)];
    }),
  );
  return [...ofJob, ...ofGroups];
}

/** Names are alike that differ in case, in what stands between words, or in number. */
function likeness(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z]/g, "")
    .replace(/(policy|strategy)?s?$/, "");
}
