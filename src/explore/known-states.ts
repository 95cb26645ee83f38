/**
 * The states that were seen, as 64-bit fingerprints of their texts, each with a number: a flat table with open addressing,
 * for a `Set` of texts takes ten times the room and ends at 2^24.
 */
export class KnownStates {
  #high: Uint32Array;
  #low: Uint32Array;
  /** The number of the state in that slot, plus one; 0: the slot is free. */
  #numbers: Uint32Array;
  #size = 0;

  constructor(capacity: number = 1 << 12) {
    this.#high = new Uint32Array(capacity);
    this.#low = new Uint32Array(capacity);
    this.#numbers = new Uint32Array(capacity);
  }

  get size(): number {
    return this.#size;
  }

  /** The number of a state, and whether it is new. Numbers count from 0 in the order of first sight. */
  add(text: string): { readonly number: number; readonly isNew: boolean } {
    if (this.#size * 2 >= this.#numbers.length) this.#grow();
    const [high, low] = fingerprint(text);
    const slot = this.#slotOf(high, low);
    const known = this.#numbers[slot] ?? 0;
    if (known > 0) return { number: known - 1, isNew: false };
    this.#put(slot, high, low, ++this.#size);
    return { number: this.#size - 1, isNew: true };
  }

  #slotOf(high: number, low: number): number {
    const mask = this.#numbers.length - 1;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      if (this.#numbers[slot] === 0) return slot;
      if (this.#high[slot] === high && this.#low[slot] === low) return slot;
    }
  }

  #put(slot: number, high: number, low: number, number: number): void {
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#numbers[slot] = number;
  }

  #grow(): void {
    const [high, low, numbers] = [this.#high, this.#low, this.#numbers];
    this.#high = new Uint32Array(numbers.length * 2);
    this.#low = new Uint32Array(numbers.length * 2);
    this.#numbers = new Uint32Array(numbers.length * 2);
    for (let at = 0; at < numbers.length; at++) {
      const number = numbers[at] ?? 0;
      if (number === 0) continue;
      const [upper, lower] = [high[at] ?? 0, low[at] ?? 0];
      this.#put(this.#slotOf(upper, lower), upper, lower, number);
    }
  }
}

/** Two independent 32-bit hashes: among ten million states two share both once in 400,000 explorations. */
function fingerprint(text: string): readonly [high: number, low: number] {
  let high = 0xdead_beef;
  let low = 0x41c6_ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x9e37_79b1);
    low = Math.imul(low ^ code, 0x5f35_6495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85eb_ca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2_ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85eb_ca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2_ae35);
  return [high >>> 0, low >>> 0];
}
