/**
 * `<jobId>.<group>[<index>]`: the name of one of a group's places.
 *
 * @example
 * ```ts
 * allocationName("shop", "web", 2); // "shop.web[2]"
 * ```
 *
 * @public
 */
export function allocationName(jobId: string, group: string, index: number): string {
  return allocationNames(jobId, group)(index);
}

/** Gives the names of one group's places: what they share is put together once. @internal */
export function allocationNames(jobId: string, group: string): (index: number) => string {
  const shared = `${jobId}.${group}[`;
  return (index) => `${shared}${`${index}]`}`;
}

/** No name index is larger: counts and indexes stay within 31 bits. @internal */
export const LARGEST_NAME_INDEX = 0x7fff_ffff;

/**
 * The number in the brackets at the end of an allocation's name; -1 when the name does not end in one.
 *
 * @example
 * ```ts
 * nameIndex("shop.web[2]"); // 2
 * nameIndex("shop.web"); // -1
 * ```
 *
 * @public
 */
export function nameIndex(name: string): number {
  let at = name.length - 1;
  if (name.charCodeAt(at) !== 93 /* ] */) return -1;
  let index = 0;
  let place = 1;
  for (at--; at >= 0; at--) {
    const digit = name.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) break;
    index += digit * place;
    place *= 10;
  }
  const empty = place === 1;
  if (empty || name.charCodeAt(at) !== 91 /* [ */ || index > LARGEST_NAME_INDEX) return -1;
  return index;
}
