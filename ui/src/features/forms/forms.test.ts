import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { FormSave } from '$lib/ipc.types';
import { begun } from '../../fake/forms';
import { asked, open, press } from '../../test-desk';
import { dots, kept, micrometres, placed, rectOf, room, stretched } from './editing.svelte';
import { faultText, saysText, usesText } from './words';

const FREE = { x: 10, y: 20, width: 100, height: 60 };

describe('a place on the dots', () => {
  it('stays on its dots whatever the head', () => {
    for (const head of [8000, 11811, 12000]) {
      for (let count = 0; count < 2000; count += 1) {
        expect(dots(micrometres(count, head), head)).toBe(count);
      }
    }
    const element = begun('76x130').elements[0]!;
    const rect = { x: 31, y: 733, width: 77, height: 41 };
    for (const head of [8000, 11811, 12000]) {
      expect(rectOf(placed(element, rect, head), head)).toEqual(rect);
    }
  });

  it('never leaves the free area', () => {
    const rect = { x: 12, y: 22, width: 30, height: 10 };
    expect(kept({ ...rect, x: -5 }, FREE)).toEqual({ ...rect, x: 10 });
    expect(kept({ ...rect, x: 500, y: 500 }, FREE)).toEqual({ ...rect, x: 80, y: 70 });
    expect(kept({ ...rect, width: 900 }, FREE)).toMatchObject({ x: 10, width: 100 });
    expect(stretched(rect, 500, -500, FREE)).toEqual({ ...rect, width: 98, height: 8 });
  });

  it('is found where nothing lies, if there is room', () => {
    const size = { x: 0, y: 0, width: 40, height: 20 };
    const taken = [{ x: 10, y: 20, width: 60, height: 30 }];
    expect(room(size, taken, FREE)).toMatchObject({ x: 70, y: 20 });
    expect(room(size, [FREE], FREE)).toBeUndefined();
  });
});

describe('words', () => {
  it('name fields, uses and faults', () => {
    const [goods, code] = begun('76x130').elements;
    expect(saysText(goods!)).toBe('内件 〔商品〕');
    expect(saysText(code!)).toBe('Data Matrix 〔订单号〕');
    const card = { name: 'a', paper: '76x130', used: true, shops: [], faults: [] };
    expect(usesText(card)).toBe('所有店铺');
    expect(usesText({ ...card, shops: ['甲', '乙'] })).toBe('甲 · 乙');
    expect(usesText({ ...card, used: false })).toBe('未使用');
    const fault = { element: 0, key: 'x_mm', why: 'form_overlaps', what: '店标' };
    expect(faultText(fault)).toBe('与“店标”重叠');
  });
});

async function forms() {
  const core = await open();
  await press('5', { ctrlKey: true });
  await screen.findByRole('heading', { name: '店铺面单' });
  return core;
}

async function fresh() {
  const core = await forms();
  await screen.findByText('还没有店铺面单');
  await press('n');
  await screen.findByRole('option', { name: /商品/ });
  await waitFor(() => expect(screen.getByTestId('form-canvas')).toBeInTheDocument());
  await waitFor(() => expect(asked(core, 'form_png').length).toBeGreaterThan(0));
  return core;
}

const rows = () => within(screen.getByRole('listbox')).getAllByRole('option');
const field = (label: RegExp) => screen.getByLabelText(label);
const save = () => screen.getByRole('button', { name: /^保存/ });

function lastSaved(saves: Record<string, unknown>[]): FormSave {
  return saves.at(-1)?.save as FormSave;
}

describe('the form editor', () => {
  it('moves and stretches by dots, by keys alone, and takes each step back', async () => {
    const core = await fresh();
    await waitFor(() => expect(save()).toBeEnabled());
    await press('PageDown');
    expect(rows()[1]).toHaveAttribute('aria-selected', 'true');
    await press('ArrowLeft');
    await press('ArrowLeft', { shiftKey: true });
    await press('ArrowUp', { ctrlKey: true, shiftKey: true });
    await press('F9');
    await waitFor(() => expect(asked(core, 'form_save')).toHaveLength(1));
    const was = begun('76x130').elements[1]!;
    const is = lastSaved(asked(core, 'form_save')).doc.elements[1]!;
    // 11 dots to the left, 10 dots less high, at 8 dots a millimetre.
    expect(is).toMatchObject({ xUm: was.xUm - 1_375, heightUm: was.heightUm - 1_250 });
    expect(lastSaved(asked(core, 'form_save'))).toMatchObject({ was: null, used: true, shops: [] });
    await screen.findByRole('option', { name: /我的面单/ });
  });

  it('adds text, code and picture, undoes and redoes', async () => {
    const core = await fresh();
    await press('t');
    await waitFor(() => expect(rows()).toHaveLength(3));
    await fireEvent.input(field(/^写什么/), { target: { value: '谢谢 ' } });
    await fireEvent.click(screen.getByRole('button', { name: '店铺' }));
    expect(field(/^写什么/)).toHaveValue('谢谢 {shop}');
    (document.activeElement as HTMLElement | null)?.blur();
    await press('b');
    await waitFor(() => expect(rows()).toHaveLength(4));
    const input = screen.getByLabelText('加图片', { selector: 'input' });
    await fireEvent.change(input, { target: { files: [new File(['x'], 'logo.png')] } });
    await waitFor(() => expect(rows()).toHaveLength(5));
    expect(rows()[4]).toHaveTextContent('logo.png');
    for (const count of [4, 3]) {
      await press('z', { ctrlKey: true });
      await waitFor(() => expect(rows()).toHaveLength(count));
    }
    await press('y', { ctrlKey: true });
    await waitFor(() => expect(rows()).toHaveLength(4));
    await press('Delete');
    await waitFor(() => expect(rows()).toHaveLength(3));
    expect(asked(core, 'form_open')).toHaveLength(1);
  });

  it('shows what overlaps in red and does not save it', async () => {
    const core = await fresh();
    await press('PageDown');
    for (let n = 0; n < 4; n += 1) await press('ArrowUp', { shiftKey: true });
    await waitFor(() => expect(rows()[1]).toHaveClass('wrong'));
    expect(await screen.findByRole('alert')).toHaveTextContent('与“商品”重叠');
    await waitFor(() => expect(save()).toBeDisabled());
    await press('F9');
    expect(asked(core, 'form_save')).toEqual([]);
    await press('z', { ctrlKey: true });
    await waitFor(() => expect(save()).toBeEnabled());
  });

  it('says who uses it, keeps its name unique, and asks before changes are lost', async () => {
    const core = await fresh();
    await fireEvent.change(field(/^哪些店铺用/), { target: { value: '拾光文具' } });
    await press('F9');
    await screen.findByRole('option', { name: /拾光文具/ });
    await press('n');
    await screen.findByRole('option', { name: /商品/ });
    await fireEvent.input(field(/^面单名称/), { target: { value: '我的面单' } });
    await waitFor(() => expect(save()).toBeEnabled());
    await press('F9');
    await waitFor(() => expect(field(/^面单名称/)).toHaveAccessibleDescription(/重复/));
    await press('Escape');
    await screen.findByRole('dialog', { name: '不保存就离开' });
    await press('Enter');
    const card = await screen.findByRole('option', { name: /我的面单/ });
    expect(card).toHaveTextContent('使用中');
    await press('Delete');
    await screen.findByRole('dialog', { name: '删除' });
    await press('Enter');
    await screen.findByText('还没有店铺面单');
    expect(asked(core, 'form_remove')).toEqual([{ name: '我的面单' }]);
  });

  it('begins anew on another paper, once it is chosen, and no more when it is kept', async () => {
    const core = await fresh();
    await fireEvent.change(field(/^纸张/), { target: { value: '100x150' } });
    await screen.findByText('100 × 150 mm', { selector: 'span' });
    await waitFor(() => expect(save()).toBeEnabled());
    await press('F9');
    await screen.findByRole('option', { name: /100 × 150 mm/ });
    expect(lastSaved(asked(core, 'form_save')).doc.paper).toBe('100x150');
    await press('F9');
    await screen.findByRole('option', { name: /商品/ });
    expect(screen.queryByLabelText(/^纸张/)).not.toBeInTheDocument();
  });

  it('opens a form file together with its pictures', async () => {
    const core = await forms();
    await screen.findByText('还没有店铺面单');
    const files = [new File(['x'], 'spring.toml'), new File(['x'], 'logo.png')];
    await fireEvent.change(screen.getByLabelText('打开面单文件', { selector: 'input' }), {
      target: { files },
    });
    await screen.findByRole('heading', { name: 'spring' });
    const names = asked(core, 'form_open').map((args) => args['x-file-name']);
    expect(names, 'pictures first').toEqual(['logo.png', 'spring.toml']);
  });
});
