// A long list, fetched page by page as it is looked at.

import type { ListPage, ListQuery, Row } from './ipc.types';

/**
 * Rows asked for at once: more than the tallest window shows. The core gives a thousand in the same
 * time; what is waited for are their bytes on the way into the page, 0.3 ms a KB.
 */
export const PAGE_ROWS = 50;
/** Pages kept. A list of 100,000 rows that was scrolled through would fill 100 MB. */
const PAGES_KEPT = 40;
/** What was asked for ahead is as good as asked now for so long, in ms. */
const AHEAD_MS = 250;

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
  #kept = 0;
  #filling: Promise<void> | undefined;
  #ahead: { key: string; untilMs: number; answer: Promise<ListPage> } | undefined;

  constructor(fetch: (query: ListQuery) => Promise<ListPage>) {
    this.#fetch = fetch;
  }

  /**
   * Lists something else, from its beginning. The old rows stay until the new ones are here; false
   * where somebody asked again meanwhile, whose answer brings them.
   */
  async list(query: ListQuery): Promise<boolean> {
    this.#query = query;
    this.waiting = true;
    this.#first = 0;
    this.#last = PAGE_ROWS - 1;
    return this.#again(0, PAGE_ROWS - 1);
  }

  /** Asks already for what may be listed in a moment. */
  prepare(query: ListQuery): void {
    const asked = { ...query, offset: 0, limit: PAGE_ROWS };
    const answer = this.#fetch(asked);
    // Who lists it hears of what went wrong.
    answer.catch(() => undefined);
    const untilMs = performance.now() + AHEAD_MS;
    this.#ahead = { key: JSON.stringify(asked), untilMs, answer };
  }

  /** Asks again for what is looked at; false as above. */
  async refresh(): Promise<boolean> {
    this.#ahead = undefined;
    return this.#query !== undefined && this.#again(this.#first, this.#last);
  }

  /** The row in this place stays here, however far away is looked at. */
  keep(index: number): void {
    this.#kept = index;
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
  show(first: number, last: number): Promise<void> {
    this.#first = first;
    this.#last = last;
    this.#filling ??= this.#fill().finally(() => (this.#filling = undefined));
    return this.#filling;
  }

  /** Fetches until what is looked at is here; what was passed by meanwhile is not asked for. */
  async #fill(): Promise<void> {
    for (;;) {
      const wanted = this.#pagesOf(this.#first, this.#last);
      const pages = wanted.filter((page) => !this.#asked.has(page));
      if (pages.length === 0) return;
      await Promise.all(pages.map((page) => this.#more(page)));
    }
  }

  #pagesOf(first: number, last: number): number[] {
    const pages = [];
    const from = Math.floor(Math.max(0, first) / PAGE_ROWS);
    for (let page = from; page * PAGE_ROWS <= last; page += 1) pages.push(page);
    return pages;
  }

  async #again(first: number, last: number): Promise<boolean> {
    this.#round += 1;
    const round = this.#round;
    this.#asked = new Set([...this.#pagesOf(first, last), Math.floor(this.#kept / PAGE_ROWS)]);
    const answers = await Promise.all([...this.#asked].map((page) => this.#ask(page)));
    if (round !== this.#round) return false;
    // Rows and their number change together: no moment shows lines without rows.
    this.#pages = new Map(answers.map(({ page, rows }) => [page, rows]));
    this.total = answers.at(-1)?.total ?? 0;
    this.waiting = false;
    this.version += 1;
    return true;
  }

  async #more(page: number): Promise<void> {
    const round = this.#round;
    this.#asked.add(page);
    const { rows, total } = await this.#ask(page);
    if (round !== this.#round) return;
    this.#pages.set(page, rows);
    this.#forget();
    this.total = total;
    this.version += 1;
  }

  /** Forgets what is furthest from what is looked at. */
  #forget(): void {
    const here = this.#first / PAGE_ROWS;
    const kept = Math.floor(this.#kept / PAGE_ROWS);
    const far = (page: number) => (page === kept ? -1 : Math.abs(page - here));
    const pages = [...this.#pages.keys()].sort((a, b) => far(a) - far(b));
    for (const page of pages.slice(PAGES_KEPT)) {
      this.#pages.delete(page);
      this.#asked.delete(page);
    }
  }

  async #ask(page: number): Promise<ListPage & { page: number }> {
    if (!this.#query) return { page, total: 0, rows: [] };
    const asked = { ...this.#query, offset: page * PAGE_ROWS, limit: PAGE_ROWS };
    const answer = await (this.#prepared(asked) ?? this.#fetch(asked));
    return { page, ...answer };
  }

  /** What was asked for ahead, if it was just this; once. */
  #prepared(asked: ListQuery): Promise<ListPage> | undefined {
    const ahead = this.#ahead;
    if (!ahead || ahead.key !== JSON.stringify(asked)) return undefined;
    this.#ahead = undefined;
    return performance.now() <= ahead.untilMs ? ahead.answer : undefined;
  }
}
