// Which shipments are ticked. Survives filtering: a tick belongs to a shipment, not to a line.

/** A set of shipments that the screen follows. */
export class Selection {
  #ids = new Set<number>();
  #version = $state(0);

  /** How many are ticked, seen or not. */
  get size(): number {
    return this.#version >= 0 ? this.#ids.size : 0;
  }

  /** All of them, in no order. */
  get all(): number[] {
    return this.#version >= 0 ? [...this.#ids] : [];
  }

  /** Whether this one is ticked. */
  has(id: number): boolean {
    return this.#version >= 0 && this.#ids.has(id);
  }

  /** Ticks it, or takes the tick away. */
  toggle(id: number): void {
    if (!this.#ids.delete(id)) this.#ids.add(id);
    this.#version += 1;
  }

  /** Ticks all of these as well. */
  add(ids: Iterable<number>): void {
    for (const id of ids) this.#ids.add(id);
    this.#version += 1;
  }

  /** Takes these ticks away. */
  remove(ids: Iterable<number>): void {
    for (const id of ids) this.#ids.delete(id);
    this.#version += 1;
  }

  /** Takes all ticks away. */
  clear(): void {
    this.#ids.clear();
    this.#version += 1;
  }

  /** Of a list, those that are ticked, in the list's order. */
  of(list: readonly number[]): number[] {
    return list.filter((id) => this.has(id));
  }

  /** How many are ticked and not in that list. */
  hiddenFrom(list: readonly number[]): number {
    return this.size - this.of(list).length;
  }
}
