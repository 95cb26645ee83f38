// One word of bits per allocation: every set that the rules speak of is a bit, every rule a loop over bits.

/** Section 4's classes, and what sections 5 and 6 make of them. */
export const UNTAINTED: number = 1 << 0;
export const MIGRATE: number = 1 << 1;
export const LOST: number = 1 << 2;
export const EXPIRING: number = 1 << 3;
export const RECONNECTING: number = 1 << 4;
export const DISCONNECTING: number = 1 << 5;
/** Due to be rescheduled in this evaluation, or at a later time. */
export const NOW: number = 1 << 6;
export const LATER: number = 1 << 7;

/** One of the canaries of this evaluation (rule 3.6). */
export const CANARY: number = 1 << 8;

/** What the allocation itself says. */
export const SERVER_TERMINAL: number = 1 << 9;
export const UNKNOWN: number = 1 << 10;
export const FAILED: number = 1 << 11;
/** Complete, failed or lost. */
export const CLIENT_TERMINAL: number = 1 << 19;
/** Anything but wanted, alive, never away and asked for nothing, as most are. */
export const ODD: number = 1 << 20;
/** Of the current deployment, and what is known of its health. */
export const OF_CURRENT: number = 1 << 21;
export const HEALTHY: number = 1 << 22;
export const UNHEALTHY: number = 1 << 23;

/** Section 9's answer where it is not *unchanged*. */
export const DESTRUCTIVE: number = 1 << 12;
export const IN_PLACE: number = 1 << 13;

/** There is a reason to do nothing, and a reason to end it. */
export const EXPLAINED: number = 1 << 24;
export const ENDS: number = 1 << 25;

/** What was decided. */
export const STOPPED: number = 1 << 14;
export const REPLACED: number = 1 << 15;
export const RECONNECTED: number = 1 << 16;
/** Stopped as lost before, and not replaced yet (D 38). */
export const STAYS_LOST: number = 1 << 17;

/** Section 3 left it in: whatever becomes of it later, chains of replacements lead through it. */
export const IN_SCOPE: number = 1 << 18;

/** All that an allocation bears which is as it should be, whatever is known of its health. */
const WELL: number = UNTAINTED | IN_SCOPE | OF_CURRENT | HEALTHY | UNHEALTHY;
/** Every other mark. */
export const NOT_WELL: number = ~WELL;

/** Every set that an allocation leaves when it is stopped. */
export const SETS: number =
  UNTAINTED | MIGRATE | LOST | EXPIRING | RECONNECTING | DISCONNECTING | NOW | LATER | CANARY;
/** Whoever is in one of these holds its name index (rule 7). */
export const HOLDS_NAME: number = UNTAINTED | MIGRATE | NOW | LOST;
