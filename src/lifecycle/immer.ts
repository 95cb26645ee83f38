import { Immer } from "immer";

/** An instance of our own: the caller's immer, and its settings, stay as they are. */
export const immer: Immer = new Immer({ autoFreeze: false });
