import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { FakeCore } from '../../fake/core';
import { asked, open, openOn, press } from '../../test-desk';
import type { TrayFace } from '$lib/ipc.types';

async function settings() {
  const core = await open();
  await press(',', { ctrlKey: true });
  await screen.findByRole('textbox', { name: '工位名称' });
  return core;
}

function leaveField() {
  (document.activeElement as HTMLElement).blur();
}

const root = document.documentElement;

describe('the settings screen', () => {
  it('opens with Ctrl+, and says of each what it is for', async () => {
    await settings();
    const bench = screen.getByRole('textbox', { name: '工位名称' });
    expect(bench).toHaveValue('1 号台');
    expect(bench).toHaveAccessibleDescription(/打印机可以只接某个工位/);
    const keep = screen.getByRole('textbox', { name: '每天备份，保留' });
    expect(keep).toHaveAttribute('placeholder', '7');
    expect(screen.getByRole('switch', { name: '列表里遮住姓名' })).toBeChecked();
  });

  it('searches names, sentences, headings and keys', async () => {
    await settings();
    const search = screen.getByRole('searchbox', { name: '搜索设置' });
    expect(search).toHaveFocus();
    await fireEvent.input(search, { target: { value: '另一块盘' } });
    await waitFor(() => expect(screen.getAllByRole('textbox').length).toBe(2));
    expect(screen.getByRole('textbox', { name: '备份放在' })).toBeInTheDocument();
    await fireEvent.input(search, { target: { value: 'backup.keep' } });
    expect(await screen.findByRole('textbox', { name: '每天备份，保留' })).toBeInTheDocument();
    await fireEvent.input(search, { target: { value: '没有这个' } });
    expect(await screen.findByText(/没有设置与“没有这个”相符/)).toBeInTheDocument();
    search.blur();
    await press('Escape');
    expect(await screen.findByRole('textbox', { name: '工位名称' })).toBeInTheDocument();
  });

  it('takes a change at once and takes it back with Ctrl+Z', async () => {
    const core = await settings();
    const keep = screen.getByRole('textbox', { name: '每天备份，保留' });
    await fireEvent.change(keep, { target: { value: '14' } });
    await waitFor(() => expect(asked(core, 'change_settings')).toHaveLength(1));
    expect(asked(core, 'change_settings')[0]).toEqual({
      change: { kind: 'set', values: { 'backup.keep': '14' } },
    });
    expect(await screen.findByText(/已生效：每天备份/)).toBeInTheDocument();
    leaveField();
    await press('z', { ctrlKey: true });
    await waitFor(() => expect(asked(core, 'change_settings')).toHaveLength(2));
    expect(asked(core, 'change_settings')[1]).toEqual({
      change: { kind: 'set', values: { 'backup.keep': null } },
    });
    await waitFor(() => expect(keep).toHaveValue(''));
  });

  it('shows a refused value beside its field, and keeps what was typed', async () => {
    await settings();
    const keep = screen.getByRole('textbox', { name: '每天备份，保留' });
    await fireEvent.change(keep, { target: { value: '1000' } });
    expect(await screen.findByRole('alert')).toHaveTextContent('0–365');
    expect(keep).toHaveAttribute('aria-invalid', 'true');
    expect(keep).toHaveValue('1000');
    await fireEvent.change(keep, { target: { value: '' } });
    await waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument());
  });

  it('colours, scales and speaks at once, and keeps that for this computer', async () => {
    const core = await settings();
    await fireEvent.change(screen.getByRole('combobox', { name: '颜色' }), {
      target: { value: 'dark' },
    });
    await waitFor(() => expect(root.dataset.theme).toBe('dark'));
    await fireEvent.change(screen.getByRole('combobox', { name: '文字大小' }), {
      target: { value: '125' },
    });
    await waitFor(() => expect(root.style.getPropertyValue('--scale')).toBe('1.25'));
    await fireEvent.click(screen.getByRole('switch', { name: '减少动画' }));
    await waitFor(() => expect(root.dataset.still).toBe('true'));
    expect(core.house.prefs).toMatchObject({ theme: 'dark', scalePercent: 125, still: true });
    await fireEvent.change(screen.getByRole('combobox', { name: '语言' }), {
      target: { value: 'en' },
    });
    expect(await screen.findByRole('combobox', { name: 'Language' })).toHaveValue('en');
    leaveField();
    for (let n = 0; n < 4; n += 1) await press('z', { ctrlKey: true });
    await waitFor(() => expect(core.house.prefs.theme).toBe('light'));
    expect(root.dataset.theme).toBe('light');
  });

  it('says what another file would change before it does', async () => {
    const core = await settings();
    const input = screen.getByLabelText('导入', { selector: 'input' });
    const file = new File(['bench = "2"'], 'settings.toml');
    await fireEvent.change(input, { target: { files: [file] } });
    const dialog = await screen.findByRole('dialog', { name: '导入设置' });
    expect(within(dialog).getByRole('row', { name: /backup.keep 未设置 14/ })).toBeInTheDocument();
    expect(asked(core, 'change_settings')).toHaveLength(0);
    await press('Enter');
    await waitFor(() => expect(asked(core, 'change_settings')).toHaveLength(1));
    expect(asked(core, 'change_settings')[0]).toEqual({
      change: { kind: 'import', text: 'bench = "2"' },
    });
  });

  it('does not take a file with faults, and names them', async () => {
    const core = await settings();
    core.house.look = { changes: [], faults: '1|bench|wrong_type|text', secrets: [] };
    const input = screen.getByLabelText('导入', { selector: 'input' });
    await fireEvent.change(input, { target: { files: [new File(['x'], 'x.toml')] } });
    const dialog = await screen.findByRole('dialog', { name: '导入设置' });
    expect(within(dialog).getByRole('alert')).toHaveTextContent('不能用');
    await press('Enter');
    expect(asked(core, 'change_settings')).toHaveLength(0);
  });

  it('writes the settings into a file and says where', async () => {
    await settings();
    screen.getByRole('searchbox').blur();
    await press('e');
    expect(await screen.findByText(/已写入 .*packbench-settings/)).toBeInTheDocument();
  });

  it('lists the copies, makes one more, and says why one failed', async () => {
    const core = await open();
    core.house.backupFailed = 'disk full';
    await press(',', { ctrlKey: true });
    expect(await screen.findByRole('alert')).toHaveTextContent('disk full');
    const copies = screen.getByRole('list', { name: '备份' });
    expect(within(copies).getAllByRole('listitem')).toHaveLength(3);
    leaveField();
    await press('b');
    await waitFor(() => expect(screen.queryByRole('alert')).not.toBeInTheDocument());
    expect(asked(core, 'back_up')).toHaveLength(1);
    await press('d');
    expect(await screen.findByText(/诊断包已写入/)).toBeInTheDocument();
  });

  it('tells what needs a person once, and not where nobody wants it', async () => {
    const core = await open({ busy: true });
    core.printerState = 'paper_out';
    core.say('changed');
    const told = () => asked(core, 'notify').map((args) => args.text);
    await waitFor(() => expect(told()).toEqual(['热敏 1 号 缺纸']));
    core.change(1, { state: 'held', trouble: { code: 'order_held', action: 'none', fields: {} } });
    await waitFor(() => expect(told()).toEqual(['热敏 1 号 缺纸', '又有 1 单需要处理']));
    core.say('changed');
    await press(',', { ctrlKey: true });
    await fireEvent.click(await screen.findByRole('switch', { name: '系统通知' }));
    core.change(2, { state: 'held', trouble: { code: 'order_held', action: 'none', fields: {} } });
    await waitFor(() => expect(core.status().counts.attention).toBeGreaterThan(5));
    expect(told()).toHaveLength(2);
  });

  it('shows in the tray how much waits, and pauses from there', async () => {
    const core = await open({ busy: true });
    const faces = () => asked(core, 'show_tray').map((args) => args.face as TrayFace | null);
    await waitFor(() => expect(faces().at(-1)?.tip).toMatch(/待发货 \d+ · 待打印 \d+ · 需处理/));
    expect(faces().at(-1)?.items.map((item) => item.deed)).toEqual(['open', 'quit']);
    const shown = faces().length;
    core.say('changed');
    await waitFor(() => expect(asked(core, 'status').length).toBeGreaterThan(1));
    expect(faces()).toHaveLength(shown);
    const rest = { done: 64, attention: 0, stopped: 0, perMinute: 32, leftMs: 68_000 };
    core.batch = { id: 118, total: 100, numbered: 70, paused: false, ...rest };
    core.say('changed');
    await waitFor(() => expect(faces().at(-1)?.items[1]).toEqual({ deed: 'pause', label: '暂停批次' }));
    core.say('tray', 'pause');
    await waitFor(() => expect(asked(core, 'pause_batch')).toHaveLength(1));
    await waitFor(() => expect(faces().at(-1)?.items[1]?.deed).toBe('resume'));
    await press(',', { ctrlKey: true });
    await fireEvent.click(await screen.findByRole('switch', { name: '托盘图标' }));
    await waitFor(() => expect(faces().at(-1)).toBeNull());
  });

  it('says that there is a newer version until it is put away', async () => {
    const core = new FakeCore();
    core.house.newer = { version: '0.2.0', url: 'https://example.test/', notes: '更快' };
    await openOn(core);
    expect(await screen.findByText(/有新版本 0.2.0/)).toBeInTheDocument();
    await fireEvent.click(screen.getByRole('button', { name: '知道了' }));
    expect(screen.queryByText(/有新版本/)).not.toBeInTheDocument();
  });
});
