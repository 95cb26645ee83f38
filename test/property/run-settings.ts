/** Fixed by default, so that a run means the same everywhere; `VERDIGRIS_SEED=random` or a number on demand. */
export const SEED: number =
  process.env["VERDIGRIS_SEED"] === "random"
    ? Math.floor(Math.random() * 2 ** 31)
    : Number(process.env["VERDIGRIS_SEED"] ?? 20_261_124);

/** How many cases, as a factor on the default. */
export const SCALE: number = Number(process.env["VERDIGRIS_SCALE"] ?? 1);
