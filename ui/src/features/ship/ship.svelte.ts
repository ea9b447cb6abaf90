// The ship screen's list: which tab, which filters, what is ticked, where the focus is.

import * as ipc from '$lib/ipc';
import type { Filter, ListQuery, Row, SavedFilter, Sort, Stage, Tab } from '$lib/ipc.types';
import { PAGE_ROWS, Pages } from '$lib/pages.svelte';
import { Selection } from '$lib/selection.svelte';

export const TABS: readonly Tab[] = ['pending', 'in_work', 'to_print', 'printed', 'attention'];
export const SORTS: readonly Sort[] = ['paid', 'order', 'province', 'carrier', 'weight', 'goods'];
/** Alt and a digit. */
export const SLOTS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

export const NO_FILTER: Filter = {
  shops: [],
  provinces: [],
  accounts: [],
  flags: [],
  pieces: null,
  remark: null,
  weightFromG: null,
  weightToG: null,
  paid: null,
  mergeable: false,
  stage: null,
};

/** Whether two filters ask for the same. */
function same(a: Filter, b: Filter): boolean {
  return JSON.stringify({ ...NO_FILTER, ...a }) === JSON.stringify({ ...NO_FILTER, ...b });
}

export class ShipList {
  tab = $state<Tab>('pending');
  filters = $state.raw<Filter>(NO_FILTER);
  sort = $state<Sort>('paid');
  descending = $state(false);
  /** Filters with a name, by their digit. */
  saved = $state.raw<SavedFilter[]>([]);
  /** Waiting orders that could go together with another one. */
  mergeable = $state(0);
  /** What was typed in the search field. */
  search = $state('');
  /** Searching looks through all lists, until one of them is chosen. */
  everywhere = $state(false);
  /** Place of the focused row. */
  focus = $state(0);
  /** The shipment in the right pane. Stays when its row moves to another list. */
  shownId = $state<number>();
  /** Ticked and not in the list that is seen. */
  hidden = $state(0);

  /** The focus moved to a row that was not here yet: the pane follows when it comes. */
  #follows = false;

  readonly pages = new Pages(ipc.listShipments);
  readonly selection = new Selection();

  /** What is asked for now. */
  get query(): ListQuery {
    return this.#asking(this.everywhere ? null : this.tab, this.filters, this.search);
  }

  #asking(tab: Tab | null, filters: Filter, search: string): ListQuery {
    // How far parcels must be asks only where they may be under way.
    const stage = tab === 'printed' ? filters.stage : null;
    return { ...this.#whole, tab, search: search.trim(), filter: { ...filters, stage } };
  }

  /** The list with nothing narrowed. */
  get #whole(): ListQuery {
    const { sort, descending } = this;
    const tab = this.everywhere ? null : this.tab;
    return { tab, search: '', filter: NO_FILTER, sort, descending, offset: 0, limit: PAGE_ROWS };
  }

  /** Asks already for what a change of the filter would show. */
  prepare(change: Partial<Filter>): void {
    const tab = this.everywhere ? null : this.tab;
    this.pages.prepare(this.#asking(tab, { ...this.filters, ...change }, this.search));
  }

  /** Asks already for another list. */
  prepareTab(tab: Tab): void {
    this.pages.prepare(this.#asking(tab, this.filters, this.search));
  }

  /** Asks already for what a search would find. */
  prepareFind(search: string): void {
    const tab = this.search.trim() ? this.query.tab : null;
    this.pages.prepare(this.#asking(tab, this.filters, search));
  }

  /** Whether any chip narrows the list. */
  get filtered(): boolean {
    return !same(this.query.filter, NO_FILTER) || this.search.trim() !== '';
  }

  /** Whether parcels here may be under way at all. */
  get hasStages(): boolean {
    return this.tab === 'printed' && !this.everywhere;
  }

  /** How far parcels must be; only where they may be under way. */
  get stage(): Stage | null {
    return this.query.filter.stage;
  }

  /** Whether something in this list can be shipped at all. */
  get canShip(): boolean {
    if (this.everywhere) return true;
    if (this.tab === 'attention') return this.selection.size > 0;
    return this.tab === 'pending' || this.tab === 'to_print';
  }

  /** The focused row, if it is here. */
  get row(): Row | undefined {
    return this.pages.at(this.focus);
  }

  /** Lists anew after the tab, a filter or the search changed. */
  async relist(): Promise<void> {
    this.#focusOn(0);
    this.#follows = true;
    // Where a round of the core's came in between, the pane follows with its answer.
    if (await this.pages.list(this.query)) {
      this.#follow();
      this.#follows = false;
    }
    await this.countHidden();
  }

  /** Asks again for what is seen. */
  async refresh(): Promise<void> {
    const here = await this.pages.refresh();
    this.#focusOn(Math.min(this.focus, Math.max(0, this.pages.total - 1)));
    if (here && this.#follows) this.#follow();
    if (this.shownId === undefined && this.row) this.shownId = this.row.id;
    await Promise.all([this.countHidden(), this.#countMergeable()]);
  }

  /** Searches all lists; an empty search shows the list again. */
  async find(search: string): Promise<void> {
    if (search === this.search) return;
    if (!this.search.trim()) this.everywhere = true;
    this.search = search;
    if (!search.trim()) this.everywhere = false;
    await this.relist();
  }

  /** Opens a list; ticks belong to the list they were made in. */
  async open(tab: Tab): Promise<void> {
    if (tab !== this.tab) this.selection.clear();
    this.tab = tab;
    this.everywhere = false;
    await Promise.all([this.relist(), this.#countMergeable()]);
  }

  /** Changes a filter. */
  async filter(change: Partial<Filter>): Promise<void> {
    this.filters = { ...this.filters, ...change };
    await this.relist();
  }

  /** Orders the list by something; by the same once more turns it round. */
  async order(sort: Sort): Promise<void> {
    this.descending = sort === this.sort && !this.descending;
    this.sort = sort;
    await this.relist();
  }

  /** Asks for the filters with a name. */
  async loadSaved(): Promise<void> {
    this.saved = await ipc.savedFilters().catch(() => this.saved);
  }

  /** Keeps what is shown now under a name and a digit. */
  async save(slot: number, name: string): Promise<void> {
    this.saved = await ipc.saveFilter({ slot, name, query: this.query });
  }

  /** Forgets a filter with a name. */
  async forget(slot: number): Promise<void> {
    this.saved = await ipc.dropFilter(slot).catch(() => this.saved);
  }

  /** Lists what a filter with a name asks for. */
  async recall({ query }: SavedFilter): Promise<void> {
    if (query.tab && query.tab !== this.tab) this.selection.clear();
    this.tab = query.tab ?? this.tab;
    this.everywhere = query.tab === null;
    this.search = query.search;
    this.filters = query.filter;
    this.sort = query.sort;
    this.descending = query.descending;
    await this.relist();
  }

  /** The filter with a name that is shown now, if one is. */
  get recalled(): SavedFilter | undefined {
    const now = this.query;
    return this.saved.find(
      ({ query }) =>
        query.tab === now.tab &&
        query.search === now.search &&
        query.sort === now.sort &&
        query.descending === now.descending &&
        same(query.filter, now.filter),
    );
  }

  /** Takes all filters and the search away. */
  async unfilter(): Promise<void> {
    this.filters = NO_FILTER;
    this.search = '';
    this.everywhere = false;
    await this.relist();
  }

  /** Moves the focus to a row that is in the list. */
  go(index: number): void {
    this.#focusOn(Math.min(Math.max(0, index), Math.max(0, this.pages.total - 1)));
    this.#follow();
  }

  #focusOn(index: number): void {
    this.focus = index;
    this.pages.keep(index);
  }

  /** Says which rows are looked at, so that they are fetched. */
  async show(first: number, last: number): Promise<void> {
    await this.pages.show(first, last);
    if (this.#follows) this.#follow();
  }

  #follow(): void {
    this.#follows = this.row === undefined;
    if (this.row) this.shownId = this.row.id;
  }

  /** Ticks that are being looked up: who ships meanwhile means them, too. */
  #ticking: Promise<void> = Promise.resolve();

  /** Ticks all rows of the list, or none if all are ticked. */
  tickAll(): Promise<void> {
    this.#ticking = this.#tickAll();
    return this.#ticking;
  }

  async #tickAll(): Promise<void> {
    const ids = await ipc.listIds(this.query);
    if (ids.length > 0 && this.selection.of(ids).length === ids.length) {
      this.selection.remove(ids);
    } else {
      this.selection.add(ids);
    }
    await this.countHidden();
  }

  /** Ticks the focused row, or takes its tick away. */
  tick(row: Row | undefined): void {
    if (row) this.selection.toggle(row.id);
  }

  /** What F9 ships: the ticked ones in list order, seen or not; without ticks the focused one. */
  async toShip(): Promise<number[]> {
    await this.#ticking.catch(() => undefined);
    if (this.selection.size === 0) return this.row ? [this.row.id] : [];
    return this.selection.of(await ipc.listIds(this.#whole));
  }

  /** Counts what cannot be read off the rows. */
  async countHidden(): Promise<void> {
    if (this.selection.size === 0 || !(this.filtered || this.everywhere)) {
      this.hidden = 0;
      return;
    }
    this.hidden = this.selection.hiddenFrom(await ipc.listIds(this.query));
  }
  /** What a filter shows changes nothing of it. */
  async #countMergeable(): Promise<void> {
    if (this.tab === 'pending') this.mergeable = await ipc.mergeable().catch(() => this.mergeable);
  }
}
