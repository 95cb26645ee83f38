import type { DeploymentStatus } from "../model/index.js";
import type { Explanation, PromotionVerdict, UpdateBudget } from "./explanation.js";
import type { Consequence, EndedBy, RollbackOutlook, Wait, WaitKind } from "./wait.js";
import type { Need, Way, WayResult } from "./way.js";

/** @public */
export interface SentenceOptions {
  /** How a time is written; default: as the number of milliseconds that it is. */
  readonly time?: (at: number) => string;
}

/**
 * An explanation in English: where the rollout is, what is waited for first and what else, the arithmetic, and what would
 * follow. One sentence an item, in a stable order.
 *
 * @example
 * ```ts
 * const [first] = sentencesOf(explain(canarying, now));
 * first; // "The canaries of version 1 are healthy."
 * ```
 *
 * @public
 */
export function sentencesOf(
  explanation: Explanation,
  { time = String }: SentenceOptions = {},
): readonly string[] {
  const { waitingFor, besides, groups, deadEnd, rollback } = explanation;
  return [
    phaseSentence(explanation),
    ...(waitingFor === undefined ? [] : [waitSentence(waitingFor, time)]),
    ...besides.map((wait) => `Besides: ${lowered(waitSentence(wait, time))}`),
    ...groups.flatMap(({ group, promotion, budget }) => [
      ...(promotion === undefined ? [] : [promotionSentence(promotion)]),
      ...(budget === undefined ? [] : [budgetSentence(group, budget)]),
    ]),
    ...(rollback === undefined ? [] : [`If it fails, ${rollbackWords(rollback)}.`]),
    ...(deadEnd ? ["Nothing changes this but a person."] : []),
  ];
}

const PHASES: Record<Explanation["phase"], (version: string) => string> = {
  no_job: () => "There is no job to run.",
  stopping: () => "The job is stopped, and its allocations are on their way out.",
  at_rest: (version) => `${version} runs as specified.`,
  settling: (version) => `${version} is current, and no deployment is under way.`,
  proving: (version) => `Canaries are to prove ${lowered(version)}.`,
  awaiting_promotion: (version) => `The canaries of ${lowered(version)} are healthy.`,
  rolling: (version) => `${version} takes the place of what ran before.`,
  paused: (version) => `The deployment of ${lowered(version)} is paused.`,
  awaiting_peer: (version) => `The deployment of ${lowered(version)} waits for its turn.`,
  failed: (version) => `The deployment of ${lowered(version)} failed.`,
};

function phaseSentence({ phase, jobVersion }: Explanation): string {
  return PHASES[phase](jobVersion === undefined ? "The job" : `Version ${jobVersion}`);
}

const WAITS: Record<WaitKind, string> = {
  room: "There is no room for what is to be placed",
  plan: "A plan is to be carried out",
  tick: "Time has come for something",
  resume: "Somebody has to resume the deployment",
  peer: "Another region has to let the deployment begin",
  new_version: "A new version has to be submitted",
  version_to_keep_alive: "Something is missing, and no version is known that may run in its place",
  client_stop: "The node of what is lost has still to stop it",
  health: "The health of some allocations is not decided",
  promotion: "Canaries wait for their promotion",
  free_slot: "Some must still be replaced, and no more may change at once",
  reschedule: "What failed is placed again later",
  time_out: "A node is away and may come back",
  given_up: "What failed for good is not placed again",
};

const ENDS: Record<EndedBy, string> = {
  planner: "by the next plan",
  clock: "by time alone",
  client: "by what nodes and checks report",
  capacity: "by more room",
  operator: "by a person",
};

function waitSentence(
  { kind, group, allocations, since, until, endedBy, onExpiry, decides }: Wait,
  time: (at: number) => string,
): string {
  const of = group === undefined ? "" : ` in group "${group}"`;
  const which = allocations === undefined || allocations.length === 0 ? "" : ` (${allocations.join(", ")})`;
  const when = [
    ...(since === undefined ? [] : [`since ${time(since)}`]),
    ...(until === undefined ? [] : [`until ${time(until)}`]),
  ].join(" ");
  const then = onExpiry === undefined ? "" : `; then ${consequenceWords(onExpiry)}`;
  const sooner =
    decides === undefined
      ? ""
      : ` By time alone ${decides.allocationId} is ${decides.healthy ? "healthy" : "unhealthy"} ${time(decides.at)}.`;
  return `${WAITS[kind]}${of}${which}${when === "" ? "" : `, ${when}`}${then}. It ends ${ENDS[endedBy]}.${sooner}`;
}

function consequenceWords(consequence: Consequence): string {
  switch (consequence.kind) {
    case "deployment_fails":
      return `the deployment fails, and ${rollbackWords(consequence.rollback)}`;
    case "promoted":
      return "they are promoted";
    case "replaced":
      return "they are replaced";
    case "lost":
      return "they are lost";
  }
}

function rollbackWords(rollback: RollbackOutlook): string {
  switch (rollback.kind) {
    case "version":
      return `version ${rollback.version} is submitted again`;
    case "no_stable_version":
      return "there is no stable version to go back to";
    case "same_specification":
      return `version ${rollback.stableVersion}, the newest stable one, says the same`;
    case "not_wanted":
      return "nothing is rolled back";
  }
}

function promotionSentence({
  group,
  need,
  have,
  pending,
  unhealthy,
  dead,
  heldBackBy,
}: PromotionVerdict): string {
  const arithmetic = `${have} of ${need} canaries live and are healthy, ${pending} are not judged, ${unhealthy} are unhealthy, ${dead} ended`;
  const others = heldBackBy.filter((one) => one !== group);
  const held =
    others.length === 0
      ? ""
      : `; to promote all is refused for ${others.map((one) => `"${one}"`).join(", ")}`;
  return `Group "${group}" may ${have >= need ? "" : "not yet "}be promoted: ${arithmetic}${held}.`;
}

function budgetSentence(group: string, budget: UpdateBudget): string {
  const { maxParallel, undecided, unhealthy, placedFirst, replaced, left } = budget;
  return `Group "${group}" may change ${maxParallel} at once: ${undecided} are not judged, ${unhealthy} are unhealthy, ${placedFirst} are placed first, ${replaced} are replaced now, ${left} are left.`;
}

function lowered(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

/**
 * A way on in English: what it needs, and what comes of it.
 *
 * @example
 * ```ts
 * const { ways: [first] } = unstick(canarying, now);
 * first === undefined ? "" : sentenceOfWay(first); // "Promote: \"api\" is promoted, and the deployment of version 1 runs."
 * ```
 *
 * @public
 */
export function sentenceOfWay({ needs, result }: Way): string {
  const counts = new Map<string, number>();
  for (const need of needs) {
    const { event } = need;
    const times = event.kind === "report_health" ? (event.healthy?.length ?? 0) : 1;
    counts.set(needWords(need), (counts.get(needWords(need)) ?? 0) + times);
  }
  const words = [...counts].map(([word, times]) =>
    word.startsWith("of ") ? `${times} ${word}` : times === 1 ? word : `${word} (${times} times)`,
  );
  return `${raised(words.length === 0 ? "nothing but time" : words.join(", then "))}: ${resultWords(result)}.`;
}

function resultWords({ fromVersion, jobVersion, status, promoted }: WayResult): string {
  const ends = `the deployment of version ${fromVersion} ${status === undefined ? "ends" : STATUSES[status]}`;
  if (jobVersion !== fromVersion)
    return `${ends}, and an earlier specification comes back as version ${jobVersion}`;
  return promoted.length === 0
    ? ends
    : `${promoted.map((group) => `"${group}"`).join(", ")} is promoted, and ${ends}`;
}

const STATUSES: Record<DeploymentStatus, string> = {
  running: "runs",
  successful: "is successful",
  failed: "fails",
  cancelled: "is cancelled",
  paused: "is paused",
  pending: "waits for its turn",
  initializing: "waits for its turn",
  blocked: "waits for its turn",
  unblocking: "goes on",
};

function needWords({ event, group }: Need): string {
  switch (event.kind) {
    case "report_health":
      return `of "${group}" healthy`;
    case "update_node":
      return `node "${event.node.id}" is ready`;
    default:
      return event.kind.replaceAll("_", " ");
  }
}

function raised(sentence: string): string {
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`;
}
