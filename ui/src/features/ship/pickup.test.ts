import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { PickupRequest } from '$lib/ipc.types';
import { booking } from '../../fake/pickups';
import { asked, lines, open, press } from '../../test-desk';

describe('couriers', () => {
  it('are sent for from the waiting list, one for each of what is ticked', async () => {
    const core = await open();
    await waitFor(() => expect(lines().length).toBeGreaterThan(5));
    await screen.findByRole('button', { name: /约快递员/ });
    for (const key of [' ', 'ArrowDown', ' ']) await press(key);
    await press('F9', { shiftKey: true });
    const dialog = await screen.findByRole('dialog', { name: /约快递员上门取件/ });
    expect(dialog).toHaveTextContent('2 单');
    await within(dialog).findByText('圆通-快递鸟');
    await press('2');
    await press('Enter');
    await waitFor(() => expect(asked(core, 'book_pickups')).toHaveLength(1));
    const { req } = asked(core, 'book_pickups')[0] as { req: PickupRequest };
    expect(req).toMatchObject({ ids: [1, 2], way: 'send', account: '圆通-快递鸟', carrier: '' });
    expect(req.window).toEqual(core.accounts.pickups.offers[0]?.windows[1]);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  it('keep the question open for what cannot be booked, and say why', async () => {
    const core = await open();
    await waitFor(() => expect(lines().length).toBeGreaterThan(5));
    const fault = { code: 'weight_missing' as const, field: 'weight', what: '' };
    core.accounts.pickups.held = [{ id: 1, orderNo: 'WC-20938', faults: [fault] }];
    await screen.findByRole('button', { name: /约快递员/ });
    await press('F9', { shiftKey: true });
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText('圆通-快递鸟');
    await press('Enter');
    await waitFor(() => expect(dialog).toHaveTextContent('1 单没有约'));
    expect(dialog).toHaveTextContent('WC-20938');
    expect(dialog).toHaveTextContent('重量');
  });

  it('are nowhere offered where no account sends any', async () => {
    const core = await open();
    core.accounts.pickups.offers = [];
    await press('2');
    await press('1');
    await waitFor(() => expect(lines().length).toBeGreaterThan(5));
    expect(screen.queryByRole('button', { name: /约快递员/ })).not.toBeInTheDocument();
  });

  it('stand with the order: who comes, the code, the charge; and can be called off', async () => {
    const core = await open();
    const first = core.kept.get(1);
    const fees = { carriageFen: 1450, firstFen: 700, furtherFen: 700, insuredFen: 0 };
    const rest = { packingFen: 200, oversizeFen: 0, otherFen: 0, totalFen: 1650, weightG: 3400 };
    const charge = { fees: { ...fees, ...rest }, feesDiffer: true };
    if (first) first.detail = { ...first.detail, pickups: [booking(charge)] };
    core.say('changed');
    const region = await screen.findByRole('region', { name: '上门取件' });
    for (const text of ['王五', '13700000003', '1234', '16.50', '不符', '已约']) {
      expect(region).toHaveTextContent(text);
    }
    await fireEvent.click(within(region).getByRole('button', { name: '取消取件' }));
    await screen.findByRole('dialog', { name: /取消取件/ });
    await press('Enter');
    const act = { kind: 'call_off', why: '不寄了' };
    await waitFor(() => expect(asked(core, 'act_on_pickup')).toEqual([{ id: 1, act }]));
  });

  it('in doubt are settled by who found out', async () => {
    const core = await open();
    const first = core.kept.get(1);
    const doubt = booking({ state: 'unknown', courier: null, no: '' });
    if (first) first.detail = { ...first.detail, pickups: [doubt] };
    core.say('changed');
    const region = await screen.findByRole('region', { name: '上门取件' });
    expect(region).toHaveTextContent('结果不明');
    await fireEvent.click(within(region).getByRole('button', { name: '没有约上' }));
    const act = { kind: 'settle', comes: false };
    await waitFor(() => expect(asked(core, 'act_on_pickup')).toEqual([{ id: 1, act }]));
  });
});
