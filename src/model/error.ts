import type { Json } from "./json.js";

/** One thing that is wrong with data from outside. @public */
export interface Issue {
  readonly code: string;
  /** Where, as a JSON path: `$.allocations[3].name`. */
  readonly path: string;
  /** What is wrong and what would be right. */
  readonly message: string;
}

/**
 * Why the library refused, as a stable word to switch on.
 *
 * | code | meaning |
 * | --- | --- |
 * | `invalid_input` | data from outside has not the right shape; `details.issues` lists everything |
 * | `invalid_job` | a specification breaks a rule of the model; `details.issues` lists everything |
 * | `unknown_version` | an allocation runs, or an event names, a version that is not among the job's versions |
 * | `unknown_group` | an allocation belongs to, or an event names, a group that its version or deployment does not have |
 * | `unknown_status` | an allocation, a deployment or a node bears a status that does not exist |
 * | `duplicate_allocation`, `duplicate_version`, `duplicate_deployment`, `duplicate_node`, `duplicate_group` | two of them bear one name |
 * | `foreign_version`, `foreign_deployment` | it belongs to another job |
 * | `bad_number` | a number is NaN, negative, fractional or too large where that means nothing |
 * | `bad_name` | an allocation's name does not end in `[<index>]`, or a group bears a name that no record can hold |
 * | `id_already_borne` | a policy named a new deployment or evaluation like one that exists |
 * | `unknown_job` | the job was never submitted, or it was purged |
 * | `foreign_job` | the specification is another job's |
 * | `type_changed` | the specification is of another type than the job |
 * | `stale_check_index` | the job is not at the index that the caller checked it at: `details.given`, `details.current` (0: it does not exist) |
 * | `stale_plan` | the plan was made from another state: reconcile again |
 * | `other_plan` | the plan is not the one that was asked for: `details.asked`, `details.given`, hashes as `planHash` makes them |
 * | `missing_placement`, `unknown_placement` | where a placement of the plan went is not said, or said of one that the plan does not have |
 * | `unknown_node` | an allocation was placed on a node that no longer exists |
 * | `unknown_allocation`, `allocation_terminal` | there is no such allocation; it ended, or is stopped |
 * | `foreign_allocation` | it is none of that deployment |
 * | `unknown_deployment`, `deployment_terminal` | there is no such deployment; it ended (`details.status`) |
 * | `deployment_active` | not while a deployment is active |
 * | `nothing_named` | the event names nobody that it is about |
 * | `contradictory_health` | one allocation is reported healthy and unhealthy |
 * | `nothing_to_promote` | no selected group wants canaries |
 * | `canaries_not_healthy` | some groups have fewer live, healthy canaries than they want: `details.groups`, each with `have` and `need` |
 * | `already_current` | a revert to the current version |
 * | `prior_version_differs` | the current version is not the one that the revert was meant for: `details.expected`, `details.current` |
 * | `unknown_tag`, `tag_taken` | no version bears the tag; another one does |
 * | `unknown_trace_format` | the trace is of a format that this version does not read |
 * | `unknown_property` | no property is called that: `details.names` lists all |
 * | `bad_option` | an argument or option of the testing kit, or a decision given to its adapter, is not what it must be, or does not exist: `details.option` |
 * | `property_violated` | what was checked breaks a property: `details.property` |
 * | `seldom_reached` | a run reached something too seldom to say anything of it: `details.seldom` |
 *
 * @public
 */
export type ErrorCode =
  | "invalid_input"
  | "invalid_job"
  | "unknown_version"
  | "unknown_group"
  | "unknown_status"
  | "duplicate_allocation"
  | "duplicate_version"
  | "duplicate_deployment"
  | "duplicate_node"
  | "duplicate_group"
  | "foreign_version"
  | "foreign_deployment"
  | "bad_number"
  | "bad_name"
  | "id_already_borne"
  | "unknown_job"
  | "foreign_job"
  | "type_changed"
  | "stale_check_index"
  | "stale_plan"
  | "other_plan"
  | "missing_placement"
  | "unknown_placement"
  | "unknown_node"
  | "unknown_allocation"
  | "allocation_terminal"
  | "foreign_allocation"
  | "unknown_deployment"
  | "deployment_terminal"
  | "deployment_active"
  | "nothing_named"
  | "contradictory_health"
  | "nothing_to_promote"
  | "canaries_not_healthy"
  | "already_current"
  | "prior_version_differs"
  | "unknown_tag"
  | "tag_taken"
  | "unknown_trace_format"
  | "unknown_property"
  | "bad_option"
  | "property_violated"
  | "seldom_reached";

const brand = Symbol.for("verdigris.error");

/**
 * The one error that the library throws. It names what was wrong, where, and what would be right; the caller's data is
 * untouched when it is thrown.
 *
 * @public
 */
export class VerdigrisError extends Error {
  override readonly name = "VerdigrisError";
  readonly code: ErrorCode;
  readonly details: { readonly [key: string]: Json };

  constructor(code: ErrorCode, message: string, details: { readonly [key: string]: Json } = {}) {
    super(message);
    this.code = code;
    this.details = details;
    Object.defineProperty(this, brand, { value: true });
  }
}

/**
 * Whether something caught is an error of this library, also of another copy of it.
 *
 * @example
 * ```ts
 * let refused;
 * try {
 *   parseJobState({});
 * } catch (error) {
 *   if (isVerdigrisError(error)) refused = error.code;
 * }
 * refused; // "invalid_input"
 * ```
 *
 * @public
 */
export function isVerdigrisError(caught: unknown): caught is VerdigrisError {
  return typeof caught === "object" && caught !== null && (caught as { [brand]?: unknown })[brand] === true;
}
