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
 * | `unknown_version` | an allocation runs a version that is not among the job's versions |
 * | `unknown_group` | an allocation belongs to a group that its own version does not have |
 * | `unknown_status` | an allocation, a deployment or a node bears a status that does not exist |
 * | `duplicate_allocation`, `duplicate_version`, `duplicate_deployment`, `duplicate_node`, `duplicate_group` | two of them bear one name |
 * | `foreign_version`, `foreign_deployment` | it belongs to another job |
 * | `bad_number` | a number is NaN, negative, fractional or too large where that means nothing |
 * | `bad_name` | an allocation's name does not end in `[<index>]`, or a group bears a name that no record can hold |
 * | `id_already_borne` | a policy named a new deployment or evaluation like one that exists |
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
  | "id_already_borne";

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

/** Whether something caught is an error of this library, also of another copy of it. @public */
export function isVerdigrisError(caught: unknown): caught is VerdigrisError {
  return typeof caught === "object" && caught !== null && (caught as { [brand]?: unknown })[brand] === true;
}
