// What each thread does for `many-jobs.ts`.
export { planSmallJobs as default } from "./small-jobs.js";
