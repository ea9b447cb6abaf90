// A long list, fetched page by page as it is looked at.

import type { ListPage, ListQuery, Row } from './ipc.types';

/** Rows asked for at once: a few screens, about a millisecond of the core's time. */
export const PAGE_ROWS = 200;

/** The list of one query. Rows that are not here yet are `undefined`. */
export class Pages {
  /** Rows of the query, fetched or not. */
  total = $state(0);
  /** The first page of the query is still under way. */
  waiting = $state(true);
  /** Grows with every page that came. */
  version = $state(0);

  #fetch: (query: ListQuery) => Promise<ListPage>;
  #query: ListQuery | undefined;
  #pages = new Map<number, Row[]>();
  #asked = new Set<number>();
  #round = 0;
  #first = 0;
  #last = 0;

  constructor(fetch: (query: ListQuery) => Promise<ListPage>) {
    this.#fetch = fetch;
  }

  /** Lists something else, from its beginning. The old rows stay until the new ones are here. */
  async list(query: ListQuery): Promise<void> {
    this.#query = query;
    this.waiting = true;
    this.#first = 0;
    this.#last = PAGE_ROWS - 1;
    await this.#again(0, PAGE_ROWS - 1);
  }

  /** Asks again for what is looked at. */
  async refresh(): Promise<void> {
    if (this.#query) await this.#again(this.#first, this.#last);
  }

  /** The row in that place. */
  at(index: number): Row | undefined {
    if (this.version < 0) return undefined;
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  /** The place of a shipment among the fetched rows; -1 if it is not among them. */
  indexOf(id: number): number {
    for (const [page, rows] of this.#pages) {
      const at = rows.findIndex((row) => row.id === id);
      if (at >= 0) return page * PAGE_ROWS + at;
    }
    return -1;
  }

  /** Says which rows are looked at, so that they are fetched. */
  async show(first: number, last: number): Promise<void> {
    this.#first = first;
    this.#last = last;
    const pages = this.#pagesOf(first, last).filter((page) => !this.#asked.has(page));
    await Promise.all(pages.map((page) => this.#more(page)));
  }

  #pagesOf(first: number, last: number): number[] {
    const pages = [];
    const from = Math.floor(Math.max(0, first) / PAGE_ROWS);
    for (let page = from; page * PAGE_ROWS <= last; page += 1) pages.push(page);
    return pages;
  }

  async #again(first: number, last: number): Promise<void> {
    this.#round += 1;
    const round = this.#round;
    this.#asked = new Set(this.#pagesOf(first, last));
    const answers = await Promise.all([...this.#asked].map((page) => this.#ask(page)));
    if (round !== this.#round) return;
    // Rows and their number change together: no moment shows lines without rows.
    this.#pages = new Map(answers.map(({ page, rows }) => [page, rows]));
    this.total = answers.at(-1)?.total ?? 0;
    this.waiting = false;
    this.version += 1;
  }

  async #more(page: number): Promise<void> {
    const round = this.#round;
    this.#asked.add(page);
    const { rows, total } = await this.#ask(page);
    if (round !== this.#round) return;
    this.#pages.set(page, rows);
    this.total = total;
    this.version += 1;
  }

  async #ask(page: number): Promise<ListPage & { page: number }> {
    if (!this.#query) return { page, total: 0, rows: [] };
    const offset = page * PAGE_ROWS;
    const answer = await this.#fetch({ ...this.#query, offset, limit: PAGE_ROWS });
    return { page, ...answer };
  }
}
