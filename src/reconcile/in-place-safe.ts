/** A property that may change under a running allocation: wholly, or without what is named. */
export type SafeProperty = true | { readonly without: readonly string[] };

/** Rule 9: what of a group may change without replacing its allocations. Anything that is not here is destructive. */
export const GROUP_IN_PLACE_SAFE: { readonly [property: string]: SafeProperty } = {
  count: true,
  update: true,
  migrate: true,
  reschedule: true,
  disconnect: true,
  restart: { without: ["renderTemplates"] },
  constraints: true,
  affinities: true,
  spreads: true,
  services: { without: ["connect"] },
  scaling: true,
  shutdownDelay: true,
  maxRunDuration: true,
};

/** Rule 9: the same of a task. */
export const TASK_IN_PLACE_SAFE: { readonly [property: string]: SafeProperty } = {
  services: true,
  constraints: true,
  affinities: true,
  restart: { without: ["renderTemplates"] },
  killTimeout: true,
  killSignal: true,
  logs: { without: ["disabled"] },
  leader: true,
  lifecycle: true,
  shutdownDelay: true,
  scaling: true,
  actions: true,
  schedule: true,
};
