import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { ScaleState } from '$lib/ipc.types';
import { asked, open, press, scan } from '../../test-desk';

const region = (name: string) => screen.getByRole('region', { name });

describe('weighing', () => {
  const weigh = () => region('称重出库');

  async function begin() {
    const core = await open({ ready: 3, busy: true });
    await press('2', { ctrlKey: true });
    await press('w');
    await waitFor(() => expect(weigh()).toHaveTextContent('包裹放上秤，扫描面单'));
    return { core, row: core.detail(5).row };
  }

  async function lay(weightG: number) {
    for (const digit of String(weightG)) await press(digit);
    await press('Enter');
    const kg = (weightG / 1000).toFixed(3);
    await waitFor(() => expect(weigh()).toHaveTextContent(`${kg} kg`));
  }

  it('keeps what lies on the practice scale, with the band it lies in', async () => {
    const { row } = await begin();
    await lay(row.weightG ?? 0);
    scan(row.waybillNo ?? '');
    await waitFor(() => expect(weigh()).toHaveTextContent('已称重，可以出库'));
    expect(weigh()).toHaveAttribute('data-mood', 'good');
    expect(weigh()).toHaveTextContent(/应为 .* kg，允许 .* kg – .* kg/);
  });

  it('asks about a weight outside the band, and keeps it with a reason', async () => {
    const { core, row } = await begin();
    await lay((row.weightG ?? 0) + 400);
    scan(row.waybillNo ?? '');
    await waitFor(() => expect(weigh()).toHaveTextContent('重量不对，要确认'));
    expect(weigh()).toHaveAttribute('data-mood', 'doubt');
    await press('F8');
    const box = await screen.findByRole('dialog', { name: /仍要出库/ });
    await press('Enter');
    expect(asked(core, 'keep_weight')).toEqual([]);
    const field = within(box).getByLabelText(/原因/) as HTMLInputElement;
    field.value = '加了赠品';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await press('Enter');
    const code = row.waybillNo;
    await waitFor(() => expect(asked(core, 'keep_weight')).toEqual([{ code, why: '加了赠品' }]));
    await waitFor(() => expect(weigh()).toHaveTextContent('已称重，可以出库'));
  });

  it.each([
    ['空秤', 'empty', '秤上没有包裹'],
    ['未稳定', 'moving', '重量还没稳定'],
  ])('says that it does not believe a scale: %s', async (shown, state, said) => {
    const { core, row } = await begin();
    const scale = core.bench.goods.scale;
    core.bench.goods.scale = scale && { ...scale, state: state as ScaleState, weightG: 730 };
    await waitFor(() => expect(screen.getByText('电子秤')).toHaveTextContent(shown));
    scan(row.waybillNo ?? '');
    await waitFor(() => expect(weigh()).toHaveTextContent(said));
    expect(weigh()).toHaveAttribute('data-mood', 'wrong');
  });

  it('says what an order without a label is', async () => {
    const { core } = await begin();
    scan(core.detail(1).row.orderNo);
    expect(await screen.findAllByText('还没有面单，没有打印')).not.toHaveLength(0);
  });
});

describe('handing over', () => {
  const hand = () => region('交接');

  async function begin() {
    const core = await open({ ready: 3, busy: true });
    await press('2', { ctrlKey: true });
    await press('h');
    await waitFor(() => expect(hand()).toHaveTextContent('下一个包裹决定快递'));
    const rows = [...core.kept.values()].map((kept) => kept.detail.row);
    const printed = rows.filter((row) => row.state === 'printed');
    const [first] = printed;
    if (!first) throw new Error('nothing printed');
    const own = printed.filter((row) => row.account === first.account);
    const other = printed.find((row) => row.account !== first.account);
    return { core, own, other };
  }

  it('collects, refuses others, says twice once, lists what is missing', async () => {
    const { core, own, other } = await begin();
    scan(own[0]?.waybillNo ?? '');
    await waitFor(() => expect(hand()).toHaveTextContent('已上交接单'));
    expect(hand()).toHaveTextContent('1 件');
    const { missingCount } = core.bench.goods.manifest();
    expect(missingCount).toBeGreaterThan(1);
    expect(hand()).toHaveTextContent(new RegExp(`已打印、没扫到\\s*${missingCount}`));
    expect(hand()).toHaveTextContent(own[1]?.waybillNo ?? '');
    scan(own[0]?.waybillNo ?? '');
    await waitFor(() => expect(hand()).toHaveTextContent('已经在交接单上'));
    expect(hand()).toHaveAttribute('data-mood', 'doubt');
    scan(other?.waybillNo ?? '');
    await waitFor(() => expect(hand()).toHaveTextContent('不要交'));
    expect(hand()).toHaveAttribute('data-mood', 'wrong');
    expect(hand()).toHaveTextContent(`包裹是 ${other?.account} 的`);
    expect(hand()).toHaveTextContent('1 件');
  });

  it('takes the last one off again, and closes with its sheet', async () => {
    const { core, own } = await begin();
    scan(own[0]?.waybillNo ?? '');
    scan(own[1]?.waybillNo ?? '');
    await waitFor(() => expect(hand()).toHaveTextContent('2 件'));
    await press('Backspace');
    const no = own[1]?.waybillNo;
    await waitFor(() => expect(asked(core, 'take_off')).toEqual([{ no }]));
    await waitFor(() => expect(hand()).toHaveTextContent('1 件'));
    await press('F9');
    await waitFor(() => expect(asked(core, 'print_manifest')).toEqual([{ id: 1 }]));
    expect(await screen.findByText(/交接单 JJ20261122-1 已关闭：1 件/)).toBeInTheDocument();
    // The next one begins: no number, and none is made up.
    expect(hand()).not.toHaveTextContent(/·\s*·|·\s*交接完成/);
    scan('WC-00000');
    await waitFor(() => expect(hand()).toHaveTextContent('WC-00000'));
    scan(own[0]?.waybillNo ?? '');
    await waitFor(() => expect(hand()).toHaveTextContent('已经交接过'));
    await press('f');
    const box = await screen.findByRole('dialog', { name: '已交接的交接单' });
    await waitFor(() => expect(within(box).getAllByRole('listitem')).toHaveLength(1));
    expect(box).toHaveTextContent('JJ20261122-1');
  });
});
