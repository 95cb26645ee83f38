import { diffOf } from "../explain/index.js";
import type { Job, Plan } from "../model/index.js";
import { type PreviewPageOptions, previewPage } from "./preview-page.js";

/** The two versions that a change is between; nothing before: the job is new. @public */
export interface VersionChange {
  readonly before: Job | undefined;
  readonly after: Job;
}

/**
 * The page of {@link previewPage} for a plan that was made: what the version says that it is for otherwise than the one
 * before, and what the plan does.
 *
 * @example
 * ```ts
 * const plan = reconcile({ ...submitted, now, evaluationId });
 * planPage({ after: submitted.versions[0] }, plan).split("\n")[0]; // '+ Job: "shop"'
 * ```
 *
 * @public
 */
export function planPage({ before, after }: VersionChange, plan: Plan, options?: PreviewPageOptions): string {
  const diff = diffOf(before, after);
  return previewPage({ diff, plan, checkIndex: before?.modifyIndex ?? 0, warnings: [] }, options);
}
