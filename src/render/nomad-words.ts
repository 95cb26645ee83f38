import type { Json } from "../model/index.js";

/** What the model calls otherwise than Nomad's plan page: blocks of a list are told one by one, in the singular. */
const RENAMED: { readonly [name: string]: string } = {
  affinities: "Affinity",
  artifacts: "Artifact",
  constraints: "Constraint",
  logs: "LogConfig",
  networks: "Network",
  reschedule: "ReschedulePolicy",
  restart: "RestartPolicy",
  services: "Service",
  spreads: "Spread",
  templates: "Template",
};

/** Words that Nomad writes in capitals. */
const CAPITALS: { readonly [word: string]: string } = {
  Cpu: "CPU",
  Id: "ID",
  Iops: "IOPS",
  Mb: "MB",
  Ttl: "TTL",
};

/** A property as Nomad's plan page calls it: `killTimeout` is `KillTimeout`, `memoryMb` is `MemoryMB`. */
export function nomadName(name: string): string {
  const renamed = Object.hasOwn(RENAMED, name) ? RENAMED[name] : undefined;
  if (renamed !== undefined) return renamed;
  const words = name.match(/[A-Z]?[a-z0-9]*|[^A-Za-z0-9]+/g) ?? [name];
  return words
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .map((word) => (Object.hasOwn(CAPITALS, word) ? CAPITALS[word] : word))
    .join("");
}

/** What the model has in milliseconds, by the block that it stands in; Nomad writes nanoseconds. */
const DURATIONS: { readonly [block: string]: ReadonlySet<string> } = {
  update: new Set(["minHealthyTime", "healthyDeadline", "progressDeadline", "stagger"]),
  reschedule: new Set(["interval", "delay", "maxDelay"]),
  disconnect: new Set(["lostAfter", "stopOnClientAfter"]),
  migrate: new Set(["minHealthyTime", "healthyDeadline"]),
  task: new Set(["killTimeout"]),
};

/** A value as Nomad's plan page writes it between quotation marks; nothing at all is an empty text. */
export function nomadValue(block: string, name: string, value: Json | undefined): string {
  if (typeof value === "string") return value;
  if (value === undefined) return "";
  const isDuration = Object.hasOwn(DURATIONS, block) && DURATIONS[block]?.has(name) === true;
  if (isDuration && typeof value === "number") return value === 0 ? "0" : `${value}000000`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The order in which Nomad's plan page has the blocks of a group or a task; others follow by name. */
const ORDER = [
  "constraints",
  "affinities",
  "spreads",
  "config",
  "resources",
  "logs",
  "identity",
  "restart",
  "disconnect",
  "migrate",
  "reschedule",
  "ephemeralDisk",
  "update",
  "networks",
  "services",
];

/** Compares the names of two blocks in that order. */
export function inNomadsOrder(a: string, b: string): number {
  const rank = (name: string): number => {
    const at = ORDER.indexOf(name);
    return at < 0 ? ORDER.length : at;
  };
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0);
}
