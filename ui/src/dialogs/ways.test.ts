import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { trouble } from '../fake/rules';
import { flat } from '../fake/tariffs';
import { asked, lines, open, press } from '../test-desk';

async function waiting() {
  const core = await open();
  await waitFor(() => expect(lines().length).toBeGreaterThan(5));
  await waitFor(() => expect(screen.getByTestId('pane')).toHaveTextContent('WC-20938'));
  return core;
}

describe('comparing carriers', () => {
  it('shows each account with price and days, and one key sends the order by it', async () => {
    const core = await waiting();
    await press('F10');
    const dialog = await screen.findByRole('dialog', { name: '比价选快递' });
    await waitFor(() => expect(within(dialog).getAllByRole('listitem')).toHaveLength(5));
    const told = within(dialog).getAllByRole('listitem');
    expect(told[0]).toHaveTextContent(/圆通-快递鸟.*默认.*2 天.*¥4.80/);
    expect(told[2]).toHaveTextContent(/顺丰.*1 天.*¥18.00.*预计 2026-11-22 18:00:00 到/);
    expect(told[4]).toHaveTextContent('不到这个地址：收件地址超出派送范围');
    expect(dialog).toHaveTextContent('JTSD ¥4.50 · YD ¥4.60');
    expect(asked(core, 'ship')).toEqual([]);
    await press('3');
    await waitFor(() => expect(asked(core, 'ship')).toHaveLength(1));
    expect(asked(core, 'ship')[0]).toEqual({
      req: { ids: [1], account: '顺丰', printer: null, print: true },
    });
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  it('shows what was agreed with the outlet before what the carrier says', async () => {
    const core = await waiting();
    core.house.tariffs.kept.set('圆通-快递鸟', [flat(350)]);
    core.change(1, { weightG: 480 });
    await press('F10');
    const dialog = await screen.findByRole('dialog', { name: '比价选快递' });
    await waitFor(() => expect(within(dialog).getAllByRole('listitem')).toHaveLength(5));
    const [first, second] = within(dialog).getAllByRole('listitem');
    expect(first).toHaveTextContent(/¥3.50.*按价目估算 · 快递报价 ¥4.80/);
    expect(second).not.toHaveTextContent('按价目估算');
    expect(dialog).toHaveTextContent('有价目的按价目估算');
  });

  it('closes and says why when nothing could be asked', async () => {
    const core = await waiting();
    core.failing.set('offers', trouble('internal', 'retry', { why: 'no' }));
    await press('F10');
    await waitFor(() => expect(asked(core, 'offers')).toHaveLength(1));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(screen.getByRole('alert')).toBeInTheDocument();
  });

  it('is not offered for an order that has its number', async () => {
    const core = await open({ ready: 1, busy: true });
    await waitFor(() => expect(lines().length).toBeGreaterThan(0));
    await press('4');
    await waitFor(() => expect(screen.getByTestId('pane')).toHaveTextContent('已打印'));
    await press('F10');
    expect(asked(core, 'offers')).toEqual([]);
  });
});

describe('a parcel on its way', () => {
  it('is asked after at once by one key', async () => {
    const core = await open({ ready: 1, busy: true });
    await waitFor(() => expect(lines().length).toBeGreaterThan(0));
    await press('4');
    await screen.findByRole('region', { name: '物流' });
    await press('F5');
    await waitFor(() => expect(asked(core, 'track_now')).toHaveLength(1));
  });
});

describe('a whole address', () => {
  it('is sent away only after it was said so, and fills what was found', async () => {
    const core = await waiting();
    await press('e');
    const dialog = await screen.findByRole('dialog');
    await fireEvent.click(await within(dialog).findByText('粘贴整段收件信息…'));
    expect(dialog).toHaveTextContent('这段文字会发给对方，按次收费。');
    expect(asked(core, 'split_address')).toEqual([]);
    const text = '李四 17000000001-1234 北京市朝阳区样例街 2 号';
    await fireEvent.input(within(dialog).getByRole('textbox', { name: '整段收件信息' }), {
      target: { value: text },
    });
    await fireEvent.click(within(dialog).getByText('请 圆通-快递鸟 拆开'));
    await waitFor(() =>
      expect(asked(core, 'split_address')).toEqual([{ account: '圆通-快递鸟', text }]),
    );
    await waitFor(() => expect(within(dialog).getByLabelText('收件人')).toHaveValue('李四'));
    expect(within(dialog).getByLabelText(/区/)).toHaveValue('朝阳区');
  });
});
