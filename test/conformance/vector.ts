import type { ReconcileInput } from "../../src/index.js";

/** Counts as a recorded decision has them. */
export interface RecordedCounts {
  readonly [count: string]: number;
}

export interface RecordedPlacement {
  readonly group: string;
  readonly name: string;
  readonly canary: boolean;
  readonly previous?: string;
  readonly reschedule?: boolean;
  readonly lost?: boolean;
  readonly downgrade?: boolean;
  readonly minJobVersion?: number;
  readonly jobVersion?: number;
  readonly deploymentId?: string;
}

export interface RecordedDeploymentState {
  readonly [field: string]: unknown;
}

/** What a vector records of one decision (README.md). Every part may be missing: then it was not recorded. */
export interface RecordedDecision {
  readonly groups?: { readonly [group: string]: RecordedCounts };
  readonly stop?: readonly {
    readonly id: string;
    readonly clientStatus?: string;
    readonly reason: string;
    readonly followUp?: boolean;
  }[];
  readonly place?: readonly RecordedPlacement[];
  readonly destructive?: readonly { readonly id: string; readonly name: string }[];
  readonly inPlace?: readonly (string | { readonly id: string; readonly deploymentId?: string })[];
  readonly disconnect?: readonly string[];
  readonly reconnect?: readonly string[];
  readonly attributeUpdates?: readonly { readonly id: string }[];
  readonly deployment?: {
    readonly id?: string;
    readonly description: string;
    readonly status: string;
    readonly groups: { readonly [group: string]: RecordedDeploymentState };
  } | null;
  readonly currentDeploymentGroups?: { readonly [group: string]: RecordedDeploymentState };
  readonly deploymentUpdates?: readonly unknown[];
  readonly followUps?: {
    readonly [group: string]: readonly {
      readonly at: number;
      readonly cause: string;
      readonly allocations: readonly string[];
      readonly batched?: readonly string[];
    }[];
  };
  readonly renamed?: readonly {
    readonly group: string;
    readonly name: string;
    readonly finalName: string;
    readonly previous?: string;
    readonly canary?: boolean;
  }[];
  readonly classes?: { readonly [id: string]: string };
  readonly markLost?: readonly string[];
}

/** One line of a file of recorded decisions. */
export interface Vector {
  readonly id: string;
  readonly stable: boolean;
  readonly deviations?: readonly number[];
  readonly unstable?: readonly (keyof RecordedDecision)[];
  readonly alternatives?: readonly RecordedDecision[];
  readonly input: ReconcileInput;
  readonly expected: RecordedDecision;
}
