// The one key offered with a shipment that waits for a person, and what each verb does.

import { codeOf, type Desk } from '$lib/desk.svelte';
import { t } from '$lib/i18n.svelte';
import * as ipc from '$lib/ipc';
import type { Action, Code, Row, Verb } from '$lib/ipc.types';

/** What the key of a row in trouble does. `see`: there is nothing to do but to look. */
export type Deed =
  | ('fix' | 'ship' | 'other' | 'call' | 'account' | 'release')
  | ('look' | 'enter' | 'print_again' | 'acknowledge' | 'see');

const DEEDS: Record<Action, Deed> = {
  none: 'see',
  edit_order: 'fix',
  edit_account: 'account',
  retry: 'ship',
  look_again: 'look',
  enter_number: 'enter',
  confirm_label: 'print_again',
  mind_printer: 'see',
  wait: 'see',
  other_carrier: 'other',
  call_carrier: 'call',
  release: 'release',
};

/** Troubles of a parcel that has its number: to be read, not to be mended. */
const ONLY_NEWS: ReadonlySet<Code> = new Set(['void_refused', 'label_undrawable']);

/** The deed of a row and the sentence on its key. */
export function keyFor(row: Row): { deed: Deed; label: string } {
  const deed = deedOf(row);
  return { deed, label: `answer.${deed}` };
}

function deedOf(row: Row): Deed {
  if (row.trouble && ONLY_NEWS.has(row.trouble.code)) return 'acknowledge';
  const deed = row.trouble ? DEEDS[row.trouble.action] : 'see';
  return deed === 'see' && row.faults.length > 0 ? 'fix' : deed;
}

/** Gets numbers and prints, or numbers alone. */
export async function ship(
  desk: Desk,
  ids: number[],
  print: boolean,
  by: ShipBy,
): Promise<boolean> {
  if (ids.length === 0) return false;
  const { account, printer } = by;
  const batch = await desk.wish(() => ipc.ship({ ids, account, printer, print }));
  return batch !== undefined;
}

/** Another account or printer than the rules'; `null` leaves it to them. */
export interface ShipBy {
  account: string | null;
  printer: string | null;
}

export const BY_RULE: ShipBy = { account: null, printer: null };

/** Does the one thing a row in trouble offers. False: there was nothing to do. */
export async function answer(desk: Desk, row: Row): Promise<boolean> {
  switch (keyFor(row).deed) {
    case 'fix':
      desk.asking = { kind: 'fix', id: row.id };
      return true;
    case 'ship':
      return ship(desk, [row.id], true, BY_RULE);
    case 'other':
      desk.asking = { kind: 'other_carrier', row };
      return true;
    case 'call':
      desk.asking = { kind: 'call_carrier', row };
      return true;
    case 'account':
      desk.screen = 'accounts';
      return true;
    case 'release': {
      const ids = [row.id];
      return (await desk.wish(() => ipc.act({ ids, deed: { kind: 'release' } }))) !== undefined;
    }
    case 'look':
      return lookAgain(desk, row);
    case 'enter':
      desk.asking = { kind: 'enter', row };
      return true;
    case 'print_again':
      return sayLabel(desk, row, false);
    case 'acknowledge':
      return (await desk.wish(() => ipc.acknowledge(row.id))) !== undefined;
    case 'see':
      return false;
  }
}

/** Says whether a label in doubt came out; one that did not is printed again. */
export async function sayLabel(desk: Desk, row: Row, cameOut: boolean): Promise<boolean> {
  const done = await desk.wish(() => ipc.confirmLabel(codeOf(row), cameOut));
  if (done) desk.note(t(cameOut ? 'note.came_out' : 'note.prints_again', { order: row.orderNo }));
  return done !== undefined;
}

async function lookAgain(desk: Desk, row: Row): Promise<boolean> {
  let asked = false;
  await desk.wish(async () => {
    await ipc.lookAgain(row.id);
    asked = true;
  });
  if (asked) desk.note(t('note.looks', { order: row.orderNo }));
  return asked;
}

/** The key of each verb in the right pane; `ship` and `confirm_label` have their own places. */
export const VERB_KEYS: Record<Verb, string> = {
  ship: 'F9',
  edit: 'E',
  reprint: 'R',
  void: 'V',
  confirm_label: 'Y',
  look_again: 'L',
  enter_waybill: 'W',
  settle_void: 'S',
  acknowledge: 'K',
  pick_up: 'C',
  bring_back: 'B',
  return: 'B',
};

/** Begins a verb: at once where it can be undone, with a question where it cannot. */
export function begin(desk: Desk, verb: Verb, row: Row): void {
  switch (verb) {
    case 'ship':
      return void ship(desk, [row.id], true, BY_RULE);
    case 'edit':
      desk.asking = { kind: 'fix', id: row.id };
      return;
    case 'reprint':
      desk.asking = { kind: 'reprint', row };
      return;
    case 'void':
      desk.asking = { kind: 'void', row };
      return;
    case 'confirm_label':
      return void sayLabel(desk, row, true);
    case 'look_again':
      return void lookAgain(desk, row);
    case 'enter_waybill':
      desk.asking = { kind: 'enter', row };
      return;
    case 'settle_void':
      desk.asking = { kind: 'settle', row };
      return;
    case 'acknowledge':
      return void desk.wish(() => ipc.acknowledge(row.id));
    case 'return':
      desk.asking = { kind: 'return', row };
      return;
    case 'pick_up':
    case 'bring_back': {
      const way = verb === 'pick_up' ? 'send' : 'back';
      desk.asking = { kind: 'pickup', ids: [row.id], way, subject: row.orderNo };
    }
  }
}
