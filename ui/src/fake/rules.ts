// What the stand-in core knows of the station's rules: only as much as the screens show.

import type {
  Code,
  Fault,
  ListQuery,
  OrderEdit,
  Row,
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
    printed: ['reprint', 'void'],
    voiding: [],
  };
  return verbs[row.state];
}

/** Whether a row is in the list a query asks for. */
export function fits(row: Row, query: ListQuery): boolean {
  if (query.tab !== null && tabOf(row) !== query.tab) return false;
  if (query.shop && row.shop !== query.shop) return false;
  if (query.province && row.province !== query.province) return false;
  if (query.account && row.account !== query.account) return false;
  if (query.singleItem && row.pieces !== 1) return false;
  if (query.withNote && row.note === '') return false;
  if (query.stage && row.stage !== query.stage) return false;
  const words = [row.orderNo, row.waybillNo ?? '', row.goods, row.phone.slice(-4)].join(' ');
  return words.toLowerCase().includes(query.search.toLowerCase());
}
