/** A corpus of golden plans as the changelog names it: in which release, with which hash, and in which words. */
export interface Named {
  readonly release: string;
  readonly corpus: string;
  readonly hash: string;
  readonly entry: string;
}

/** A line says why in at least so many characters besides the hash. */
const WORDS = 40;

/** Every golden corpus that stands under *Decisions*, the newest first. */
export function namedIn(changelog: string): Named[] {
  return changelog.split(/^## /m).flatMap((section) => {
    const [release = ""] = section.split(/\s/, 1);
    const [, decisions = ""] = section.split(/^### Decisions$/m);
    const [own = ""] = decisions.split(/^### /m);
    return own
      .split(/^- /m)
      .flatMap((entry) =>
        [...entry.replaceAll(/\s+/g, " ").matchAll(/golden corpus `([\w-]+)` is `([0-9a-f]{16})`/g)].map(
          ([, corpus = "", hash = ""]) => ({ release, corpus, hash, entry: entry.trim() }),
        ),
      );
  });
}

/** What is wrong between the changelog and what is decided now; empty: nothing. */
export function wrongWith(changelog: string, decided: ReadonlyMap<string, string>): string[] {
  const named = namedIn(changelog);
  const twice = named.filter(
    ({ release, corpus }, at) =>
      named.findIndex((one) => one.release === release && one.corpus === corpus) < at,
  );
  return [
    ...twice.map(({ release, corpus }) => `${release} names two hashes of the corpus \`${corpus}\``),
    ...[...decided].flatMap(([corpus, hash]) => {
      const newest = named.find((one) => one.corpus === corpus);
      if (newest?.hash === hash) return [];
      return `decisions changed: say under "### Decisions" of the next release what and why, and that golden corpus \`${corpus}\` is \`${hash}\``;
    }),
    ...named.flatMap(({ release, corpus, entry }) => {
      const isPatch = /^\[?\d+\.\d+\.[1-9]/.test(release);
      const said = entry.replaceAll(/golden corpus `[\w-]+` is `[0-9a-f]{16}`/g, "").length;
      return [
        ...(isPatch
          ? [`${release} changes decisions (golden corpus \`${corpus}\`): never in a patch release`]
          : []),
        ...(said < WORDS ? [`${release} says that \`${corpus}\` changed, and not what`] : []),
        ...(decided.has(corpus) ? [] : [`${release} names the corpus \`${corpus}\`, which is gone`]),
      ];
    }),
  ];
}
