/** What `npm run explore -- --help` says. */
export const USAGE: string = `npm run explore -- [options]: every interleaving of what can happen to one job, on the code that ships.

  --count N          how many allocations a group has (2)
  --groups N         how many groups the job has (1)
  --canary N         how many canaries prove a version (1)
  --max-parallel N   how many are replaced at once (1)
  --auto-revert      a failed version is rolled back
  --auto-promote     healthy canaries are promoted by themselves
  --faults N         how many allocations may become unhealthy, be lost or end (1)
  --versions N       how many versions there may be (2)
  --counts N,N       the counts that a group may be scaled to (none)
  --settle           leave each new state alone until it rests
  --lockstep         hold each step against the small model, too
  --most N           stop at so many states
  --trace FILE       write the way to the first violation for the simulator
  --help             this

The last line says what was seen. Exit code 0: nothing is violated; 1: something is; 2: it cannot be explored.`;
