import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { FakeCore } from '../../fake/core';
import { list } from '../../fake/tariffs';
import { asked, openOn, press } from '../../test-desk';
import { USUAL, fieldAt, isBlank, lineOf, rowOf } from './tariffs';

describe('a row of a price list', () => {
  it('is typed in kilograms and yuan, and comes back as it was', () => {
    for (const row of list()) {
      const { row: back, wrong } = rowOf(lineOf(row));
      expect(wrong).toEqual([]);
      const provinces = back.provinces.flatMap((text) => text.split(' '));
      expect({ ...back, provinces }).toEqual(row);
    }
    const [near] = list().map(lineOf);
    expect(near).toEqual({
      ...{ provinces: '浙江 江苏 上海 安徽', steps: '0.3=2.3 0.5=2.6', divisor: '8000' },
      ...{ firstKg: '1', firstYuan: '3', nextKg: '1', nextYuan: '1' },
    });
  });

  it('marks what is no number, and leaves what is empty', () => {
    const typed = { ...USUAL, firstYuan: '三块', nextYuan: '1.255', divisor: '-1', steps: '0.5' };
    expect(rowOf(typed).wrong.sort()).toEqual(['divisor', 'firstYuan', 'nextYuan', 'steps']);
    expect(rowOf({ ...USUAL, steps: '0.5：2.6，1=3' }).row).toEqual({
      ...{ provinces: [], firstG: null, firstFen: null, nextG: null, nextFen: null },
      steps: [
        { uptoG: 500, fen: 260 },
        { uptoG: 1000, fen: 300 },
      ],
      volumeDivisor: null,
    });
    expect(isBlank(USUAL)).toBe(true);
    expect(isBlank({ ...USUAL, nextYuan: '1' })).toBe(false);
  });

  it('is found by what the core says of it', () => {
    expect(fieldAt('row[2].first_fen')).toEqual({ row: 1, field: 'firstYuan' });
    expect(fieldAt('carrier[1].name')).toBeUndefined();
  });
});

async function settings(some: boolean) {
  const core = new FakeCore({ nowMs: new Date('2026-11-21T10:04:00').getTime() });
  if (some) core.house.tariffs.kept.set('圆通-快递鸟', list());
  await openOn(core);
  await press(',', { ctrlKey: true });
  await screen.findByRole('heading', { name: '运费价目' });
  await screen.findByRole('button', { name: '圆通-快递鸟 的运费价目' });
  (document.activeElement as HTMLElement).blur();
  return core;
}

const cell = (name: string) => within(screen.getByRole('dialog')).getByLabelText(name);
const type = (name: string, value: string) =>
  fireEvent.input(cell(name), { target: { value } });
const change = (core: FakeCore) => asked(core, 'change_tariffs').at(-1)?.change;

describe('price lists', () => {
  it('are told account by account, and opened with T', async () => {
    await settings(true);
    const lines = within(screen.getByRole('list', { name: '运费价目' })).getAllByRole('listitem');
    expect(lines[0]).toHaveTextContent('7 个省 · 其余省份');
    expect(lines[1]).toHaveTextContent('还没有价目');
    await press('t');
    await screen.findByRole('dialog', { name: '圆通-快递鸟 的运费价目' });
    expect(cell('第 2 行 省份')).toHaveValue('新疆 西藏 内蒙古');
    expect(cell('第 3 行 续重 元')).toHaveValue('1.5');
  });

  it('are typed by keys alone: rows come, go and are walked through', async () => {
    const core = await settings(false);
    await press('t');
    await screen.findByRole('dialog');
    await type('第 1 行 省份', '江浙沪');
    await type('第 1 行 首重 元', '3');
    await type('第 1 行 续重 元', '1');
    await press('F8');
    await waitFor(() => expect(cell('第 2 行 省份')).toHaveFocus());
    await press('F8');
    await waitFor(() => expect(cell('第 3 行 省份')).toHaveFocus());
    await press('Delete', { ctrlKey: true });
    await waitFor(() => expect(cell('第 2 行 省份')).toHaveFocus());
    await press('ArrowUp');
    await waitFor(() => expect(cell('第 1 行 省份')).toHaveFocus());
    await press('Enter', { ctrlKey: true });
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const kg = { firstG: 1000, nextG: 1000, steps: [], volumeDivisor: null };
    expect(change(core)).toEqual({
      account: '圆通-快递鸟',
      rows: [{ ...kg, provinces: ['江浙沪'], firstFen: 300, nextFen: 100 }],
    });
    expect(screen.getByRole('list', { name: '运费价目' })).toHaveTextContent('1 个省');
  });

  it('say at which row what is wrong, before and after the core was asked', async () => {
    const core = await settings(true);
    await press('t');
    const dialog = await screen.findByRole('dialog');
    await type('第 1 行 首重 元', '三块');
    await press('Enter', { ctrlKey: true });
    const alert = () => within(dialog).findByRole('alert');
    expect(await alert()).toHaveTextContent('第 1 行 首重 元：不是数字');
    expect(asked(core, 'change_tariffs')).toEqual([]);
    await type('第 1 行 首重 元', '3');
    await type('第 2 行 省份', '浙红');
    await press('Enter', { ctrlKey: true });
    await waitFor(() => expect(cell('第 2 行 省份')).toHaveAttribute('aria-invalid', 'true'));
    expect(await alert()).toHaveTextContent('第 2 行 省份：没有这个省份：浙红 ≈ 浙江省');
    expect(cell('第 2 行 省份')).toHaveFocus();
  });

  it('are pasted out of a spreadsheet, and what was not read is told', async () => {
    const core = await settings(true);
    await press('t');
    const dialog = await screen.findByRole('dialog');
    const paste = within(dialog).getByLabelText(/从 Excel 或聊天里复制/);
    expect(paste).toHaveFocus();
    await fireEvent.input(paste, { target: { value: '浙江\t3\t1\n江苏\t三块\t1\n' } });
    await waitFor(() => expect(dialog).toHaveTextContent('第 2 行没读：不是金额：三块'));
    expect(dialog).toHaveTextContent('读到 1 行');
    expect(dialog).not.toHaveTextContent('还有');
    expect(cell('第 1 行 省份')).toHaveValue('浙江');
    expect(within(dialog).queryByLabelText('第 2 行 省份')).not.toBeInTheDocument();
    await press('Enter', { ctrlKey: true });
    await waitFor(() => expect(change(core)).toMatchObject({ rows: [{ firstFen: 300 }] }));
  });

  it('do not tell every line of another table', async () => {
    await settings(false);
    await press('t');
    const dialog = await screen.findByRole('dialog');
    const value = '名字\t电话\t地址\n'.repeat(40);
    await fireEvent.input(within(dialog).getByRole('textbox', { name: /从 Excel/ }), {
      target: { value },
    });
    await waitFor(() => expect(dialog).toHaveTextContent('还有 35 行没读'));
  });

  it('go when nothing is left in them', async () => {
    const core = await settings(true);
    await press('t');
    await screen.findByRole('dialog');
    for (const n of [3, 2, 1]) {
      await fireEvent.click(screen.getByRole('button', { name: `删掉第 ${n} 行` }));
    }
    await press('Enter', { ctrlKey: true });
    await waitFor(() => expect(change(core)).toEqual({ account: '圆通-快递鸟', rows: [] }));
  });

  it('are found by the search of the settings', async () => {
    await settings(false);
    const search = screen.getByRole('searchbox');
    await fireEvent.input(search, { target: { value: '首重' } });
    expect(screen.getByRole('heading', { name: '运费价目' })).toBeInTheDocument();
    await fireEvent.input(search, { target: { value: '音量' } });
    expect(screen.queryByRole('heading', { name: '运费价目' })).not.toBeInTheDocument();
  });
});
