/** What an explorer walks through: any states, any events; it knows nothing of what they mean. @public */
export interface Space<S, E> {
  readonly initial: S;
  /** Everything that can happen in a state, always in the same order. */
  readonly events: (state: S) => readonly E[];
  /** The state after an event; nothing: it does not happen (refused, or it changes nothing). */
  readonly next: (state: S, event: E) => S | undefined;
  /** A text that two states share exactly if they are to count as one. */
  readonly canonical: (state: S) => string;
  readonly properties?: SpaceProperties<S, E>;
}

/** What must hold of a space; whatever does not hold is said in words. @public */
export interface SpaceProperties<S, E> {
  /** What is wrong with a step; asked of every one. */
  readonly ofStep?: (from: S, event: E, to: S) => string | undefined;
  /** What is wrong with a state; asked once of each that is new. */
  readonly ofState?: (state: S) => string | undefined;
  /** Whether a state may last. If given, every state must be able to reach one that may. */
  readonly mayLast?: (state: S) => boolean;
}

/** How far a space is explored. @public */
export interface ExploreOptions {
  /** No more states than that. Default: none; a space that is not bounded does not end. */
  readonly most?: number;
  /** Stop at so many violations. Default 1. */
  readonly violations?: number;
  /** Called now and then: how many states are known, how many of them still have to be looked at, how many steps were made. */
  readonly onProgress?: (states: number, waiting: number, transitions: number) => void;
}

/** Something that must never be, and the shortest way there. @public */
export interface FoundViolation<E> {
  readonly message: string;
  readonly trace: readonly E[];
}

/** What an exploration found. @public */
export interface Exploration<E> {
  /** Distinct states. */
  readonly states: number;
  /** Steps from one state to a state, known or new. */
  readonly transitions: number;
  readonly violations: readonly FoundViolation<E>[];
  /** Everything that can be reached was seen. */
  readonly isComplete: boolean;
}
