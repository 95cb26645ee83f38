import {
  type Allocation,
  type ErrorCode,
  isStopped,
  type Job,
  LARGEST_JOB,
  namespaceOf,
  told,
  tooLargeWith,
  VerdigrisError,
} from "../model/index.js";
import { findTwin } from "./find-twin.js";
import type { ReconcileInput } from "./input.js";

/** Refuses what contradicts itself, naming the culprit. What an allocation alone can contradict is found where it is read. */
export function refuseContradictions(input: ReconcileInput, job: Job | undefined): void {
  requireTime(input.now);
  requireEvaluation(input.evaluationId);
  refuseForeigners(input, job);
  refuseTwins("duplicate_deployment", "deployment", input.deployments);
  if (input.nodes !== undefined) refuseTwins("duplicate_node", "node", input.nodes);
  if (job !== undefined) requireGroups(job);
}

/** What the plan is called after: follow-ups and a new deployment bear it in their ids. */
function requireEvaluation(id: string): void {
  if (typeof id === "string" && id !== "") return;
  throw new VerdigrisError(
    "bad_name",
    `evaluationId is ${told(id)}; it names the evaluation that this is, and is a text.`,
    {
      path: "$.evaluationId",
    },
  );
}

function requireTime(now: number): void {
  if (Number.isSafeInteger(now) && now >= 0) return;
  throw new VerdigrisError(
    "bad_number",
    `now is ${now}; it is a whole number of milliseconds since the epoch.`,
    {
      path: "$.now",
      value: String(now),
    },
  );
}

/** A version or a deployment of another job. */
function refuseForeigners(input: ReconcileInput, job: Job | undefined): void {
  const id = job?.id ?? input.deployments[0]?.jobId;
  const namespace = namespaceOf(job ?? input.deployments[0] ?? {});
  for (const version of input.versions) {
    if (version.id !== id || namespaceOf(version) !== namespace) {
      throw foreign("foreign_version", `version ${version.version}`, version.id, id);
    }
  }
  for (const deployment of input.deployments) {
    if (deployment.jobId !== id || namespaceOf(deployment) !== namespace) {
      throw foreign("foreign_deployment", `deployment "${deployment.id}"`, deployment.jobId, id);
    }
  }
}

function foreign(code: ErrorCode, what: string, of: string, instead: string | undefined): VerdigrisError {
  return new VerdigrisError(
    code,
    `There is ${what} of job "${of}" among those of job "${instead ?? ""}"; one evaluation is about one job in one namespace.`,
    { jobId: of, expected: instead ?? null },
  );
}

function refuseTwins(code: ErrorCode, what: string, bearers: readonly { readonly id: string }[]): void {
  const id = findTwin(bearers);
  if (id !== undefined) throw twin(code, what, id);
}

/** The error for two of a kind that bear one id. */
export function twin(code: ErrorCode, what: string, id: string): VerdigrisError {
  return new VerdigrisError(code, `Two ${what}s bear the id "${id}"; an id is borne once.`, { id });
}

function requireGroups(job: Job): void {
  const seen = new Set<string>();
  for (const group of job.groups) {
    if (seen.has(group.name)) {
      throw new VerdigrisError(
        "duplicate_group",
        `Job "${job.id}" has two groups "${group.name}"; names are unique.`,
        {
          jobId: job.id,
          group: group.name,
        },
      );
    }
    seen.add(group.name);
    if (!Number.isInteger(group.count) || group.count < 0) {
      throw new VerdigrisError(
        "bad_number",
        `Group "${group.name}" has count ${group.count}; it is a whole number, 0 or more.`,
        { group: group.name, value: String(group.count) },
      );
    }
  }
  // A stopped one wants nothing.
  const tooLarge = isStopped(job) ? undefined : job.groups[tooLargeWith(job.groups) ?? -1];
  if (tooLarge === undefined) return;
  throw new VerdigrisError(
    "bad_number",
    `With group "${tooLarge.name}" (count ${tooLarge.count}) job "${job.id}" wants more than ${LARGEST_JOB} allocations, canaries among them; that is the most.`,
    { group: tooLarge.name, value: String(tooLarge.count) },
  );
}

/** A group's name is a key of records; this one no record can hold. */
export function requireGroupName(name: string): void {
  if (name !== "__proto__") return;
  throw new VerdigrisError(
    "bad_name",
    'A group is called "__proto__", which no record can hold; call it otherwise.',
    {
      group: name,
    },
  );
}

/** The error for an allocation whose version is not among the job's. */
export function unknownVersion(allocation: Allocation): VerdigrisError {
  return new VerdigrisError(
    "unknown_version",
    `Allocation "${allocation.id}" runs version ${allocation.jobVersion} of registration ${allocation.jobCreateIndex}, which is not among the job's versions; keep every version that a live allocation runs.`,
    {
      allocationId: allocation.id,
      jobVersion: allocation.jobVersion,
      jobCreateIndex: allocation.jobCreateIndex,
    },
  );
}

/** The error for an allocation of a group that its own version does not have. */
export function unknownGroup(allocation: Allocation): VerdigrisError {
  return new VerdigrisError(
    "unknown_group",
    `Allocation "${allocation.id}" belongs to group "${allocation.group}", which its version ${allocation.jobVersion} does not have.`,
    { allocationId: allocation.id, group: allocation.group, jobVersion: allocation.jobVersion },
  );
}
