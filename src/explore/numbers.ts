/** A list of whole numbers that grows, without an object for each. */
export class Numbers {
  #list = new Uint32Array(1 << 10);
  length = 0;

  push(value: number): void {
    if (this.length === this.#list.length) {
      const longer = new Uint32Array(this.#list.length * 2);
      longer.set(this.#list);
      this.#list = longer;
    }
    this.#list[this.length++] = value;
  }

  at(index: number): number {
    return this.#list[index] ?? 0;
  }
}
