// A breadth-first explorer that knows no noun of ours.

export { explore } from "./explore.js";
export type { Exploration, ExploreOptions, FoundViolation, Space, SpaceProperties } from "./space.js";
