import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { watchIdle } from '$lib/idle';
import { FakeCore } from '../../fake/core';
import { troubleText } from '$lib/trouble';
import { asked, open, openOn, press, scan } from '../../test-desk';

async function manned(prepare: (core: FakeCore) => void = () => {}) {
  const core = new FakeCore();
  core.house.people.fill();
  prepare(core);
  await openOn(core);
  return core;
}

async function settings() {
  await press(',', { ctrlKey: true });
  await screen.findByRole('textbox', { name: '工位名称' });
  (document.activeElement as HTMLElement).blur();
}

async function type(label: RegExp, value: string) {
  const dialog = screen.getByRole('dialog');
  await fireEvent.input(within(dialog).getByLabelText(label), { target: { value } });
}

describe('people', () => {
  it('are not asked for while there are none, and the first one gets every right', async () => {
    const core = await open();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    await settings();
    expect(screen.getByText(/谁都可以做任何事/)).toBeInTheDocument();
    await press('n');
    const dialog = await screen.findByRole('dialog', { name: '添加操作员' });
    for (const box of within(dialog).getAllByRole('checkbox')) expect(box).toBeChecked();
    await type(/^姓名/, '张姐');
    await press('Enter', { ctrlKey: true });
    expect(await within(dialog).findByText('PIN 和工牌至少要有一个。')).toBeInTheDocument();
    await type(/^PIN/, '4711');
    scan('EMP-BOSS');
    await waitFor(() => expect(within(dialog).getByLabelText(/工牌条码/)).toHaveValue('EMP-BOSS'));
    expect(asked(core, 'scan')).toHaveLength(0);
    await press('Enter', { ctrlKey: true });
    // Nobody sits here yet: the window locks.
    expect(await screen.findByRole('dialog', { name: '已锁定' })).toBeInTheDocument();
  });

  it('unlock with a PIN, are told a wrong one, and lock with Ctrl+U', async () => {
    await manned((core) => (core.house.people.current = null));
    const lock = await screen.findByRole('dialog', { name: '已锁定' });
    const pin = within(lock).getByLabelText('PIN');
    await fireEvent.input(pin, { target: { value: '0000' } });
    await press('Enter');
    expect(await within(lock).findByText(/2 秒后可以再试/)).toBeInTheDocument();
    await fireEvent.input(pin, { target: { value: '4711' } });
    await press('Enter');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(screen.getByRole('button', { name: '张姐，锁定' })).toBeInTheDocument();
    await press('u', { ctrlKey: true });
    expect(await screen.findByRole('dialog', { name: '已锁定' })).toBeInTheDocument();
  });

  it('are not told to wait where there is no waiting', () => {
    const wrong = (wait_s: string) =>
      troubleText({ code: 'who_unknown', action: 'none', fields: { wait_s } });
    expect(wrong('0')).toBe('不是任何人的 PIN 或工牌。');
    expect(wrong('4')).toContain('4 秒后可以再试');
  });

  it('change at the bench by scanning a badge, which is no scan of a parcel', async () => {
    const core = await manned();
    scan('EMP-7');
    expect(await screen.findByText('现在是 小李')).toBeInTheDocument();
    expect(asked(core, 'scan')).toHaveLength(0);
    expect(screen.queryByText('EMP-7')).not.toBeInTheDocument();
    scan('WC-20938');
    await waitFor(() => expect(asked(core, 'scan')).toEqual([{ text: 'WC-20938' }]));
  });

  it('unlock with a badge, and other codes do nothing while it is locked', async () => {
    const core = await manned((fresh) => (fresh.house.people.current = null));
    await screen.findByRole('dialog', { name: '已锁定' });
    scan('WC-20938');
    scan('EMP-7');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(asked(core, 'scan')).toHaveLength(0);
  });

  it('are changed and removed; the last with the settings stays', async () => {
    const core = await manned();
    await settings();
    await fireEvent.click(screen.getByRole('button', { name: '修改 小李' }));
    await screen.findByRole('dialog', { name: '修改 小李' });
    await fireEvent.click(screen.getByRole('checkbox', { name: /作废面单/ }));
    await press('Enter', { ctrlKey: true });
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const form = { name: '小李', rights: ['void'], pin: null, badge: null };
    expect(asked(core, 'change_operators')).toEqual([{ change: { kind: 'set', id: 2, form } }]);
    await fireEvent.click(screen.getByRole('button', { name: '修改 张姐' }));
    const dialog = await screen.findByRole('dialog', { name: '修改 张姐' });
    await fireEvent.click(within(dialog).getByRole('checkbox', { name: /^设置/ }));
    await press('Enter', { ctrlKey: true });
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('至少要有一个人能改设置');
  });

  it('have what they did listed, searched by what it is called', async () => {
    const core = await manned();
    await settings();
    await press('w');
    expect(await screen.findByRole('row', { name: /小李 再次打印|小李 .*WC-20931/ })).toBeTruthy();
    const search = screen.getByRole('searchbox');
    await fireEvent.input(search, { target: { value: '改了设置' } });
    await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(2));
    expect(screen.getByRole('row', { name: /张姐 改了设置/ })).toBeInTheDocument();
    expect(asked(core, 'acts').at(-1)).toEqual({
      query: { search: '改了设置', whats: ['settings_changed'], beforeMs: null },
    });
    await fireEvent.input(search, { target: { value: '没有' } });
    expect(await screen.findByText('没有相符的记录。')).toBeInTheDocument();
  });

  it('lock by themselves after a while, and not before', () => {
    vi.useFakeTimers();
    const act = vi.fn();
    let waitMs = 0;
    const stop = watchIdle(() => waitMs, act);
    vi.advanceTimersByTime(3_600_000);
    expect(act).not.toHaveBeenCalled();
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
    waitMs = 60_000;
    vi.advanceTimersByTime(50_000);
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'a' }));
    vi.advanceTimersByTime(50_000);
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(15_000);
    expect(act).toHaveBeenCalledTimes(1);
    stop();
    vi.useRealTimers();
  });
});
