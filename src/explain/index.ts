// What explains, as one import for the floors above; what of it is public stands in src/index.ts.

export { diffOf } from "./diff-of-job.js";
export type { Fate, Fates } from "./fates.js";
export { type GroupPreview, type Preview, type PreviewWorld, preview } from "./preview.js";
export type { ProposedChange } from "./proposed-change.js";
export type {
  BlockDiff,
  DifferenceKind,
  FieldDiff,
  ForcedUpdate,
  GroupDiff,
  SpecificationDiff,
  TaskDiff,
} from "./specification-diff.js";
