import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeCore } from '../../fake/core';
import { flat, list } from '../../fake/tariffs';
import { asked, chip, choose, lines, open, openOn, press, scan } from '../../test-desk';
import { setColumns } from './columns.svelte';

const NOW = new Date('2026-11-21T10:04:00').getTime();
const deeds = (core: FakeCore) =>
  asked(core, 'act').map(({ act }) => act as { ids: number[]; deed: Record<string, unknown> });
const filter = (core: FakeCore) =>
  (asked(core, 'list_shipments').at(-1)?.query as { filter: Record<string, unknown> }).filter;
const did = () => screen.getByTestId('did');
const ready = () => waitFor(() => expect(lines().length).toBeGreaterThan(5));

beforeEach(() => setColumns('pending', []));

describe('finding', () => {
  it('takes several of each, together', async () => {
    const core = await open();
    await ready();
    await choose('店铺', '淘宝');
    await choose('店铺', '抖店');
    expect(chip('店铺')).toHaveTextContent('2');
    await choose('省份', '浙江省');
    await press('Escape');
    await waitFor(() => expect(filter(core)).toMatchObject({ shops: ['淘宝', '抖店'] }));
    expect(filter(core)).toMatchObject({ provinces: ['浙江省'] });
    for (const line of lines()) expect(line).toHaveTextContent('浙江省');
  });

  it('has a key for the filters that are used most', async () => {
    const core = new FakeCore({ nowMs: NOW });
    core.desk.groups = [{ ids: [1, 2], orders: [], name: '', differs: [] }];
    await openOn(core);
    await ready();
    await waitFor(() => expect(chip('可合单')).toHaveTextContent('2'));
    await press('t');
    await waitFor(() => expect(lines()).toHaveLength(2));
    await press('t');
    await press('n');
    await waitFor(() => expect(filter(core)).toMatchObject({ remark: true }));
    await press('i');
    await waitFor(() => expect(filter(core)).toMatchObject({ pieces: 'single' }));
    await press('Escape');
    await waitFor(() => expect(filter(core)).toMatchObject({ pieces: null, remark: null }));
  });

  it('asks for what a key would show before the key is sure', async () => {
    const core = await open();
    await ready();
    const before = asked(core, 'list_shipments').length;
    const pressed = press('i');
    expect(asked(core, 'list_shipments')).toHaveLength(before + 1);
    expect(filter(core)).toMatchObject({ pieces: 'single' });
    expect(chip('仅单件')).toHaveAttribute('aria-pressed', 'false');
    await pressed;
    await waitFor(() => expect(chip('仅单件')).toHaveAttribute('aria-pressed', 'true'));
  });

  it('a code that begins like a key narrows nothing', async () => {
    const core = await open();
    await ready();
    scan('I20938');
    await waitFor(() => expect(asked(core, 'scan')).toHaveLength(1));
    await new Promise((go) => setTimeout(go, 120));
    expect(chip('仅单件')).toHaveAttribute('aria-pressed', 'false');
    await waitFor(() => expect(filter(core)).toMatchObject({ pieces: null }));
  });

  it('by weight and by the day of payment', async () => {
    const core = await open();
    await ready();
    await fireEvent.click(chip('时间、重量'));
    await fireEvent.change(screen.getByLabelText('最轻，千克'), { target: { value: '0.5' } });
    await fireEvent.change(screen.getByLabelText('最重，千克'), { target: { value: '2' } });
    await fireEvent.click(screen.getByRole('button', { name: '昨天' }));
    const wanted = { weightFromG: 500, weightToG: 2000, paid: { kind: 'yesterday' } };
    await waitFor(() => expect(filter(core)).toMatchObject(wanted));
    await fireEvent.change(screen.getByLabelText('从这天'), { target: { value: '2026-11-18' } });
    const fromMs = new Date('2026-11-18T00:00:00').getTime();
    const day = { kind: 'between', fromMs, toMs: fromMs + 86_400_000 };
    await waitFor(() => expect(filter(core)).toMatchObject({ paid: day }));
    expect(chip('时间、重量')).toHaveTextContent('0.5–2 kg · 11-18–11-18');
  });

  it('is ordered by goods, so that the same lie together, and turned round', async () => {
    const core = await open();
    await ready();
    const goods = [...core.kept.values()].map(({ detail }) => detail.row.goods).sort();
    await choose('按付款时间', '按商品');
    await press('Escape');
    const shown = () => lines().map((line) => line.textContent ?? '');
    await waitFor(() => expect(shown()[0]).toContain(goods[0]));
    expect(shown()[1]).toContain(goods[1]);
    const first = lines()[0]?.textContent;
    (document.activeElement as HTMLElement).blur();
    await press('o');
    await waitFor(() => expect(lines()[0]?.textContent).not.toBe(first));
  });

  it('remembers a filter under a name and a key', async () => {
    const core = await open();
    await ready();
    await press('n');
    await press('z');
    const box = await screen.findByRole('dialog', { name: '存为 Alt+1' });
    await fireEvent.input(within(box).getByRole('textbox'), { target: { value: '要看备注' } });
    await press('Enter');
    await waitFor(() => expect(core.desk.saved[0]).toMatchObject({ slot: 1, name: '要看备注' }));
    const saved = await screen.findByRole('button', { name: /^要看备注/ });
    expect(saved).toHaveAttribute('aria-pressed', 'true');
    await press('Escape');
    await waitFor(() => expect(filter(core)).toMatchObject({ remark: null }));
    await press('1', { altKey: true });
    await waitFor(() => expect(filter(core)).toMatchObject({ remark: true }));
    await fireEvent.click(screen.getByRole('button', { name: /删掉筛选/ }));
    await waitFor(() => expect(core.desk.saved).toEqual([]));
  });

  it('shows the columns one wants, in their order', async () => {
    await open();
    await ready();
    const heads = () => screen.getAllByRole('columnheader').map((head) => head.textContent?.trim());
    expect(heads().slice(1)).toEqual(['订单', '收件人', '商品', '快递', '重量']);
    await fireEvent.click(chip('列'));
    await fireEvent.click(screen.getByLabelText('省份'));
    await fireEvent.click(screen.getByRole('button', { name: '把“省份”移前' }));
    expect(heads().slice(1)).toEqual(['订单', '收件人', '商品', '快递', '省份', '重量']);
    await fireEvent.click(screen.getByLabelText('重量'));
    expect(heads().slice(1)).toEqual(['订单', '收件人', '商品', '快递', '省份']);
  });

  it('adds up what is ticked', async () => {
    await open();
    await ready();
    await press(' ');
    await press('ArrowDown');
    await press(' ');
    await waitFor(() => expect(screen.getByTestId('totals')).toHaveTextContent('2 个包裹'));
    expect(screen.getByTestId('totals')).toHaveTextContent(/2 家快递|快递鸟/);
    expect(screen.getByTestId('totals')).toHaveTextContent(/kg/);
    expect(screen.queryByTestId('freight')).not.toBeInTheDocument();
  });

  it('says what the ticked ones will cost, by the account that is chosen', async () => {
    const core = new FakeCore({ nowMs: NOW });
    core.house.tariffs.kept.set('圆通-快递鸟', list());
    core.house.tariffs.kept.set('顺丰-快递鸟', [flat(1800)]);
    for (const id of [1, 2]) core.change(id, { province: '浙江省', weightG: 480 });
    core.change(3, { province: '浙江省', weightG: null });
    for (const id of [1, 2, 3]) core.change(id, { account: '圆通-快递鸟' });
    await openOn(core);
    await ready();
    for (const step of [' ', 'ArrowDown', ' ', 'ArrowDown', ' ']) await press(step);
    await waitFor(() => expect(screen.getByTestId('freight')).toHaveTextContent('约 ¥5.20 运费'));
    expect(screen.getByTestId('freight')).toHaveTextContent('1 单无价');
    const select = screen.getByLabelText('快递账号');
    await fireEvent.change(select, { target: { value: '顺丰-快递鸟' } });
    await waitFor(() => expect(screen.getByTestId('freight')).toHaveTextContent('约 ¥36.00 运费'));
  });

  it('says of an opened order what it will cost, and nothing where nobody knows', async () => {
    const core = new FakeCore({ nowMs: NOW });
    await openOn(core);
    await ready();
    expect(screen.queryByTestId('freight-one')).not.toBeInTheDocument();
    core.house.tariffs.kept.set('圆通-快递鸟', list());
    core.change(1, { account: '圆通-快递鸟', province: '浙江省', weightG: 480 });
    await waitFor(() => expect(screen.getByTestId('freight-one')).toHaveTextContent('¥2.60 估算'));
  });
});

describe('acting', () => {
  it('holds with a reason, says what was left, and takes it back', async () => {
    const core = new FakeCore({ nowMs: NOW });
    core.change(2, { state: 'requested' });
    await openOn(core);
    await ready();
    await press(' ');
    await press('ArrowDown');
    await press(' ');
    await press('h');
    const box = await screen.findByRole('dialog', { name: '暂缓 2 单' });
    expect(within(box).getByRole('button', { name: /确定/ })).toBeDisabled();
    await press('1', { altKey: true });
    await waitFor(() => expect(deeds(core)[0]?.deed).toEqual({ kind: 'hold', why: '等买家改地址' }));
    expect(await screen.findByTestId('did')).toHaveTextContent('已暂缓 2 单');
    expect(screen.queryByText(/已选/)).not.toBeInTheDocument();
    await press('5');
    await waitFor(() => expect(lines()[0]).toHaveTextContent('已人工暂缓：等买家改地址'));
    expect(lines()[0]).toHaveTextContent('放行');
    await press('z', { ctrlKey: true });
    await waitFor(() => expect(did()).toHaveTextContent('已撤销：暂缓，2 项'));
    await waitFor(() => expect(within(did()).queryByText('撤销')).not.toBeInTheDocument());
    expect(core.detail(1).row.state).toBe('ready');
  });

  it('says how many were left as they were, and why', async () => {
    const core = await open({ ready: 8, busy: true });
    await press('4');
    await ready();
    await press('g');
    await screen.findByRole('dialog', { name: '给 1 单插旗' });
    await press('5');
    await waitFor(() => expect(deeds(core)[0]?.deed).toEqual({ kind: 'flag', flag: 'purple' }));
    const flag = () => within(lines()[0] as HTMLElement).getByRole('img', { name: '紫旗' });
    await waitFor(() => expect(flag()).toBeInTheDocument());
    await press('g');
    await screen.findByRole('dialog');
    await press('5');
    await waitFor(() => expect(did()).toHaveTextContent('没有改动'));
    expect(did()).toHaveTextContent('1 单没动：本来就这样');
  });

  it('releases a held one with its own key', async () => {
    const core = new FakeCore({ nowMs: NOW });
    core.desk.answer('act', { act: { ids: [3], deed: { kind: 'hold', why: '缺货' } } });
    await openOn(core);
    await ready();
    await press('5');
    await waitFor(() => expect(lines()).toHaveLength(1));
    await press('Enter');
    await waitFor(() => expect(core.detail(3).row.state).toBe('ready'));
  });

  it('merges at once where nothing differs, and asks where something does', async () => {
    const core = new FakeCore({ nowMs: NOW });
    const alike = { ids: [1, 2], orders: ['A', 'B'], name: '李**', differs: [] };
    core.desk.groups = [alike];
    await openOn(core);
    await ready();
    await press('a', { ctrlKey: true });
    await press('m');
    await waitFor(() => expect(did()).toHaveTextContent('已合成 1 票'));
    expect(did()).toHaveTextContent('22 单没动：没有同一买家的其他待发订单');
    await waitFor(() => expect(lines()[0]).toHaveTextContent('+1 单'));
    await press('z', { ctrlKey: true });
    await waitFor(() => expect(lines()[0]).not.toHaveTextContent('+1 单'));
    core.desk.groups = [{ ...alike, differs: [{ kind: 'cod', fen: 2000 }] }];
    await press('a', { ctrlKey: true });
    await press('m');
    const box = await screen.findByRole('dialog', { name: '这些订单不完全一样' });
    expect(box).toHaveTextContent('代收货款合计 ¥20');
    await press('Enter');
    await waitFor(() => expect(deeds(core).at(-1)?.deed).toEqual({ kind: 'merge', despite: true }));
  });

  it('splits by pieces, and not all or none', async () => {
    const core = new FakeCore({ nowMs: NOW });
    await openOn(core);
    await ready();
    await press('ArrowDown');
    await press('d');
    const box = await screen.findByRole('dialog', { name: '拆单' });
    const go = within(box).getByRole('button', { name: /拆出/ });
    expect(go).toBeDisabled();
    await fireEvent.click(within(box).getAllByRole('button', { name: /多一件/ })[0] as HTMLElement);
    expect(go).toBeEnabled();
    await press('Enter');
    const items = core.detail(2).items.length;
    const moved = [1, ...Array.from({ length: items - 1 }, () => 0)];
    const ask = { id: 2, moved, weightG: null };
    await waitFor(() => expect(asked(core, 'split_shipment')).toEqual([{ ask }]));
    expect(await screen.findByTestId('did')).toHaveTextContent('已拆出 1 票');
  });

  it('sends again with a reason', async () => {
    const core = await open({ ready: 3, busy: true });
    await press('4');
    await ready();
    await press('a');
    await screen.findByRole('dialog', { name: /^补发/ });
    await press('2', { altKey: true });
    await waitFor(() => expect(asked(core, 'reship')).toEqual([{ id: 4, reason: '买家收到破损' }]));
  });

  it('voids many only when their count was typed', async () => {
    const core = await open({ ready: 3, busy: true });
    await press('3');
    await ready();
    await press('a', { ctrlKey: true });
    await press('x');
    const box = await screen.findByRole('dialog', { name: '取消 6 张面单' });
    const go = within(box).getByRole('button', { name: /取消面单/ });
    expect(go).toBeDisabled();
    await fireEvent.input(within(box).getByRole('textbox'), { target: { value: '6' } });
    await press('Enter');
    await waitFor(() => expect(deeds(core)[0]?.deed).toEqual({ kind: 'void' }));
    await waitFor(() => expect(did()).toHaveTextContent('6 张面单正在取消'));
    expect(within(did()).queryByText('撤销')).not.toBeInTheDocument();
  });

  it('chooses a carrier and prints the picking list', async () => {
    const core = await open();
    await ready();
    await press('k', { ctrlKey: true });
    await screen.findByRole('dialog', { name: '1 单发哪家' });
    await press('3');
    const deed = { kind: 'carrier', account: '顺丰-快递鸟' };
    await waitFor(() => expect(deeds(core)[0]?.deed).toEqual(deed));
    await press('j');
    await waitFor(() => expect(asked(core, 'print_picking')).toEqual([{ ids: [1] }]));
    expect(await screen.findByText('1 单的拣货单已发到 热敏 1 号')).toBeInTheDocument();
  });

  it('shows how far an order is, by time', async () => {
    await open({ ready: 3, busy: true });
    await press('4');
    const steps = await screen.findByTestId('steps');
    await waitFor(() => expect(steps).toHaveTextContent(/出纸 .*\d\d:\d\d 揽收/));
    expect(steps).toHaveTextContent('付款');
  });

  it('says when a parcel was handed over before its carrier does', async () => {
    const core = await open({ ready: 3, busy: true });
    await press('4');
    await waitFor(() => expect(screen.getByTestId('steps')).toHaveTextContent('揽收'));
    const [id] = [...core.kept.values()]
      .filter((kept) => kept.detail.row.state === 'printed')
      .map((kept) => kept.detail.row.id);
    const kept = core.kept.get(id ?? 0);
    if (!kept) throw new Error('a printed order');
    const line = { atMs: 1_795_240_000_000, event: 'handed_over', note: 'JJ1' };
    kept.detail = { ...kept.detail, history: [line, ...kept.detail.history] };
    core.say('changed');
    await waitFor(() => expect(screen.getByTestId('steps')).toHaveTextContent(/交接 ?\d/));
    expect(screen.getByTestId('steps')).not.toHaveTextContent('揽收');
  });
});
