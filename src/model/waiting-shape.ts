import { byWord, listOf, open } from "./shape/containers.js";
import { flag, name, oneOf, whole } from "./shape/scalars.js";
import type { Shape } from "./shape/shape.js";
import type { Waiting } from "./waiting.js";

/** What is waited for, by its word. */
type Of<W extends Waiting["for"]> = Extract<Waiting, { readonly for: W }>;

/** For some allocations until a time. */
function timed<W extends "reschedule" | "time_out" | "client_stop">(word: W): Shape<unknown> {
  return open<Of<"reschedule"> | Of<"time_out"> | Of<"client_stop">>({
    for: oneOf(word),
    group: name,
    at: whole,
    allocations: listOf(name),
  });
}

const shapes: { readonly [W in Waiting["for"]]: Shape<unknown> } = {
  promotion: open<Of<"promotion">>({
    for: oneOf("promotion"),
    group: name,
    healthyCanaries: whole,
    desiredCanaries: whole,
    automatic: flag,
  }),
  health: open<Of<"health">>({ for: oneOf("health"), group: name, allocations: listOf(name) }),
  free_slot: open<Of<"free_slot">>({ for: oneOf("free_slot"), group: name, left: whole }),
  resume: open<Of<"resume">>({ for: oneOf("resume"), group: name, deploymentId: name }),
  new_version: open<Of<"new_version">>({ for: oneOf("new_version"), group: name, deploymentId: name }),
  reschedule: timed("reschedule"),
  time_out: timed("time_out"),
  client_stop: timed("client_stop"),
  version_to_keep_alive: open<Of<"version_to_keep_alive">>({
    for: oneOf("version_to_keep_alive"),
    group: name,
    missing: whole,
  }),
};

/** @internal */
export const waitingShape: Shape<Waiting> = byWord<Waiting>("for", Object.entries(shapes));
