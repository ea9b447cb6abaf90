import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { FakeCore } from '../../fake/core';
import { trouble } from '../../fake/rules';
import type { Detail } from '$lib/ipc.types';
import { asked, chip, choose, lines, open, openOn, press } from '../../test-desk';

const ship = (core: FakeCore) =>
  asked(core, 'ship').map(({ req }) => (req as { ids: number[] }).ids);
const tab = (name: RegExp) => screen.getByRole('tab', { name });

describe('the ship screen', () => {
  it('shows the five lists with their counts, masked', async () => {
    await open({ ready: 24, busy: true });
    await waitFor(() => expect(tab(/待发货/)).toHaveTextContent('24'));
    expect(tab(/已打印/)).toHaveTextContent('40');
    expect(tab(/需处理/)).toHaveTextContent('4');
    await waitFor(() => expect(lines().length).toBeGreaterThan(5));
    const first = lines()[0] as HTMLElement;
    expect(first).toHaveTextContent('WC-20938');
    expect(first).toHaveTextContent('****');
    expect(first).not.toHaveTextContent('李思雨');
  });

  it('draws only what is seen of 100,000 rows', async () => {
    await open({ ready: 100_000 });
    await waitFor(() => expect(tab(/待发货/)).toHaveTextContent('100,000'));
    await waitFor(() => expect(lines().length).toBeGreaterThan(5));
    expect(lines().length).toBeLessThan(40);
    expect(screen.getByRole('grid')).toHaveAttribute('aria-rowcount', '100001');
  });

  it('ships the ticked ones in list order, whatever order they were ticked in', async () => {
    const core = await open();
    await waitFor(() => expect(lines().length).toBeGreaterThan(5));
    for (const key of ['ArrowDown', 'ArrowDown', ' ', 'ArrowUp', 'ArrowUp', ' ']) await press(key);
    expect(screen.getByText('已选 2 单')).toBeInTheDocument();
    await press('F9');
    await waitFor(() => expect(ship(core)).toEqual([[1, 3]]));
    await waitFor(() => expect(tab(/已打印/)).toHaveTextContent('2'));
    expect(screen.queryByText(/已选/)).not.toBeInTheDocument();
  });

  it('ships the focused one when nothing is ticked, and keeps showing it', async () => {
    const core = await open();
    await waitFor(() => expect(lines().length).toBeGreaterThan(5));
    await press('ArrowDown');
    await press('F9');
    await waitFor(() => expect(ship(core)).toEqual([[2]]));
    const pane = screen.getByTestId('pane');
    await waitFor(() => expect(pane).toHaveTextContent('WC-20937'));
    await waitFor(() => expect(pane).toHaveTextContent('已打印'));
    expect(within(pane).getByText('7888 1200 0066 782')).toBeInTheDocument();
  });

  it('keeps ticks through filtering and says how many are hidden', async () => {
    const core = await open();
    await waitFor(() => expect(lines().length).toBeGreaterThan(5));
    await press('a', { ctrlKey: true });
    await waitFor(() => expect(screen.getByText('已选 24 单')).toBeInTheDocument());
    await choose('店铺', '淘宝');
    await waitFor(() => expect(screen.getByText(/不在当前清单中/)).toBeInTheDocument());
    const seen = lines().length;
    expect(screen.getByText(new RegExp(`其中 ${24 - seen} 单`))).toBeInTheDocument();
    await press('F9');
    await waitFor(() => expect(ship(core)[0]).toHaveLength(24));
  });

  it('takes ticks, then filters away with Escape', async () => {
    await open();
    await waitFor(() => expect(lines().length).toBeGreaterThan(5));
    const shop = () => chip('店铺');
    await choose('店铺', '淘宝');
    await press('Escape');
    (document.activeElement as HTMLElement).blur();
    await press(' ');
    expect(screen.getByText('已选 1 单')).toBeInTheDocument();
    await press('Escape');
    expect(screen.queryByText(/已选/)).not.toBeInTheDocument();
    expect(shop()).toHaveTextContent('淘宝');
    await press('Escape');
    await waitFor(() => expect(shop()).not.toHaveTextContent('淘宝'));
  });

  it('asks for numbers only with F8', async () => {
    const core = await open();
    await waitFor(() => expect(lines().length).toBeGreaterThan(5));
    await press('F8');
    await waitFor(() => expect(asked(core, 'ship')[0]?.req).toMatchObject({ print: false }));
  });

  it('says why an empty list is empty', async () => {
    await open({ ready: 0 });
    await waitFor(() => expect(screen.getByText(/没有待发货的订单/)).toBeInTheDocument());
    expect(screen.getByRole('button', { name: /取号并打印/ })).toBeDisabled();
  });

  it('searches all lists as it is typed', async () => {
    await open({ ready: 24, busy: true });
    await waitFor(() => expect(lines().length).toBeGreaterThan(5));
    await press('F2');
    const field = screen.getByLabelText('扫描或搜索');
    expect(field).toHaveFocus();
    await fireEvent.input(field, { target: { value: 'WC-20913' } });
    await waitFor(() => expect(lines()).toHaveLength(1));
    expect(tab(/搜索结果/)).toHaveAttribute('aria-selected', 'true');
  });

  it('shows one shipment unmasked, with its story', async () => {
    await open({ ready: 24, busy: true });
    await waitFor(() => expect(lines().length).toBeGreaterThan(5));
    await press('4');
    const pane = screen.getByTestId('pane');
    await waitFor(() => expect(pane).toHaveTextContent('已导入'));
    await waitFor(() => expect(pane).toHaveTextContent('第 1 份'));
    expect(within(pane).getByRole('button', { name: /重打/ })).toBeInTheDocument();
    expect(within(pane).getByRole('img', { name: /面单/ })).toBeInTheDocument();
  });

  it('says before printing what the label does not say as it was typed', async () => {
    const core = new FakeCore();
    const of = (id: number) => core.kept.get(id)?.detail as Detail;
    of(2).letters = { picturesWorded: 2, picturesDropped: 1, systemFonts: 'क Noto Sans' };
    await openOn(core);
    await waitFor(() => expect(lines().length).toBeGreaterThan(5));
    const pane = screen.getByTestId('pane');
    await waitFor(() => expect(pane).toHaveTextContent(of(1).row.orderNo));
    expect(within(pane).queryByTestId('letters')).not.toBeInTheDocument();
    await press('ArrowDown');
    await waitFor(() => expect(pane).toHaveTextContent(of(2).row.orderNo));
    const told = within(pane).getByTestId('letters');
    expect(told).toHaveTextContent('2 个表情改成文字，1 个不印');
    expect(told).toHaveTextContent('换一台电脑可能印得不同：क Noto Sans');
  });
});

describe('the chain', () => {
  it('is in sight by words, and offline is said', async () => {
    const core = new FakeCore();
    core.carrierState = 'away';
    core.printerState = 'paper_out';
    await openOn(core);
    expect(screen.getByText('离线：圆通-快递鸟')).toBeInTheDocument();
    expect(screen.getByText(/已有号的照常打印/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /热敏 1 号 缺纸/ })).toBeInTheDocument();
  });

  it('shows a batch with pause and stop', async () => {
    const core = new FakeCore();
    const rest = { done: 64, attention: 0, stopped: 0, perMinute: 32, leftMs: 68_000 };
    core.batch = { id: 118, total: 100, numbered: 70, paused: false, ...rest };
    await openOn(core);
    expect(screen.getByText('64 / 100')).toBeInTheDocument();
    expect(screen.getByText(/32 张\/分/)).toHaveTextContent('约剩 1 分 8 秒');
    await press('F7');
    await waitFor(() => expect(screen.getByText(/已暂停/)).toBeInTheDocument());
    await press('F7', { shiftKey: true });
    await waitFor(() => expect(asked(core, 'stop_batch')).toEqual([{ id: 118 }]));
  });
});

describe('what needs a person', () => {
  it('is one sentence and one key each', async () => {
    const core = await open({ ready: 3, busy: true });
    await press('5');
    await waitFor(() => expect(lines()).toHaveLength(4));
    const [held, refused, unknown, doubt] = lines();
    expect(held).toHaveTextContent('“不详”不是电话号码。');
    expect(refused).toHaveTextContent('“客户编码错误或已停用，请联系网点”');
    expect(unknown).toHaveTextContent('查清前不会重复取号');
    expect(doubt).toHaveTextContent('面单在手里就扫一下');
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await press(key);
    await waitFor(() => expect(asked(core, 'look_again')).toHaveLength(1));
    await press('ArrowDown');
    await press('Enter');
    await waitFor(() => expect(asked(core, 'confirm_label')[0]).toMatchObject({ cameOut: false }));
  });

  it('a label in doubt can be said to have come out', async () => {
    const core = await open({ ready: 3, busy: true });
    await press('5');
    await waitFor(() => expect(lines()).toHaveLength(4));
    await press('End');
    const yes = await screen.findByRole('button', { name: /已在手里/ });
    await fireEvent.click(yes);
    await waitFor(() => expect(asked(core, 'confirm_label')[0]).toMatchObject({ cameOut: true }));
  });

  it('voiding needs the last four characters', async () => {
    const core = await open({ ready: 3, busy: true });
    await press('4');
    await screen.findByRole('button', { name: /取消面单/ });
    await press('v');
    const box = await screen.findByRole('dialog');
    const go = within(box).getByRole('button', { name: /取消面单/ });
    expect(go).toBeDisabled();
    const no = core.detail(4).row.waybillNo ?? '';
    await fireEvent.input(within(box).getByRole('textbox'), { target: { value: no.slice(-4) } });
    expect(go).toBeEnabled();
    await press('Enter');
    await waitFor(() => expect(asked(core, 'void_waybill')).toEqual([{ code: no }]));
  });
});

describe('a trouble', () => {
  it('stays until it is answered and offers its key', async () => {
    const core = await open();
    await waitFor(() => expect(lines().length).toBeGreaterThan(5));
    core.failing.set('ship', trouble('storage', 'retry', { why: 'disk full' }));
    await press('F9');
    const box = await screen.findByRole('alert');
    expect(box).toHaveTextContent('磁盘或数据库出错：disk full');
    expect(ship(core)).toHaveLength(1);
    await press('F4');
    await waitFor(() => expect(ship(core)).toHaveLength(2));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});

describe('a void', () => {
  it('whose answer was lost is settled by a person', async () => {
    const core = await open({ ready: 3, busy: true });
    const lost = { account: '圆通-快递鸟', waybill: 'YT1', why: 'time-out' };
    core.change(4, { state: 'voiding', trouble: trouble('void_unknown', 'look_again', lost) });
    await press('5');
    await waitFor(() => expect(lines()).toHaveLength(5));
    await screen.findByRole('button', { name: /填写结果/ });
    await press('s');
    await screen.findByRole('dialog', { name: '填写结果' });
    await press('2');
    await waitFor(() => expect(asked(core, 'settle_void')).toEqual([{ id: 4, takenBack: false }]));
  });

  it('that was refused is read and put aside', async () => {
    const core = await open({ ready: 3, busy: true });
    const said = { account: '圆通-快递鸟', waybill: 'YT1', said: '已揽收' };
    core.change(4, { trouble: trouble('void_refused', 'none', said) });
    await press('5');
    await waitFor(() => expect(lines()).toHaveLength(5));
    const pane = screen.getByTestId('pane');
    await waitFor(() => expect(pane).toHaveTextContent('圆通-快递鸟 的原话'));
    expect(within(pane).getByText('已揽收')).toBeInTheDocument();
    await press('Enter');
    await waitFor(() => expect(asked(core, 'acknowledge')).toEqual([{ id: 4 }]));
  });

  it('and a carrier that issued nothing is told so', async () => {
    const core = await open({ ready: 3, busy: true });
    await press('5');
    await waitFor(() => expect(lines()).toHaveLength(4));
    for (const key of ['ArrowDown', 'ArrowDown']) await press(key);
    await screen.findByRole('button', { name: /手工填号/ });
    await press('w');
    await screen.findByRole('dialog', { name: '手工填号' });
    await press('F8');
    await waitFor(() => expect(asked(core, 'enter_waybill')[0]).toMatchObject({ no: '' }));
  });
});
