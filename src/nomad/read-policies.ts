import type { DisconnectPolicy, MigrateStrategy, ReschedulePolicy, UpdateStrategy } from "../model/index.js";
import type { ObjectReader } from "./object-reader.js";
import { present } from "./present.js";

/** @internal */
export function readUpdate(update: ObjectReader): UpdateStrategy {
  return present({
    maxParallel: update.optionalWhole("MaxParallel"),
    canary: update.optionalWhole("Canary"),
    autoRevert: update.optionalFlag("AutoRevert"),
    autoPromote: update.optionalFlag("AutoPromote"),
    minHealthyTime: update.optionalNanoseconds("MinHealthyTime"),
    healthyDeadline: update.optionalNanoseconds("HealthyDeadline"),
    progressDeadline: update.optionalNanoseconds("ProgressDeadline"),
    healthCheck: update.optionalWord("HealthCheck", ["checks", "task_states", "manual"]),
    stagger: update.optionalNanoseconds("Stagger"),
  });
}

/** @internal */
export function readReschedule(reschedule: ObjectReader): ReschedulePolicy {
  return present({
    attempts: reschedule.optionalWhole("Attempts"),
    interval: reschedule.optionalNanoseconds("Interval"),
    delay: reschedule.optionalNanoseconds("Delay"),
    delayFunction: reschedule.optionalWord("DelayFunction", ["constant", "exponential", "fibonacci"]),
    maxDelay: reschedule.optionalNanoseconds("MaxDelay"),
    unlimited: reschedule.optionalFlag("Unlimited"),
  });
}

/** @internal */
export function readDisconnect(disconnect: ObjectReader): DisconnectPolicy {
  return present({
    lostAfter: disconnect.optionalNanoseconds("LostAfter"),
    stopOnClientAfter: disconnect.optionalNanoseconds("StopOnClientAfter"),
    replace: disconnect.optionalFlag("Replace"),
    reconcile: disconnect.optionalWord("Reconcile", [
      "best_score",
      "longest_running",
      "keep_original",
      "keep_replacement",
    ]),
  });
}

/** @internal */
export function readMigrate(migrate: ObjectReader): MigrateStrategy {
  return present({
    maxParallel: migrate.optionalWhole("MaxParallel"),
    minHealthyTime: migrate.optionalNanoseconds("MinHealthyTime"),
    healthyDeadline: migrate.optionalNanoseconds("HealthyDeadline"),
    healthCheck: migrate.optionalWord("HealthCheck", ["checks", "task_states"]),
  });
}
