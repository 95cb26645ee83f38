export * from "./model/index.js";
export * from "./reconcile/index.js";
export { nomadSummary } from "./reconcile/nomad-summary.js";

import type { ReconcileInput } from "./reconcile/index.js";
export const parseReconcileInput = (value: unknown): ReconcileInput => value as ReconcileInput;
