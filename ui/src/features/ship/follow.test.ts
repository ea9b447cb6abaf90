import { expect, it } from 'vitest';
import { useTransport, type Transport } from '$lib/ipc';
import type { ListPage, ListQuery, Row } from '$lib/ipc.types';
import { ShipList } from './ship.svelte';

/** A core whose answers to lists come when the test says so. */
function slowCore() {
  const asked: { query: ListQuery; answer: (page: ListPage) => void }[] = [];
  const call = (command: string, args: Record<string, unknown>) =>
    command === 'list_shipments'
      ? new Promise((answer) => asked.push({ query: args.query as ListQuery, answer }))
      : Promise.resolve(0);
  useTransport({ call } as unknown as Transport);
  return asked;
}

const page = (...ids: number[]): ListPage => ({
  total: ids.length,
  rows: ids.map((id) => ({ id }) as Row),
});

it('the pane shows what a search found though the core said "changed" in between', async () => {
  const asked = slowCore();
  const list = new ShipList();
  const opened = list.relist();
  asked[0]?.answer(page(1, 2, 3));
  await opened;
  expect(list.shownId).toBe(1);

  const found = list.find('S-01');
  const round = list.refresh();
  asked[1]?.answer(page(3));
  await found;
  asked[2]?.answer(page(3));
  await round;
  expect(list.row?.id).toBe(3);
  expect(list.shownId).toBe(3);

  // What somebody opened since is not taken away by a later round.
  list.shownId = 2;
  const later = list.refresh();
  asked[3]?.answer(page(3));
  await later;
  expect(list.shownId).toBe(2);
});
