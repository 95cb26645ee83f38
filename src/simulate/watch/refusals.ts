import type { JobEvent, JobEventKind, JobState } from "../../lifecycle/index.js";
import type { VerdigrisError } from "../../model/index.js";
import type { Watcher } from "./watcher.js";

/** An event that was refused, and why. @public */
export interface Refused {
  readonly at: number;
  readonly jobId: string;
  readonly event: JobEventKind;
  readonly code: VerdigrisError["code"];
  readonly message: string;
}

/** Writes down what was refused. */
export class Refusals implements Watcher {
  readonly list: Refused[] = [];

  refused(jobId: string, _: JobState, { kind, now }: JobEvent, { code, message }: VerdigrisError): void {
    this.list.push({ at: now, jobId, event: kind, code, message });
  }
}
