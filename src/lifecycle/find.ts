import {
  type Allocation,
  type Deployment,
  type DeploymentStatus,
  deploymentStateOf,
  isActive,
  type Job,
  VerdigrisError,
} from "../model/index.js";
import { type JobState, registeredJob } from "./job-state.js";

/** The job, or the refusal of an event that needs one. */
export function requireJob(state: JobState): Job {
  const job = registeredJob(state);
  if (job !== undefined) return job;
  throw new VerdigrisError(
    "unknown_job",
    "The job does not exist: it was never submitted, or it was purged. Submit it first.",
  );
}

/** What to do where a deployment is over. */
const INSTEAD: { readonly [status in DeploymentStatus]?: string } = {
  successful: "Submit a changed specification, or revert to an earlier version.",
  failed: "Submit the job again for a new try, or revert to an earlier version.",
  cancelled: "A newer version has replaced it, or the job was stopped; look at the latest deployment.",
};

/** Where the deployment stands in the list, if it may still change. */
export function requireActiveDeployment(state: JobState, deploymentId: string): number {
  const at = state.deployments.findIndex(({ id }) => id === deploymentId);
  const deployment = state.deployments[at];
  if (deployment === undefined) {
    throw new VerdigrisError(
      "unknown_deployment",
      `There is no deployment "${deploymentId}"; the job has ${told(state.deployments.map(({ id }) => id))}.`,
      { deploymentId },
    );
  }
  if (isActive(deployment)) return at;
  throw new VerdigrisError(
    "deployment_terminal",
    `Deployment "${deploymentId}" is ${deployment.status}: that is never left again. ${INSTEAD[deployment.status] ?? ""}`.trim(),
    { deploymentId, status: deployment.status },
  );
}

/** Refuses a group that the deployment does not have. */
export function requireGroup(deployment: Deployment, group: string): void {
  if (deploymentStateOf(deployment, group) !== undefined) return;
  throw new VerdigrisError(
    "unknown_group",
    `Deployment "${deployment.id}" has no group "${group}"; it has ${told(Object.keys(deployment.groups))}.`,
    { deploymentId: deployment.id, group },
  );
}

/** Where these allocations stand in the list, in the order asked for. */
export function requireAllocations({ allocations }: JobState, ids: readonly string[]): number[] {
  const [first] = ids;
  if (first === undefined) return [];
  return ids.length === 1 ? [requireOne(allocations, first)] : requireMany(allocations, ids);
}

function requireOne(allocations: readonly Allocation[], id: string): number {
  for (let at = 0; at < allocations.length; at++) if (allocations[at]?.id === id) return at;
  throw unknownAllocation(id);
}

function requireMany(allocations: readonly Allocation[], ids: readonly string[]): number[] {
  const wanted = new Map<string, number>();
  for (const id of ids) wanted.set(id, -1);
  for (let at = 0; at < allocations.length; at++) {
    const id = allocations[at]?.id ?? "";
    if (wanted.has(id)) wanted.set(id, at);
  }
  return ids.map((id) => {
    const at = wanted.get(id) ?? -1;
    if (at < 0) throw unknownAllocation(id);
    return at;
  });
}

function unknownAllocation(allocationId: string): VerdigrisError {
  return new VerdigrisError(
    "unknown_allocation",
    `There is no allocation "${allocationId}"; it never was, or it was collected. Name one of the state's allocations.`,
    { allocationId },
  );
}

/** The refusal of an event that names a version that is not known. */
export function unknownVersion(known: readonly Job[], jobVersion: number): VerdigrisError {
  const versions = known.map(({ version }) => version);
  return new VerdigrisError(
    "unknown_version",
    `There is no version ${jobVersion}; known are ${versions.join(", ")}.`,
    { jobVersion, known: versions },
  );
}

/** The refusal of an event that names a tag that no version bears. */
export function unknownTag(known: readonly Job[], tag: string): VerdigrisError {
  const tags = known.flatMap((job) => (job.tag === undefined ? [] : [job.tag]));
  return new VerdigrisError("unknown_tag", `No version bears the tag "${tag}"; there is ${told(tags)}.`, {
    tag,
    known: tags,
  });
}

/** Refuses a word that is none: once in the state, every plan would stumble over it. */
export function requireStatus(what: string, status: string, known: readonly string[]): void {
  if (known.includes(status)) return;
  throw new VerdigrisError(
    "unknown_status",
    `${what} cannot be "${status}"; it is ${known.slice(0, -1).join(", ")} or ${known.at(-1)}.`,
    { status, known: [...known] },
  );
}

function told(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `"${name}"`).join(", ");
}
