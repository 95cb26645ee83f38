// The explanations as one import for the floors above; what of them is public stands in src/index.ts.

export type { Assumptions, Wave } from "./assumptions.js";
export { explain } from "./explain.js";
export type {
  Explanation,
  GroupExplanation,
  Phase,
  PromotionVerdict,
  UpdateBudget,
} from "./explanation.js";
export { compareForecasts, type Forecast, type ForecastDifference, forecast } from "./forecast.js";
export { sentenceOfWay, sentencesOf } from "./sentences.js";
export type { ExplainedWorld } from "./subject.js";
export { type Need, type UnstickOptions, unstick, type Way, type WayResult } from "./unstick.js";
export type { Consequence, EndedBy, RollbackOutlook, Wait, WaitKind } from "./wait.js";
