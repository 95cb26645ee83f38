import type { Json } from "./json.js";

/**
 * One program of a task group. Everything but the named fields is the orchestrator's own (`driver`, `config`, `env`,
 * `resources`, ...): compared, never interpreted.
 *
 * @public
 */
export interface Task {
  readonly name: string;
  /** The task whose end ends the allocation; `longest_running` looks at its start. */
  readonly leader?: boolean;
  /** How long the task may take to stop, in milliseconds. */
  readonly killTimeout?: number;
  readonly [property: string]: Json | undefined;
}
