// The stand-in core's side of what is typed in: orders, and the first sender. It reads "name phone
// province city district street", and nothing else.

import type {
  Begun,
  Detail,
  KnownBefore,
  OrderDraft,
  OrderEdit,
  PastedView,
  SenderForm,
  Status,
} from '$lib/ipc.types';
import { invented, masked, type Kept } from './orders';

/** When they were typed, ms UTC. */
const NOW_MS = Date.UTC(2026, 10, 21, 2, 4);

type Args = Record<string, unknown>;

export class ByHand {
  /** A real station was begun: it has neither account nor printer. */
  begun = false;

  /** `add` keeps an order; `kept` are those there are. */
  constructor(
    readonly kept: ReadonlyMap<number, Kept>,
    readonly add: (kept: Kept) => void,
  ) {}

  answer(command: string, args: Args): unknown {
    if (command === 'read_pasted') return this.#read(args.text as string);
    if (command === 'known_before') return this.#known(args.search as string);
    if (command === 'begin_real') return this.#begin(args.sender as SenderForm);
    return command === 'add_order' ? this.#add(args.draft as OrderDraft) : undefined;
  }

  /** How the chain stands, without what a fresh station lacks. */
  seen(status: Status): Status {
    return this.begun ? { ...status, carriers: [], printers: [], practice: false } : status;
  }

  #begin(sender: SenderForm): Begun {
    if (sender.province === '') {
      const faults = [{ code: 'province_unknown' as const, field: 'province', what: '' }];
      return { faults, sender, boot: null };
    }
    this.begun = true;
    const boot = { home: '~/packbench', practice: false, version: '0.1.0', trouble: null };
    return { faults: [], sender, boot: { ...boot, mode: 'open' } };
  }

  #read(text: string): PastedView {
    const [name = '', phone = '', province = '', city = '', district = '', ...rest] = text
      .trim()
      .split(/\s+/);
    const { edit } = invented(0, 'ready', NOW_MS);
    const who = { name, phone, province, city, district, detail: rest.join(' '), note: '' };
    return { edit: { ...edit, ...who, weightG: null }, certain: district !== '', left: '' };
  }

  #known(search: string): KnownBefore {
    const seen = [...this.kept.values()].reverse().filter(({ edit }) => edit.name.includes(search));
    const receivers = seen.slice(0, 3).map(({ edit }) => {
      const { name, phone, province, city, district, detail } = edit;
      const shownPhone = masked(edit).phone;
      return { name, shownPhone, phone, province, city, district, detail };
    });
    return { receivers, goods: ['保温杯 480ml', '杯刷 长柄'], shops: ['抖店', '淘宝'] };
  }

  #add(draft: OrderDraft): Detail {
    const n = this.kept.size + 500;
    const kept = invented(n, 'ready', NOW_MS);
    const edit: OrderEdit = draft.edit;
    const missing = edit.district === '';
    const row = {
      ...kept.detail.row,
      ...masked(edit),
      shop: draft.shop || '拾光家居',
      orderNo: draft.number || `H261121-${n}`,
      goods: draft.goods.map((line) => `${line.title} ×${line.quantity}`).join(' · '),
      note: edit.note,
      weightG: edit.weightG,
      state: missing ? ('held' as const) : ('ready' as const),
      faults: missing
        ? [{ code: 'district_missing' as const, field: 'district', what: '' }]
        : [],
    };
    const detail = { ...kept.detail, row, edit, items: draft.goods };
    this.add({ detail, edit });
    return detail;
  }
}
