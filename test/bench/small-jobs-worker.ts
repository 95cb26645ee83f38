// What each thread does for `many-jobs.ts`.
export { planAll, planSmallJobs as default } from "./small-jobs.js";
