// The stand-in core's lists, and what is done with a selection in them.

import type {
  Act,
  ActDone,
  Deed,
  DeedKind,
  ExchangeAsk,
  LeftWhy,
  ListQuery,
  MergeGroup,
  Payer,
  ReturnAsk,
  ReturnLook,
  Row,
  SavedFilter,
  SplitAsk,
  Totals,
} from '$lib/ipc.types';
import type { FakeCore } from './core';
import type { Kept } from './orders';
import { fits, sorted, trouble } from './rules';

/** What the last act changed, as it was before. */
interface Undo {
  deed: DeedKind;
  was: Map<number, Kept | undefined>;
}

const ASKED: readonly Row['state'][] = ['requested', 'waybilled', 'printed', 'voiding'];

export class FakeDesk {
  /** Groups that a merge is said to have; tests put them here. */
  groups: MergeGroup[] = [];
  saved: SavedFilter[] = [];
  #core: FakeCore;
  #undo: Undo | undefined;

  constructor(core: FakeCore) {
    this.#core = core;
  }

  answer(command: string, args: Record<string, unknown>): unknown {
    const query = args.query as ListQuery;
    const ids = args.ids as number[];
    switch (command) {
      case 'list_shipments': {
        const rows = this.#find(query);
        return { total: rows.length, rows: rows.slice(query.offset, query.offset + query.limit) };
      }
      case 'list_ids':
        return this.#find(query).map((row) => row.id);
      case 'mergeable':
        return this.groups.reduce((sum, group) => sum + group.ids.length, 0);
      case 'totals':
        return this.#totals(ids, args.account as string | null);
      case 'saved_filters':
        return this.saved;
      case 'save_filter':
        return this.#save(args.filter as SavedFilter);
      case 'drop_filter':
        this.saved = this.saved.filter((one) => one.slot !== args.slot);
        return this.saved;
      default:
        return this.#act(command, args, ids);
    }
  }

  #act(command: string, args: Record<string, unknown>, ids: number[]): unknown {
    switch (command) {
      case 'merge_look':
        return this.groups.filter((group) => group.ids.some((id) => ids.includes(id)));
      case 'act':
        return this.#do(args.act as Act);
      case 'split_shipment':
        return this.#split(args.ask as SplitAsk);
      case 'reship':
        return this.#further('reship', args.id as number);
      case 'return_look':
        return this.#returnLook(args.id as number);
      case 'bring_back':
        return this.#further('return', (args.ask as ReturnAsk).id);
      case 'exchange':
        return this.#further('exchange', (args.ask as ExchangeAsk).back.id);
      case 'undo_offer':
        return this.#undo && { deed: this.#undo.deed, n: this.#undo.was.size };
      case 'undo':
        return this.#takeBack();
      case 'print_picking':
        return { printer: '热敏 1 号', pages: 1 };
      default:
        return undefined;
    }
  }

  #find(query: ListQuery): Row[] {
    const all = [...this.#core.kept.values()].map((kept) => kept.detail.row);
    return sorted(
      all.filter((row) => fits(row, query) && this.#mergeable(row, query)),
      query,
    );
  }

  #mergeable(row: Row, query: ListQuery): boolean {
    return !query.filter.mergeable || this.groups.some((group) => group.ids.includes(row.id));
  }

  #save(filter: SavedFilter): SavedFilter[] {
    const others = this.saved.filter((one) => one.slot !== filter.slot);
    this.saved = [...others, filter].sort((a, b) => a.slot - b.slot);
    return this.saved;
  }

  #totals(ids: number[], by: string | null): Totals {
    const rows = ids.map((id) => {
      const { row } = this.#core.detail(id);
      return by && row.waybillNo === null ? { ...row, account: by } : row;
    });
    const { tariffs } = this.#core.house;
    const names = [...new Set(rows.map((row) => row.account))];
    const accounts = names.map((account) => ({
      account,
      n: rows.filter((row) => row.account === account).length,
    }));
    const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);
    return {
      shipments: rows.length,
      orders: sum((row) => row.orders),
      parcels: sum((row) => row.parcels),
      pieces: sum((row) => row.pieces),
      accounts,
      weightG: sum((row) => row.weightG ?? 0),
      unweighed: rows.filter((row) => row.weightG === null).length,
      ...tariffs.sum(rows),
      returns: 0,
    };
  }

  /** As it is now, whatever is done to it. */
  #as(id: number): Kept | undefined {
    const kept = this.#core.kept.get(id);
    return kept && { ...kept };
  }

  /** Why a deed is not done with a row. */
  #why(row: Row, deed: Deed): LeftWhy | undefined {
    const numbered = row.state === 'printed' || row.state === 'waybilled';
    if (deed.kind === 'flag') return row.flag === deed.flag ? 'already' : undefined;
    if (deed.kind === 'note') return row.memo === deed.text ? 'already' : undefined;
    if (deed.kind === 'void') return numbered ? undefined : 'no_number';
    if (numbered) return 'numbered';
    if (ASKED.includes(row.state)) return 'at_carrier';
    if (deed.kind === 'release' && row.state === 'ready') return 'already';
    return undefined;
  }

  #do({ ids, deed }: Act): ActDone {
    if (deed.kind === 'merge') return this.#merge(ids, deed.despite);
    const left = new Map<LeftWhy, number>();
    const was: Undo['was'] = new Map();
    for (const id of ids) {
      const row = this.#core.detail(id).row;
      const why = this.#why(row, deed);
      if (why) {
        left.set(why, (left.get(why) ?? 0) + 1);
        continue;
      }
      was.set(id, this.#as(id));
      this.#change(id, deed);
    }
    return this.#done(deed.kind, was, left);
  }

  #change(id: number, deed: Deed): void {
    const core = this.#core;
    switch (deed.kind) {
      case 'flag':
        return core.change(id, { flag: deed.flag }, 'flagged');
      case 'note':
        return core.change(id, { memo: deed.text }, 'noted', deed.text);
      case 'carrier':
        return core.change(id, { account: deed.account ?? '圆通-快递鸟' }, 'carrier_chosen');
      case 'sender':
        return core.change(id, { sender: deed.profile ?? '' }, 'sender_chosen');
      case 'hold': {
        const held = trouble('on_hold', 'release', { why: deed.why });
        return core.change(id, { state: 'held', trouble: held }, 'held_by_hand', deed.why);
      }
      case 'void':
        return core.change(id, { state: 'voiding' }, 'void_asked');
      case 'release':
      case 'part':
      case 'merge':
        return core.change(id, { state: 'ready', trouble: null, faults: [] }, 'released');
    }
  }

  #merge(ids: number[], despite: boolean): ActDone {
    const was: Undo['was'] = new Map();
    const left = new Map<LeftWhy, number>();
    const groups = this.groups.filter((group) => group.ids.some((id) => ids.includes(id)));
    for (const { ids, orders, differs } of groups) {
      const [first, ...rest] = ids;
      if (first === undefined) continue;
      if (differs.length > 0 && !despite) {
        left.set('differs', (left.get('differs') ?? 0) + ids.length);
        continue;
      }
      for (const id of ids) was.set(id, this.#as(id));
      for (const id of rest) this.#core.kept.delete(id);
      this.#core.change(first, { orders: ids.length }, 'merged', orders.slice(1).join(' '));
    }
    const alone = ids.length - groups.flatMap((group) => group.ids).length;
    if (alone > 0) left.set('alone', alone);
    const joined = groups.filter((group) => despite || group.differs.length === 0).length;
    return { ...this.#done('merge', was, left), done: joined };
  }

  #split({ id, moved }: SplitAsk): ActDone {
    const pieces = moved.reduce((sum, n) => sum + n, 0);
    return this.#further('split', id, pieces);
  }

  #further(deed: DeedKind, id: number, pieces?: number): ActDone {
    const kept = this.#core.kept.get(id);
    if (!kept) throw trouble('no_order', 'none', { id: String(id) });
    const row = kept.detail.row;
    const next = Math.max(...this.#core.kept.keys()) + 1;
    const state = 'ready' as const;
    const further = {
      ...{ ...row, id: next, nth: 2, shipments: 2, state, waybillNo: null, copies: 0 },
      back: deed === 'return' || deed === 'exchange',
    };
    const detail = { ...kept.detail, row: { ...further, pieces: pieces ?? row.pieces }, jobs: [] };
    this.#core.kept.set(next, { ...kept, detail });
    const was: Undo['was'] = new Map([
      [next, undefined],
      [id, { ...kept }],
    ]);
    this.#core.change(id, { shipments: 2, pieces: row.pieces - (pieces ?? 0) }, deed);
    return { ...this.#done(deed, was, new Map()), done: 1 };
  }

  /** Every account takes everything back, but nobody's buyer pays. */
  #returnLook(id: number): ReturnLook {
    const { row, items } = this.#core.detail(id);
    const payers: Payer[] = ['usual', 'receiver', 'sender', 'monthly'];
    const not = { code: 'not_offered' as const, field: 'pay', what: '' };
    const ways = this.#core.status().carriers.flatMap((carrier) =>
      payers.map((payer) => {
        const status = { ...carrier, name: row.account };
        const faults = payer === 'sender' ? [not] : [];
        return { payer, way: { carrier: '圆通速递', status, lacks: [], faults } };
      }),
    );
    return { ways, account: row.account, pieces: items.map((item) => item.quantity) };
  }

  #done(deed: DeedKind, was: Undo['was'], left: Map<LeftWhy, number>): ActDone {
    if (was.size > 0) this.#undo = deed === 'void' ? undefined : { deed, was };
    this.#core.say('changed');
    const all = [...left].map(([why, n]) => ({ why, n }));
    return { deed, done: was.size, left: all, ids: [...was.keys()] };
  }

  #takeBack(): ActDone {
    const undo = this.#undo;
    if (!undo) throw trouble('nothing_before', 'none');
    this.#undo = undefined;
    const { kept } = this.#core;
    for (const [id, was] of undo.was) {
      if (was) kept.set(id, was);
      else kept.delete(id);
    }
    // In their old order again.
    const all = [...kept].sort(([a], [b]) => a - b);
    kept.clear();
    for (const [id, one] of all) kept.set(id, one);
    this.#core.say('changed');
    return { deed: undo.deed, done: undo.was.size, left: [], ids: [...undo.was.keys()] };
  }
}
