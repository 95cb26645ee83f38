import type { Job, Json, Task, TaskGroup } from "../model/index.js";
import { carried } from "./carried.js";
import { ObjectReader, readList, readWhole } from "./object-reader.js";
import { present } from "./present.js";
import { readDisconnect, readMigrate, readReschedule, readUpdate } from "./read-policies.js";

/** Of a job: what the model has fields for, what the server fills in, and what only older clients look at. */
const NOT_CARRIED_OF_JOB: ReadonlySet<string> = new Set([
  "ID",
  "Namespace",
  "Type",
  "Version",
  "CreateIndex",
  "ModifyIndex",
  "JobModifyIndex",
  "Stop",
  "Stable",
  "VersionTag",
  "Priority",
  "TaskGroups",
  "Status",
  "StatusDescription",
  "SubmitTime",
  "NomadTokenID",
  "Update",
]);
const NOT_CARRIED_OF_GROUP: ReadonlySet<string> = new Set([
  "Name",
  "Count",
  "Tasks",
  "Update",
  "ReschedulePolicy",
  "Disconnect",
  "Migrate",
]);
const NOT_CARRIED_OF_TASK: ReadonlySet<string> = new Set(["Name", "Leader", "KillTimeout"]);

/**
 * Reads a job as `GET /v1/job/:job_id` gives it.
 *
 * @throws VerdigrisError `invalid_input`: `details.issues` lists everything that is wrong, each with its JSON path.
 *
 * @example
 * ```ts
 * readJob({ ID: "shop", Type: "service", Version: 0, CreateIndex: 1, JobModifyIndex: 1, TaskGroups: [] }).id; // "shop"
 * ```
 *
 * @public
 */
export function readJob(json: unknown): Job {
  return readWhole("a job of Nomad's API", (issues) => jobFrom(new ObjectReader(json, [], issues)));
}

/**
 * Reads every version of a job as `GET /v1/job/:job_id/versions` gives them, with or without diffs, or a plain list.
 *
 * @throws VerdigrisError `invalid_input`
 *
 * @example
 * ```ts
 * readVersions(answers.versions).length; // 1
 * ```
 *
 * @public
 */
export function readVersions(json: unknown): Job[] {
  return readWhole("the versions of a job of Nomad's API", (issues) =>
    Array.isArray(json)
      ? readList(json, [], issues, jobFrom)
      : readList(new ObjectReader(json, [], issues).raw("Versions"), ["Versions"], issues, jobFrom),
  );
}

function jobFrom(job: ObjectReader): Job {
  const type = job.word("Type", ["service", "batch"]);
  return {
    ...carriedFields(job, NOT_CARRIED_OF_JOB),
    ...present({
      id: job.text("ID"),
      namespace: job.optionalText("Namespace"),
      type,
      version: job.whole("Version"),
      createIndex: job.whole("CreateIndex"),
      modifyIndex: job.whole("JobModifyIndex"),
      stop: job.optionalFlag("Stop") || undefined,
      stable: job.optionalFlag("Stable") || undefined,
      tag: job.optionalObject("VersionTag", (tag) => tag.optionalText("Name")),
      priority: job.optionalWhole("Priority"),
      groups: job.objects("TaskGroups", (group) => groupFrom(group, type === "batch")),
    }),
  };
}

function groupFrom(group: ObjectReader, isBatch: boolean): TaskGroup {
  return {
    ...carriedFields(group, NOT_CARRIED_OF_GROUP),
    ...present({
      name: group.text("Name"),
      count: group.whole("Count"),
      tasks: group.objects("Tasks", taskFrom),
      // A batch job has none; the API may still show one.
      update: isBatch ? undefined : group.optionalObject("Update", readUpdate),
      reschedule: group.optionalObject("ReschedulePolicy", readReschedule),
      disconnect: group.optionalObject("Disconnect", readDisconnect),
      migrate: group.optionalObject("Migrate", readMigrate),
    }),
  };
}

function taskFrom(task: ObjectReader): Task {
  return {
    ...carriedFields(task, NOT_CARRIED_OF_TASK),
    ...present({
      name: task.text("Name"),
      leader: task.optionalFlag("Leader") || undefined,
      killTimeout: task.optionalNanoseconds("KillTimeout"),
    }),
  };
}

function carriedFields(reader: ObjectReader, not: ReadonlySet<string>): { readonly [key: string]: Json } {
  const rest = Object.fromEntries(
    reader.keys().flatMap((key) => (not.has(key) ? [] : [[key, reader.json(key)] as const])),
  );
  const fields = carried(rest);
  return typeof fields === "object" && fields !== null && !Array.isArray(fields)
    ? (fields as { readonly [key: string]: Json })
    : {};
}
