// The surface of `verdigris/render`, by hand: pure functions from data to text.

export { allocationTable } from "./allocation-table.js";
export { deploymentList, deploymentStatus } from "./deployment-status.js";
export { explanationPage } from "./explanation-page.js";
export { forecastPage } from "./forecast-page.js";
export { jobStatus } from "./job-status.js";
export type { PageOptions } from "./options.js";
export { planPage, type VersionChange } from "./plan-page.js";
export { type PreviewPageOptions, previewPage } from "./preview-page.js";
export { type TimelineSvgOptions, timelineSvg } from "./svg/timeline-svg.js";
export { type TimelineTextOptions, type TimeRange, timelineText } from "./timeline-text.js";
export { verdictTable } from "./verdict-table.js";
