/**
 * Vectors whose stable parts are touched by a deviation that they do not name. All of them are unstable: Nomad's own
 * answer varied from run to run. Every one was read by hand; `docs/decisions/0003-unmarked-vectors.md` tells why.
 */
export const MISSING_MARKS: { readonly [id: string]: readonly number[] } = {
  // Due failures beyond the count are replaced there, not here.
  "classify/27": [36],
  "names/25": [36],
  "paused/18": [36],
  "promote/1": [36],
  // An unknown allocation that is replaced already takes a slot of the update there.
  "disconnect/38": [37],
  // A second deployment of a version that succeeded before.
  "names/11": [43],
  // Success by the counter, with fewer live healthy ones than wanted.
  "scale/17": [39],
};
