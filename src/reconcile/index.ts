// The reconciler as one import for the floors above; what of it is public stands in src/index.ts.

export { classifyUpdate } from "./classify-update.js";
export { countActions } from "./counts.js";
export {
  createReconciler,
  type Reconciler,
  type ReconcilerInput,
  type ReconcilerOptions,
} from "./create-reconciler.js";
export type { ReconcileInput } from "./input.js";
export { type NodeClass, nodeClass, nodeClassRow } from "./node-class.js";
export { nomadSummary } from "./nomad-summary.js";
export { parseReconcileInput, type ReconcileData, reconcileInputSchema } from "./parse-input.js";
export type { NewId, ReconcilePolicy, UpdateQuestion } from "./policy.js";
export { reconcile } from "./reconcile.js";
export type { UpdateClass } from "./update-class.js";
