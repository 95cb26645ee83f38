/** How a page is laid out. @public */
export interface PageOptions {
  /**
   * `document` (default): the columns of Nomad's documentation. `nomad-2.0`: those of today's command line besides -
   * unknown allocations, progress deadlines, and ages in place of dates.
   */
  readonly layout?: "document" | "nomad-2.0";
  /** What ages are counted to, in milliseconds since the epoch; default: when the last thing happened. */
  readonly now?: number;
}
