// The questions before an act with a selection: a reason, a flag, a carrier, whether to go on where
// orders differ. What can be taken back is not asked about.

import type { Desk } from '$lib/desk.svelte';
import { count } from '$lib/format';
import { t } from '$lib/i18n.svelte';
import * as ipc from '$lib/ipc';
import type { Facets, Flag } from '$lib/ipc.types';
import type { Doing } from './doing.svelte';
import { SLOTS, type ShipList } from './ship.svelte';

const FLAGS: readonly Flag[] = ['red', 'yellow', 'green', 'blue', 'purple'];
/** Accounts that have a key: more are chosen in the carriers' settings. */
const KEYS_MAX = 9;

/** Why they are held. */
export async function askHold(desk: Desk, doing: Doing): Promise<void> {
  const ids = await doing.ids();
  if (ids.length === 0) return;
  desk.asking = {
    kind: 'words',
    title: () => t('hold.title', { n: count(ids.length) }),
    hint: () => t('hold.hint'),
    quick: () => [t('hold.address'), t('hold.stock'), t('hold.buyer'), t('hold.refund')],
    value: '',
    may: false,
    go: (why) => doing.act({ kind: 'hold', why }, ids),
  };
}

/** A note for the people at the desk. */
export async function askNote(desk: Desk, doing: Doing, list: ShipList): Promise<void> {
  const ids = await doing.ids();
  if (ids.length === 0) return;
  desk.asking = {
    kind: 'words',
    title: () => t('memo.title', { n: count(ids.length) }),
    hint: () => t('memo.hint'),
    quick: () => [],
    value: ids.length === 1 ? (list.row?.memo ?? '') : '',
    may: true,
    go: (text) => doing.act({ kind: 'note', text }, ids),
  };
}

/** Which flag: a digit each, 0 takes it away. */
export async function askFlag(desk: Desk, doing: Doing): Promise<void> {
  const ids = await doing.ids();
  if (ids.length === 0) return;
  const choice = (flag: Flag | null, n: number) => ({
    combo: String(n),
    text: () => t(flag ? `flag.${flag}` : 'flag.none'),
    flag,
    go: () => doing.act({ kind: 'flag', flag }, ids),
  });
  desk.asking = {
    kind: 'pick',
    title: () => t('flag.title', { n: count(ids.length) }),
    choices: [...FLAGS.map((flag, n) => choice(flag, n + 1)), choice(null, 0)],
  };
}

/** Which carrier: a digit each, 0 leaves it to the rules. */
export async function askCarrier(desk: Desk, doing: Doing, facets: Facets): Promise<void> {
  const ids = await doing.ids();
  if (ids.length === 0) return;
  const choice = (account: string | null, n: number) => ({
    combo: String(n),
    text: () => account ?? t('foot.by_rule'),
    flag: null,
    go: () => doing.act({ kind: 'carrier', account }, ids),
  });
  const accounts = facets.accounts.slice(0, KEYS_MAX);
  desk.asking = {
    kind: 'pick',
    title: () => t('carrier.title', { n: count(ids.length) }),
    choices: [...accounts.map((one, n) => choice(one, n + 1)), choice(null, 0)],
  };
}

/** Under whose name: a digit each, 9 is the house itself, 0 leaves it to the settings. */
export async function askSender(desk: Desk, doing: Doing, facets: Facets): Promise<void> {
  const ids = await doing.ids();
  if (ids.length === 0) return;
  const choice = (profile: string | null, n: number, text: () => string) => ({
    combo: String(n),
    text,
    flag: null,
    go: () => doing.act({ kind: 'sender', profile }, ids),
  });
  const senders = facets.senders.slice(0, KEYS_MAX - 1);
  desk.asking = {
    kind: 'pick',
    title: () => t('sender.title', { n: count(ids.length) }),
    choices: [
      ...senders.map((one, n) => choice(one, n + 1, () => one)),
      choice('-', KEYS_MAX, () => t('sender.house', { name: facets.house })),
      choice(null, 0, () => t('sender.by_rule')),
    ],
  };
}

/** Puts orders of one buyer together; where they differ, it is said first. */
export async function merge(desk: Desk, doing: Doing): Promise<void> {
  const ids = await doing.ids();
  if (ids.length === 0) return;
  const groups = await desk.wish(() => ipc.mergeLook(ids));
  if (!groups) return;
  if (groups.every((group) => group.differs.length === 0)) {
    await doing.act({ kind: 'merge', despite: false }, ids);
    return;
  }
  const go = (despite: boolean) => doing.act({ kind: 'merge', despite }, ids);
  desk.asking = { kind: 'merge', groups, go };
}

/** Why an order is sent again. */
export function askReship(desk: Desk, doing: Doing, list: ShipList): void {
  const row = list.row;
  if (row?.state !== 'printed') return;
  desk.asking = {
    kind: 'words',
    title: () => t('reship.title', { order: row.orderNo }),
    hint: () => t('reship.hint'),
    quick: () => [t('reship.lost'), t('reship.broken'), t('reship.missing')],
    value: '',
    may: false,
    go: (reason) => doing.did(() => ipc.reship(row.id, reason)),
  };
}

/** Divides an order. */
export async function askSplit(desk: Desk, doing: Doing, list: ShipList): Promise<void> {
  const row = list.row;
  if (!row) return;
  const detail = await desk.wish(() => ipc.shipment(row.id));
  if (!detail) return;
  const go = (moved: number[], weightG: number | null) =>
    doing.did(() => ipc.splitShipment({ id: row.id, moved, weightG }));
  desk.asking = { kind: 'split', detail, go };
}

/** Gives many numbers back: asked once, with their count. */
export async function askVoid(desk: Desk, doing: Doing, list: ShipList): Promise<void> {
  const ids = await doing.ids();
  if (ids.length === 0) return;
  const { row } = list;
  if (row && ids.length === 1 && row.id === ids[0]) {
    desk.asking = { kind: 'void', row };
    return;
  }
  desk.asking = { kind: 'void_many', n: ids.length, go: () => doing.act({ kind: 'void' }, ids) };
}

/** Prints the picking list of the selection. */
export async function picking(desk: Desk, doing: Doing): Promise<void> {
  const ids = await doing.ids();
  if (ids.length === 0) return;
  const printed = await desk.wish(() => ipc.printPicking(ids));
  if (printed) desk.note(t('note.picking', { n: count(ids.length), printer: printed.printer }));
}

/** Messages to the receivers of the selection: what it comes to is said before any goes. */
export async function askSms(desk: Desk, doing: Doing): Promise<void> {
  const ids = await doing.ids();
  if (ids.length === 0) return;
  const look = await desk.wish(() => ipc.smsLook(ids, false));
  if (look) desk.asking = { kind: 'sms', ids, look, again: false };
}

/** A name for what is shown now; the first free digit is its key. */
export function askSave(desk: Desk, list: ShipList): void {
  const slot = SLOTS.find((one) => !list.saved.some((kept) => kept.slot === one));
  if (slot === undefined) {
    desk.note(t('note.no_slot'));
    return;
  }
  desk.asking = {
    kind: 'words',
    title: () => t('save.title', { n: slot }),
    hint: () => t('save.hint'),
    quick: () => [],
    value: '',
    may: false,
    go: (name) => list.save(slot, name),
  };
}
