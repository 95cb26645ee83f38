// The surface of `verdigris/nomad`, by hand.
export { readAllocations } from "./read-allocations.js";
export { readDeployments } from "./read-deployments.js";
export { readJob, readVersions } from "./read-job.js";
export { readNodes } from "./read-nodes.js";
export { type NomadAnswers, readState } from "./read-state.js";
