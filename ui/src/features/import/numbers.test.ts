import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { FakeCore } from '../../fake/core';
import { asked, openOn, press } from '../../test-desk';

const NOW = new Date('2026-11-21T10:04:00').getTime();

async function numbers(prepare: (core: FakeCore) => void = (core) => core.work()) {
  const core = new FakeCore({ nowMs: NOW });
  prepare(core);
  await openOn(core);
  await press('3', { ctrlKey: true });
  return { core, part: await screen.findByRole('region', { name: '单号回填店铺' }) };
}

describe('numbers for the shops', () => {
  it('are waiting by shop, and one key writes the file of who waits longest', async () => {
    const { core, part } = await numbers();
    const first = within(part).getByText('拾光家居旗舰店').closest('li')!;
    expect(first).toHaveTextContent('186 单未回填');
    expect(first).toHaveTextContent('212 单 · numbers-拾光家居旗舰店');
    expect(within(part).getByText('没有店铺的订单')).toBeInTheDocument();
    await press('w');
    await waitFor(() => expect(asked(core, 'tell_shop')).toEqual([{ shop: '拾光家居旗舰店' }]));
    const note = await screen.findByText(/^已写 186 单：~\/packbench\/numbers\/numbers-/);
    expect(note).toBeInTheDocument();
    await waitFor(() => expect(first).toHaveTextContent('全部已回填'));
    await press('w');
    await waitFor(() => expect(asked(core, 'tell_shop')).toHaveLength(2));
    expect(asked(core, 'tell_shop')[1]).toEqual({ shop: '拾光抖音小店' });
  });

  it('are written once more, and put back after a question', async () => {
    const { core, part } = await numbers();
    await press('h');
    const list = await within(part).findByRole('list', { name: '写过的文件' });
    await fireEvent.click(within(list).getByRole('button', { name: '再写一份' }));
    await waitFor(() => expect(asked(core, 'tell_again')).toEqual([{ id: 1 }]));
    expect(await within(list).findByText('写过 2 份')).toBeInTheDocument();
    await fireEvent.click(within(list).getByRole('button', { name: '店铺没收下' }));
    expect(asked(core, 'tell_back')).toEqual([]);
    await fireEvent.click(within(list).getByRole('button', { name: '重新回填' }));
    await waitFor(() => expect(asked(core, 'tell_back')).toEqual([{ id: 1 }]));
    expect(await within(list).findByText('已撤回')).toBeInTheDocument();
    expect(within(part).getByText('398 单未回填')).toBeInTheDocument();
  });

  it('say which old number a shop still knows, until somebody put it right', async () => {
    const { core, part } = await numbers();
    const alert = within(part).getByRole('alert');
    expect(alert).toHaveTextContent('YT8800100200317');
    expect(alert).toHaveTextContent('YT8800100200911');
    await fireEvent.click(within(alert).getByRole('button', { name: '店铺里已改好' }));
    await waitFor(() => expect(alert).not.toBeInTheDocument());
    expect(asked(core, 'settle_number')).toEqual([{ id: 3, no: 'YT8800100200317' }]);
  });

  it('are nobody’s in practice', async () => {
    const { part } = await numbers(() => undefined);
    expect(part).toHaveTextContent('练习模式不给任何店铺回填单号。');
    expect(within(part).queryByRole('button')).not.toBeInTheDocument();
  });

  it('say over every screen why a file could not be written', async () => {
    const { core } = await numbers();
    const fields = { path: '/mnt/x/numbers.csv', why: 'No such file' };
    core.tellFailed = { code: 'numbers_unwritten', action: 'retry', fields };
    core.say('changed');
    await press('1', { ctrlKey: true });
    const said = await screen.findByText(/回填文件写不到 \/mnt\/x\/numbers.csv/);
    expect(said.closest('[role="alert"]')).toBeInTheDocument();
  });

  it('stand in the order’s line of times with their file', async () => {
    const core = new FakeCore({ nowMs: NOW, ready: 1 });
    core.work();
    const [kept] = core.kept.values();
    kept!.detail = { ...kept!.detail, told: { atMs: NOW - 60_000, file: 'numbers-1.csv' } };
    await openOn(core);
    await press('ArrowDown');
    const steps = await screen.findByTestId('steps');
    await waitFor(() => expect(steps).toHaveTextContent(/回填 ?.*10:03/));
    expect(within(steps).getByTitle('numbers-1.csv')).toBeInTheDocument();
  });
});
