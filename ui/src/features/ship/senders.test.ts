import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Detail } from '$lib/ipc.types';
import { FakeCore } from '../../fake/core';
import { invented } from '../../fake/senders';
import { asked, lines, openOn, press, scan } from '../../test-desk';
import { setColumns } from './columns.svelte';

const NOW = new Date('2026-11-21T10:04:00').getTime();

async function desk(senders: boolean, busy = false) {
  const core = new FakeCore({ nowMs: NOW, busy });
  if (senders) core.house.senders.kept = invented();
  await openOn(core);
  await waitFor(() => expect(lines().length).toBeGreaterThan(5));
  return core;
}

/** Changes what the core tells of an order. */
function tell(core: FakeCore, id: number, change: Partial<Detail>) {
  const kept = core.kept.get(id);
  if (kept) kept.detail = { ...kept.detail, ...change };
  core.say('changed');
}

beforeEach(() => {
  setColumns('pending', []);
  setColumns('printed', []);
});

describe('under whose name', () => {
  it('is chosen for what is ticked, and taken back', async () => {
    const core = await desk(true);
    await screen.findByRole('button', { name: /^换寄件人/ });
    for (const key of [' ', 'ArrowDown', ' ']) await press(key);
    await press('j', { ctrlKey: true });
    const dialog = await screen.findByRole('dialog', { name: '2 单由谁寄出' });
    for (const text of ['小鹿代发', '大熊', '拾光家居（本店）', '按店铺和账号自动选']) {
      expect(dialog).toHaveTextContent(text);
    }
    await press('2');
    await waitFor(() => expect(asked(core, 'act')).toHaveLength(1));
    expect(asked(core, 'act')[0]).toEqual({
      act: { ids: [1, 2], deed: { kind: 'sender', profile: '大熊' } },
    });
    expect(await screen.findByText('2 单已换寄件人')).toBeInTheDocument();
    await press('z', { ctrlKey: true });
    await waitFor(() => expect(asked(core, 'undo')).toHaveLength(1));
    // The house itself has its key, and so has what the settings say.
    await press('j', { ctrlKey: true });
    await screen.findByRole('dialog', { name: '1 单由谁寄出' });
    await press('9');
    await waitFor(() => expect(asked(core, 'act')).toHaveLength(2));
    expect(asked(core, 'act')[1]).toMatchObject({ act: { deed: { profile: '-' } } });
  });

  it('is nowhere asked in a house that sends for itself alone', async () => {
    await desk(false);
    expect(screen.queryByRole('button', { name: /^换寄件人/ })).not.toBeInTheDocument();
    await press('j', { ctrlKey: true });
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('is asked where an order names somebody who is gone', async () => {
    const core = await desk(false);
    const gone = { code: 'sender_unknown' as const, field: 'sender', what: '老虎' };
    core.change(1, { faults: [gone] });
    await screen.findByRole('button', { name: /^换寄件人/ });
    await press('j', { ctrlKey: true });
    expect(await screen.findByRole('dialog')).toHaveTextContent('拾光家居（本店）');
  });

  it('stands with the order, and whether it is fixed', async () => {
    const core = await desk(true);
    const person = { name: '小鹿生活', phone: '0571-88005678', place: '浙江省宁波市海曙区' };
    tell(core, 1, { sender: { profile: '小鹿代发', chosen: true, frozen: false, ...person } });
    const shown = await screen.findByTestId('sender');
    expect(shown).toHaveTextContent('小鹿生活');
    expect(shown).toHaveTextContent('小鹿代发 · 手选');
    tell(core, 1, { sender: { profile: '小鹿代发', chosen: true, frozen: true, ...person } });
    await waitFor(() => expect(screen.getByTestId('sender')).toHaveTextContent('取号时定下'));
  });

  it('may have a column of its own', async () => {
    const core = await desk(true);
    setColumns('pending', ['receiver', 'sender']);
    core.change(1, { sender: '小鹿代发' });
    await waitFor(() => expect(lines()[0]).toHaveTextContent('小鹿代发'));
    expect(screen.getByRole('columnheader', { name: '寄件人' })).toBeInTheDocument();
  });
});

describe('what comes back', () => {
  async function printed() {
    const core = await desk(false, true);
    await press('4');
    await waitFor(() => expect(lines()[0]).toHaveTextContent(/已/));
    await press('ArrowDown');
    await screen.findByRole('button', { name: /^退货、换货/ });
    return core;
  }

  const first = (core: FakeCore, command: string) =>
    asked(core, command)[0] as { ask: Record<string, unknown> };

  it('is made with goods, payer, account and reason', async () => {
    const core = await printed();
    await press('b');
    const dialog = await screen.findByRole('dialog', { name: /退货、换货/ });
    await within(dialog).findByText(/从客户寄回 拾光家居/);
    const go = within(dialog).getByRole('button', { name: /建退货/ });
    expect(go).toBeDisabled();
    await press('3', { altKey: true });
    expect(within(dialog).getByLabelText('原因')).toHaveValue('尺码、款式不合');
    expect(go).toBeEnabled();
    await press('Enter');
    await waitFor(() => expect(asked(core, 'bring_back')).toHaveLength(1));
    expect(first(core, 'bring_back').ask).toMatchObject({
      ...{ payer: 'usual', reason: '尺码、款式不合', weightG: null },
    });
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(await screen.findByText(/退货 1 票，在待发货里/)).toBeInTheDocument();
    const made = [...core.kept.values()].at(-1)?.detail.row;
    expect(made).toMatchObject({ back: true, state: 'ready' });
    await press('1');
    await press('End');
    await waitFor(() => expect(lines().at(-1)).toHaveTextContent('退货'));
  });

  it('says what an account cannot do before anything is made', async () => {
    const core = await printed();
    await press('b');
    const dialog = await screen.findByRole('dialog', { name: /退货、换货/ });
    const payer = await within(dialog).findByLabelText('退回的运费');
    await press('1', { altKey: true });
    const select = payer as HTMLSelectElement;
    select.value = 'sender';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    expect(await within(dialog).findByText(/^走不了：/)).toBeInTheDocument();
    await press('Enter');
    expect(asked(core, 'bring_back')).toEqual([]);
  });

  it('is exchanged for other pieces with F8', async () => {
    const core = await printed();
    await press('b');
    const dialog = await screen.findByRole('dialog', { name: /退货、换货/ });
    await within(dialog).findByLabelText('原因');
    await press('F8');
    await press('2', { altKey: true });
    expect(await within(dialog).findAllByLabelText(/^换发几件/)).not.toHaveLength(0);
    await press('Enter');
    await waitFor(() => expect(asked(core, 'exchange')).toHaveLength(1));
    expect(first(core, 'exchange').ask).toMatchObject({ back: { reason: '发错货' } });
  });

  it('is fetched by a courier where an account sends them, asked in the same place', async () => {
    const core = await printed();
    core.brings = true;
    core.say('changed');
    await press('b');
    const dialog = await screen.findByRole('dialog', { name: /退货、换货/ });
    await within(dialog).findByText(/另一种下单/);
    await press('F10');
    const fetch = await screen.findByRole('dialog', { name: /约快递员取退货/ });
    expect(await within(fetch).findByText('圆通-快递鸟')).toBeInTheDocument();
  });

  it('begins with a scan of its number, too', async () => {
    const core = await printed();
    const no = [...core.kept.values()].find(({ detail }) => detail.row.state === 'printed');
    scan(no?.detail.row.waybillNo ?? '');
    await screen.findByRole('dialog', { name: /重打/ });
    await press('b');
    const dialog = await screen.findByRole('dialog', { name: /退货、换货/ });
    expect(dialog).toHaveTextContent(no?.detail.row.orderNo ?? '?');
  });

  it('names the other shipments of its order, and goes there', async () => {
    const core = await desk(false);
    const state = 'printed' as const;
    const other = { id: 2, nth: 2, back: true, ofNth: 1, state, waybillNo: 'YT8800000000001' };
    tell(core, 1, { others: [other] });
    const others = await screen.findByTestId('others');
    expect(others).toHaveTextContent('退货（第 2 票）');
    within(others).getByRole('button').click();
    const wanted = core.kept.get(2)?.detail.row.orderNo ?? '';
    await waitFor(() => expect(screen.getByTestId('pane')).toHaveTextContent(wanted));
  });
});
