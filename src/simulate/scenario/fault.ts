import type { Duration } from "./behaviour.js";
import type { Scripted } from "./world-event.js";

/** When a fault is there, in milliseconds after the beginning; default: from the beginning to the end. */
interface Window {
  readonly from?: number;
  readonly to?: number;
}

/** Something that goes wrong. `chance`: 0 to 1, drawn each time. @public */
export type Fault =
  /** A machine dies at `from` and is back at `to`, or never. */
  | ({ readonly kind: "node_loss"; readonly nodeId: string } & Window)
  /** A machine is cut off at `from` and back at `to`, or never; what runs there goes on. */
  | ({ readonly kind: "disconnect"; readonly nodeId: string } & Window)
  /** Machines drain at the same time, until a deadline (milliseconds), and are back at `to`, or never. */
  | ({ readonly kind: "drain"; readonly nodeIds: readonly string[]; readonly deadline?: number } & Window)
  /** Allocations take that much longer to start. */
  | ({ readonly kind: "slow_start"; readonly chance: number; readonly by: Duration } & Window)
  /** Allocations crash that long after they run, over and over. */
  | ({
      readonly kind: "crash_loop";
      readonly chance: number;
      readonly after: Duration;
      readonly jobId?: string;
      readonly versions?: readonly number[];
    } & Window)
  /** A node's report is lost; it reports again five seconds later. */
  | ({ readonly kind: "lost_reports"; readonly chance: number } & Window)
  | ({ readonly kind: "delayed_reports"; readonly chance: number; readonly by: Duration } & Window)
  | ({ readonly kind: "duplicated_reports"; readonly chance: number; readonly after: Duration } & Window)
  /** A plan is carried out in part: each of its actions only by half. */
  | ({ readonly kind: "partial_plans"; readonly chance: number } & Window)
  /** A plan is applied only that long after it was made; if the state changed meanwhile, it is refused. */
  | ({ readonly kind: "stale_scheduler"; readonly chance: number; readonly lag: Duration } & Window)
  /** Nothing finds room. */
  | ({ readonly kind: "no_capacity" } & Window);

/** A fault of one kind. */
export type FaultOf<K extends Fault["kind"]> = Extract<Fault, { readonly kind: K }>;

/** What of the faults happens to nodes, as events. */
export function scriptOf(faults: readonly Fault[]): Scripted[] {
  return faults.flatMap((fault): Scripted[] => {
    const at = fault.from ?? 0;
    switch (fault.kind) {
      case "node_loss":
        return [
          { at, event: { kind: "node_dies", nodeId: fault.nodeId } },
          ...back([fault.nodeId], fault.to),
        ];
      case "disconnect":
        return [
          { at, event: { kind: "node_disconnects", nodeId: fault.nodeId } },
          ...back([fault.nodeId], fault.to),
        ];
      case "drain": {
        const { nodeIds, deadline } = fault;
        return [
          ...nodeIds.map((nodeId): Scripted => {
            const event = { kind: "node_drains" as const, nodeId };
            return { at, event: deadline === undefined ? event : { ...event, deadline } };
          }),
          ...back(nodeIds, fault.to),
        ];
      }
      default:
        return [];
    }
  });
}

function back(nodeIds: readonly string[], at: number | undefined): Scripted[] {
  return at === undefined
    ? []
    : nodeIds.map((nodeId) => ({ at, event: { kind: "node_returns" as const, nodeId } }));
}
