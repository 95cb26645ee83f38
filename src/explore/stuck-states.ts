import type { Numbers } from "./numbers.js";

/** The states from which no step, and no series of steps, leads to one of the resting ones; the first met first. */
export function stuckStates(states: number, from: Numbers, to: Numbers, resting: Numbers): number[] {
  // The steps by where they lead to: `starts[n]` is where those to state n begin in `sources`.
  const starts = new Uint32Array(states + 1);
  for (let at = 0; at < to.length; at++) starts[to.at(at) + 1] = (starts[to.at(at) + 1] ?? 0) + 1;
  for (let n = 0; n < states; n++) starts[n + 1] = (starts[n + 1] ?? 0) + (starts[n] ?? 0);
  const next = starts.slice();
  const sources = new Uint32Array(from.length);
  for (let at = 0; at < from.length; at++) {
    const target = to.at(at);
    const place = next[target] ?? 0;
    sources[place] = from.at(at);
    next[target] = place + 1;
  }
  const canRest = new Uint8Array(states);
  const waiting: number[] = [];
  const mark = (state: number): void => {
    if (canRest[state] === 1) return;
    canRest[state] = 1;
    waiting.push(state);
  };
  for (let at = 0; at < resting.length; at++) mark(resting.at(at));
  for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
    for (let at = starts[state] ?? 0; at < (starts[state + 1] ?? 0); at++) mark(sources[at] ?? 0);
  }
  const stuck: number[] = [];
  for (let state = 0; state < states; state++) if (canRest[state] === 0) stuck.push(state);
  return stuck;
}
