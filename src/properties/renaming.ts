import type { Deployment, DeploymentState } from "../model/index.js";

/** Another id for each, in the same order. Of a run: evaluations and the deployments that are named after them. */
export interface Renaming {
  readonly allocation: (id: string) => string;
  readonly node: (id: string) => string;
  readonly run: (id: string) => string;
}

/** What stands before the same keeps its order. */
export const THERE: Renaming = {
  allocation: (id) => `another ${id}`,
  node: (id) => `a different ${id}`,
  run: (id) => `yet another ${id}`,
};
export const BACK: Renaming = {
  allocation: (id) => id.slice(THERE.allocation("").length),
  node: (id) => id.slice(THERE.node("").length),
  run: (id) => id.slice(THERE.run("").length),
};

/** What a deployment knows of its groups, under other ids. */
export function groupsRenamed(groups: Deployment["groups"]): Deployment["groups"] {
  return Object.fromEntries(
    Object.entries(groups).map(([name, state]): [string, DeploymentState] => [
      name,
      { ...state, placedCanaries: state.placedCanaries.map(THERE.allocation) },
    ]),
  );
}
