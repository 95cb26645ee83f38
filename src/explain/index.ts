// The surface of `verdigris/explain`, by hand: data about what will be and why nothing is, and sentences made of it.

export {
  type AnalyseOptions,
  analysePolicy,
  type PolicyAnalysis,
  type PolicyFinding,
  type PolicyQuestion,
} from "./analyse-policy.js";
export type { Assumptions, Wave } from "./assumptions.js";
export { compareForecasts, type ForecastDifference } from "./compare-forecasts.js";
export { diffOf } from "./diff-of-job.js";
export { explain } from "./explain.js";
export type {
  Explanation,
  GroupExplanation,
  LeftAlone,
  Phase,
  PromotionVerdict,
  UpdateBudget,
} from "./explanation.js";
export type { Fate, Fates } from "./fates.js";
export { type Forecast, type ForecastOfGroup, forecast } from "./forecast.js";
export { sentencesOfForecast } from "./forecast-sentences.js";
export { type GroupPreview, type Preview, type PreviewWorld, preview } from "./preview.js";
export type { ProposedChange } from "./proposed-change.js";
export { type SentenceOptions, sentencesOf } from "./sentences.js";
export type {
  BlockDiff,
  DifferenceKind,
  FieldDiff,
  ForcedUpdate,
  GroupDiff,
  SpecificationDiff,
  TaskDiff,
} from "./specification-diff.js";
export type { ExplainedWorld } from "./subject.js";
export { type UnstickOptions, unstick } from "./unstick.js";
export type { Consequence, EndedBy, RollbackOutlook, Wait, WaitKind } from "./wait.js";
export type { Need, Way, WayResult, WaysOn } from "./way.js";
export { sentenceOfWay } from "./way-sentences.js";
