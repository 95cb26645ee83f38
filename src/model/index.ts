// The nouns as one import for the floors above; what of it is public stands in src/index.ts.
export * from "./allocation.js";
export * from "./allocation-name.js";
export * from "./client-status-history.js";
export * from "./deployment.js";
export * from "./disconnect-policy.js";
export * from "./error.js";
export * from "./job.js";
export * from "./json.js";
export * from "./node.js";
export * from "./reschedule-policy.js";
export * from "./reschedule-record.js";
export * from "./task.js";
export * from "./task-group.js";
export * from "./task-state.js";
export * from "./update-strategy.js";
