import type { ClientUpdate } from "../../lifecycle/index.js";
import type { Plan } from "../../model/index.js";
import type { WorldEvent } from "../scenario/world-event.js";

/** What an allocation does on its node. */
export type Deed = "start" | "crash" | "exit" | "stop" | "report_healthy";

/** Something that is to happen. */
export type Todo =
  | { readonly kind: "event"; readonly event: WorldEvent }
  | { readonly kind: "evaluate"; readonly jobId: string; readonly evaluationId?: string }
  | { readonly kind: "apply"; readonly jobId: string; readonly plan: Plan }
  | { readonly kind: "tick"; readonly jobId: string }
  | { readonly kind: "deed"; readonly allocationId: string; readonly deed: Deed }
  | { readonly kind: "report"; readonly allocationId: string }
  | { readonly kind: "deliver"; readonly jobId: string; readonly update: ClientUpdate }
  /** The heartbeats of a node stayed out for long enough. */
  | { readonly kind: "miss"; readonly nodeId: string; readonly since: number }
  /** The drainer looks what may move. */
  | { readonly kind: "drain" }
  /** Who waits for room is evaluated again. */
  | { readonly kind: "room" };

/** When it is to happen; of two at the same time the one that was asked for first. */
export interface Due {
  readonly at: number;
  readonly order: number;
  readonly todo: Todo;
}

function isBefore(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** What is to happen, the next first: a binary heap. */
export class Agenda {
  readonly #heap: Due[];

  /** From what `list` gave, or any list in the order of time. */
  constructor(due: readonly Due[]) {
    this.#heap = [...due];
  }

  get next(): Due | undefined {
    return this.#heap[0];
  }

  /** All of it, in the order in which it happens. */
  list(): readonly Due[] {
    return [...this.#heap].sort((a, b) => a.at - b.at || a.order - b.order);
  }

  add(due: Due): void {
    const heap = this.#heap;
    let at = heap.push(due) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isBefore(due, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = due;
  }

  take(): Due | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      if (left === undefined) break;
      const isRight = right !== undefined && isBefore(right, left);
      const smaller = isRight ? right : left;
      if (!isBefore(smaller, last)) break;
      heap[at] = smaller;
      at = 2 * at + (isRight ? 2 : 1);
    }
    heap[at] = last;
    return first;
  }
}
