// What the stand-in core knows of the station's rules: only as much as the screens show.

import type {
  Code,
  Fault,
  ListQuery,
  OrderEdit,
  Row,
  Sort,
  State,
  Tab,
  Trouble,
  Verb,
} from '$lib/ipc.types';

/** A refusal as the core sends it. */
export function trouble(code: Code, action: Trouble['action'], fields = {}): Trouble {
  return { code, action, fields };
}

const TABS: Record<State, Tab> = {
  held: 'attention',
  ready: 'pending',
  requested: 'in_work',
  refused: 'attention',
  waybilled: 'to_print',
  printed: 'printed',
  voiding: 'in_work',
};

/** The list a row stands in. */
export function tabOf(row: Row): Tab {
  return row.trouble ? 'attention' : TABS[row.state];
}

/** What the check of the real station would find, as far as the form shows it. */
export function check(edit: OrderEdit): Fault[] {
  const faults: Fault[] = [];
  if (!edit.name) faults.push({ code: 'name_missing', field: 'name', what: '' });
  if (!edit.phone) faults.push({ code: 'phone_missing', field: 'phone', what: '' });
  else if (!/^[\d-]{7,}$/.test(edit.phone)) {
    faults.push({ code: 'phone_unreadable', field: 'phone', what: edit.phone });
  }
  if (!edit.district) faults.push({ code: 'district_missing', field: 'district', what: '' });
  return faults;
}

/** What may be done with a row now. */
export function can(row: Row): Verb[] {
  if (row.trouble?.code === 'label_unknown') return ['confirm_label', 'reprint', 'void'];
  if (row.trouble?.code === 'waybill_unknown') return ['look_again', 'enter_waybill'];
  if (row.trouble?.code === 'waybill_only_once') return ['enter_waybill'];
  if (row.trouble?.code === 'void_unknown') return ['look_again', 'settle_void'];
  if (row.trouble?.code === 'void_refused') return ['reprint', 'void', 'acknowledge'];
  const verbs: Record<State, Verb[]> = {
    held: ['edit'],
    ready: ['ship', 'edit'],
    requested: [],
    refused: ['ship', 'edit'],
    waybilled: ['ship', 'void'],
    printed: ['reprint', 'return', 'void'],
    voiding: [],
  };
  return verbs[row.state];
}

/** The list in the order a query asks for. */
export function sorted(rows: Row[], { sort, descending }: ListQuery): Row[] {
  const by: Record<Sort, (row: Row) => string | number> = {
    paid: () => 0,
    order: (row) => row.orderNo,
    province: (row) => row.province,
    carrier: (row) => row.account,
    weight: (row) => row.weightG ?? -1,
    goods: (row) => row.goods,
  };
  const all = [...rows];
  if (sort !== 'paid') all.sort((a, b) => compare(by[sort](a), by[sort](b)));
  return descending ? all.reverse() : all;
}

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a row is in the list a query asks for. */
export function fits(row: Row, query: ListQuery): boolean {
  if (query.tab !== null && tabOf(row) !== query.tab) return false;
  const { filter } = query;
  const one = (all: readonly string[], is: string | null) =>
    all.length === 0 || all.includes(is ?? '');
  if (!one(filter.shops, row.shop) || !one(filter.provinces, row.province)) return false;
  if (!one(filter.accounts, row.account) || !one(filter.flags, row.flag)) return false;
  if (filter.pieces && (row.pieces === 1) !== (filter.pieces === 'single')) return false;
  if (filter.remark && row.note + row.memo === '') return false;
  if (filter.weightFromG !== null && (row.weightG ?? -1) < filter.weightFromG) return false;
  if (filter.weightToG !== null && (row.weightG ?? Infinity) > filter.weightToG) return false;
  if (filter.stage && row.stage !== filter.stage) return false;
  const words = [row.orderNo, row.waybillNo ?? '', row.goods, row.phone.slice(-4)].join(' ');
  return words.toLowerCase().includes(query.search.toLowerCase());
}
