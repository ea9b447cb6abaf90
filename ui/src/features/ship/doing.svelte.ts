// What was done last with a selection: with how many, with which not and why, and whether it can be
// taken back. Stays in sight until the next act.

import type { Desk } from '$lib/desk.svelte';
import { count } from '$lib/format';
import { t } from '$lib/i18n.svelte';
import * as ipc from '$lib/ipc';
import type { ActDone, Deed, UndoOffer } from '$lib/ipc.types';
import type { ShipList } from './ship.svelte';

export class Doing {
  /** The last act. */
  done = $state.raw<ActDone>();
  /** As far as it can be taken back. */
  offer = $state.raw<UndoOffer | null>(null);
  /** It was just taken back. */
  undone = $state(false);

  #desk: Desk;
  #list: ShipList;

  constructor(desk: Desk, list: ShipList) {
    this.#desk = desk;
    this.#list = list;
  }

  /** What acts are about: the ticked ones, or the focused one. */
  async ids(): Promise<number[]> {
    return this.#list.toShip();
  }

  /** Does something with them. */
  async act(deed: Deed, ids?: number[]): Promise<ActDone | undefined> {
    const wanted = ids ?? (await this.ids());
    if (wanted.length === 0) return undefined;
    return this.did(() => ipc.act({ ids: wanted, deed }));
  }

  /** Runs an act and shows what came of it. */
  async did(act: () => Promise<ActDone>): Promise<ActDone | undefined> {
    const done = await this.#desk.wish(act);
    if (!done) return undefined;
    this.undone = false;
    this.done = done;
    await this.look();
    // What moved to another list would be ticked out of sight.
    if (done.done > 0 && done.deed !== 'flag' && done.deed !== 'note') {
      this.#list.selection.clear();
    }
    return done;
  }

  /** Takes the last act back. */
  async undo(): Promise<void> {
    if (!this.offer) return;
    const done = await this.#desk.wish(ipc.undo);
    if (!done) return;
    this.done = done;
    this.undone = true;
    await this.look();
  }

  /** Asks again whether it can be taken back: a carrier may have been asked meanwhile. */
  async look(): Promise<void> {
    if (this.done) this.offer = await ipc.undoOffer().catch(() => null);
  }

  /** Takes the bar away. */
  close(): void {
    this.done = undefined;
    this.offer = null;
  }

  /** "3 orders are held". */
  get words(): string {
    if (!this.done) return '';
    const n = count(this.done.done);
    if (this.undone) return t('act.undone', { n, act: t(`act.${this.done.deed}`) });
    return this.done.done > 0 ? t(`act.did_${this.done.deed}`, { n }) : t('act.did_none');
  }

  /** "2 left as they were: they have a number". */
  get left(): string[] {
    return (this.done?.left ?? []).map(({ why, n }) =>
      t('act.left', { n: count(n), why: t(`left.${why}`) }),
    );
  }
}
