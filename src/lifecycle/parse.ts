import {
  allocationShape,
  byKind,
  checkStateShape,
  clientStatusShape,
  closed,
  decimal,
  deploymentShape,
  flag,
  followUpShape,
  groupsShape,
  jobShape,
  listOf,
  name,
  nodeShape,
  oneOf,
  open,
  optional,
  parseWith,
  planShape,
  recordOf,
  type Shape,
  type StandardSchema,
  standardSchema,
  taskStateShape,
  text,
  time,
  whole,
  withOrWithout,
  yes,
} from "../model/index.js";
import type { PlacementOutcome } from "./apply/placement-outcome.js";
import type { JobEvent, JobEventKind } from "./event.js";
import type { ClientUpdate } from "./events/update-clients.js";
import type { JobState } from "./job-state.js";
import type { JobSpecification } from "./specification.js";

/** @internal */
export const jobStateShape: Shape<JobState> = open<JobState>({
  index: whole,
  versions: listOf(jobShape),
  allocations: listOf(allocationShape),
  deployments: listOf(deploymentShape),
  nodes: optional(listOf(nodeShape)),
  followUps: optional(listOf(followUpShape)),
  wakeAt: optional(whole),
  waitsForRoom: optional(yes),
  purged: optional(yes),
});

const specification: Shape<JobSpecification> = open<JobSpecification>({
  id: name,
  namespace: optional(name),
  type: oneOf("service", "batch"),
  stop: optional(flag),
  priority: optional(whole),
  groups: groupsShape,
});

type Made = Exclude<PlacementOutcome, { readonly noRoom: true }>;
type NotMade = Extract<PlacementOutcome, { readonly noRoom: true }>;

/** @internal */
export const placementOutcomeShape: Shape<PlacementOutcome> = withOrWithout<NotMade, Made>(
  "noRoom",
  closed<NotMade>({ placement: name, noRoom: yes }),
  closed<Made>({ placement: name, allocationId: name, nodeId: name, score: optional(decimal) }),
);

const clientUpdate: Shape<ClientUpdate> = closed<ClientUpdate>({
  allocationId: name,
  clientStatus: optional(clientStatusShape),
  taskStates: optional(recordOf(taskStateShape)),
  checks: optional(recordOf(checkStateShape)),
});

/** The event of one kind. */
type Of<K extends JobEventKind> = Extract<JobEvent, { readonly kind: K }>;

const pauseOrResume = { now: time, deploymentId: name };

// Closed: a misspelt field of an event would silently mean nothing.
/** @internal */
export const jobEventShape: Shape<JobEvent> = byKind<JobEvent>({
  submit: closed<Of<"submit">>({
    kind: oneOf("submit"),
    now: time,
    job: specification,
    checkIndex: optional(whole),
  }),
  stop_job: closed<Of<"stop_job">>({ kind: oneOf("stop_job"), now: time, purge: optional(flag) }),
  scale: closed<Of<"scale">>({
    kind: oneOf("scale"),
    now: time,
    group: name,
    count: whole,
    checkIndex: optional(whole),
  }),
  revert: closed<Of<"revert">>({
    kind: oneOf("revert"),
    now: time,
    to: withOrWithout(
      "tag",
      closed<{ readonly tag: string }>({ tag: name }),
      closed<{ readonly version: number }>({ version: whole }),
    ),
    enforcePriorVersion: optional(whole),
  }),
  apply_plan: closed<Of<"apply_plan">>({
    kind: oneOf("apply_plan"),
    now: time,
    plan: planShape,
    placements: optional(listOf(placementOutcomeShape)),
    planHash: optional(text),
  }),
  update_clients: closed<Of<"update_clients">>({
    kind: oneOf("update_clients"),
    now: time,
    updates: listOf(clientUpdate),
  }),
  update_node: closed<Of<"update_node">>({ kind: oneOf("update_node"), now: time, node: nodeShape }),
  report_health: closed<Of<"report_health">>({
    kind: oneOf("report_health"),
    now: time,
    deploymentId: name,
    healthy: optional(listOf(name)),
    unhealthy: optional(listOf(name)),
  }),
  promote: closed<Of<"promote">>({
    kind: oneOf("promote"),
    now: time,
    deploymentId: name,
    groups: optional(listOf(name)),
  }),
  pause: closed<Of<"pause">>({ kind: oneOf("pause"), ...pauseOrResume }),
  resume: closed<Of<"resume">>({ kind: oneOf("resume"), ...pauseOrResume }),
  fail: closed<Of<"fail">>({ kind: oneOf("fail"), ...pauseOrResume }),
  stop_allocation: closed<Of<"stop_allocation">>({
    kind: oneOf("stop_allocation"),
    now: time,
    allocationId: name,
  }),
  migrate: closed<Of<"migrate">>({
    kind: oneOf("migrate"),
    now: time,
    allocationIds: listOf(name),
    batch: optional(oneOf("run_again", "not_again")),
  }),
  collect: closed<Of<"collect">>({
    kind: oneOf("collect"),
    now: time,
    before: whole,
    keepDeployments: whole,
  }),
  tag: closed<Of<"tag">>({ kind: oneOf("tag"), now: time, version: whole, tag: name }),
  untag: closed<Of<"untag">>({ kind: oneOf("untag"), now: time, tag: name }),
  tick: closed<Of<"tick">>({ kind: oneOf("tick"), now: time }),
});

/**
 * Checks a state from outside - JSON of a file or a database - and gives it back, unchanged and typed.
 *
 * @throws VerdigrisError `invalid_input`: `details.issues` lists everything that is wrong, each with its JSON path.
 *
 * @example
 * ```ts
 * parseJobState(JSON.parse(JSON.stringify(canarying))).index === canarying.index; // true
 * ```
 *
 * @public
 */
export function parseJobState(value: unknown): JobState {
  return parseWith(jobStateShape, value, "the state of a job");
}

/**
 * Checks an event from outside - JSON of a request, a queue, a trace - and gives it back, unchanged and typed.
 *
 * @throws VerdigrisError `invalid_input`: `details.issues` lists everything that is wrong, each with its JSON path.
 *
 * @example
 * ```ts
 * parseJobEvent({ kind: "pause", now: 5_000, deploymentId: "deployment-1" }).kind; // "pause"
 * ```
 *
 * @public
 */
export function parseJobEvent(value: unknown): JobEvent {
  return parseWith(jobEventShape, value, "an event of a job");
}

/** The same checks under the Standard Schema interface. @public */
export const jobStateSchema: StandardSchema<JobState> = standardSchema(jobStateShape);

/** What an event must look like, under the Standard Schema interface. @public */
export const jobEventSchema: StandardSchema<JobEvent> = standardSchema(jobEventShape);
