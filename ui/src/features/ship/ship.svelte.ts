// The ship screen's list: which tab, which filters, what is ticked, where the focus is.

import * as ipc from '$lib/ipc';
import type { ListQuery, Row, Stage, Tab } from '$lib/ipc.types';
import { PAGE_ROWS, Pages } from '$lib/pages.svelte';
import { Selection } from '$lib/selection.svelte';

export const TABS: readonly Tab[] = ['pending', 'in_work', 'to_print', 'printed', 'attention'];

export interface Filters {
  shop: string | null;
  province: string | null;
  account: string | null;
  singleItem: boolean;
  withNote: boolean;
  stage: Stage | null;
  newestFirst: boolean;
}

const NO_FILTERS: Filters = {
  shop: null,
  province: null,
  account: null,
  singleItem: false,
  withNote: false,
  stage: null,
  newestFirst: false,
};

export class ShipList {
  tab = $state<Tab>('pending');
  filters = $state<Filters>({ ...NO_FILTERS });
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
    const tab = this.everywhere ? null : this.tab;
    const search = this.search.trim();
    const stage = this.stage;
    return { tab, search, ...this.filters, stage, offset: 0, limit: PAGE_ROWS };
  }

  /** Whether any chip narrows the list. */
  get filtered(): boolean {
    const { shop, province, account, singleItem, withNote } = this.filters;
    const chips = shop || province || account || singleItem || withNote || this.stage;
    return !!(chips || this.search.trim());
  }

  /** Whether parcels here may be under way at all. */
  get hasStages(): boolean {
    return this.tab === 'printed' && !this.everywhere;
  }

  /** How far parcels must be; only where they may be under way. */
  get stage(): Stage | null {
    return this.hasStages ? this.filters.stage : null;
  }

  /** Whether something in this list can be shipped at all. */
  get canShip(): boolean {
    if (this.tab === 'attention' && !this.everywhere) return this.selection.size > 0;
    return this.canTick;
  }

  /** Whether ticking means anything in this list. */
  get canTick(): boolean {
    return this.everywhere || (this.tab !== 'printed' && this.tab !== 'in_work');
  }

  /** The focused row, if it is here. */
  get row(): Row | undefined {
    return this.pages.at(this.focus);
  }

  /** Lists anew after the tab, a filter or the search changed. */
  async relist(): Promise<void> {
    this.focus = 0;
    await this.pages.list(this.query);
    if (this.row) this.shownId = this.row.id;
    await this.countHidden();
  }

  /** Asks again for what is seen. */
  async refresh(): Promise<void> {
    await this.pages.refresh();
    this.focus = Math.min(this.focus, Math.max(0, this.pages.total - 1));
    if (this.shownId === undefined && this.row) this.shownId = this.row.id;
    await this.countHidden();
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
    await this.relist();
  }

  /** Changes a filter. */
  async filter(change: Partial<Filters>): Promise<void> {
    this.filters = { ...this.filters, ...change };
    await this.relist();
  }

  /** Takes all filters and the search away. */
  async unfilter(): Promise<void> {
    const { newestFirst } = this.filters;
    this.filters = { ...NO_FILTERS, newestFirst };
    this.search = '';
    this.everywhere = false;
    await this.relist();
  }

  /** Moves the focus to a row that is in the list. */
  go(index: number): void {
    this.focus = Math.min(Math.max(0, index), Math.max(0, this.pages.total - 1));
    this.#follow();
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
    const { newestFirst } = this.filters;
    const tab = this.everywhere ? null : this.tab;
    const all = { ...NO_FILTERS, newestFirst, tab, search: '', offset: 0, limit: PAGE_ROWS };
    return this.selection.of(await ipc.listIds(all));
  }

  async countHidden(): Promise<void> {
    if (this.selection.size === 0 || !(this.filtered || this.everywhere)) {
      this.hidden = 0;
      return;
    }
    this.hidden = this.selection.hiddenFrom(await ipc.listIds(this.query));
  }
}
