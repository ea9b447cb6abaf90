import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { OrderDraft } from '$lib/ipc.types';
import { asked, open, press, scan } from '../test-desk';

const CHAT = '林小满 13800000921 浙江省 杭州市 余杭区 文一西路 969 号';

async function openForm() {
  const core = await open({ ready: 3 });
  await press('n', { ctrlKey: true });
  const form = await screen.findByRole('dialog', { name: '录一单' });
  return { core, form, paste: within(form).getByLabelText('粘贴收件信息') };
}

const type = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } });

async function filled() {
  const found = await openForm();
  await type(found.paste, CHAT);
  await waitFor(() => expect(within(found.form).getByLabelText('区县')).toHaveValue('余杭区'));
  await type(within(found.form).getByLabelText('商品 1'), '保温杯 480ml');
  return found;
}

describe('an order typed in', () => {
  it('begins with the pasted text, which goes to the fields', async () => {
    const { form, paste } = await openForm();
    expect(paste).toHaveFocus();
    expect(within(form).getByRole('button', { name: /^保存 Enter$/ })).toBeDisabled();
    await type(paste, CHAT);
    await waitFor(() => expect(within(form).getByLabelText('收件人')).toHaveValue('林小满'));
    expect(within(form).getByLabelText('详细地址')).toHaveValue('文一西路 969 号');
  });

  it('is saved with Enter from any field, as corrected', async () => {
    const { core, form } = await filled();
    await type(within(form).getByLabelText('详细地址'), '文一西路 970 号');
    await type(within(form).getByLabelText('件数'), '2');
    within(form).getByLabelText('件数').focus();
    await press('Enter');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const drafts = asked(core, 'add_order').map(({ draft }) => draft as OrderDraft);
    expect(drafts).toHaveLength(1);
    expect(drafts[0]).toMatchObject({
      edit: { name: '林小满', detail: '文一西路 970 号', weightG: null },
      goods: [{ title: '保温杯 480ml', quantity: 2 }],
    });
    expect(await screen.findByText(/已录入 H261121-/)).toBeInTheDocument();
  });

  it('leaves Enter to the pasted text', async () => {
    const { core, paste } = await filled();
    paste.focus();
    await press('Enter');
    expect(asked(core, 'add_order')).toEqual([]);
  });

  it('takes the next one at once, with the same goods', async () => {
    const { core, form, paste } = await filled();
    await press('Enter', { ctrlKey: true });
    await waitFor(() => expect(asked(core, 'add_order')).toHaveLength(1));
    await waitFor(() => expect(paste).toHaveValue(''));
    expect(within(form).getByLabelText('收件人')).toHaveValue('');
    expect(within(form).getByLabelText('商品 1')).toHaveValue('保温杯 480ml');
    expect(paste).toHaveFocus();
  });

  it('says what was not found, and opens the form of what is held', async () => {
    const { core, form, paste } = await openForm();
    await type(paste, '林小满 13800000921 文一西路');
    expect(await within(form).findByText('省市区没有认全，请核对。')).toBeInTheDocument();
    await type(within(form).getByLabelText('商品 1'), '杯刷');
    within(form).getByLabelText('件数').focus();
    await press('Enter');
    await screen.findByRole('dialog', { name: /修改订单/ });
    expect(asked(core, 'add_order')).toHaveLength(1);
  });

  it('offers who was sent to before, by key', async () => {
    const { form } = await openForm();
    const before = await within(form).findByRole('group', { name: '寄过' });
    expect(within(before).getAllByRole('button')[0]).toHaveTextContent(/^\S+ \d{4}/);
    await press('1', { altKey: true });
    expect(within(form).getByLabelText('收件人')).not.toHaveValue('');
    expect(within(form).getByLabelText('电话')).toHaveValue();
  });

  it('refuses counts that are none, and keeps the form after a refusal', async () => {
    const { core, form } = await filled();
    await type(within(form).getByLabelText('件数'), '0');
    expect(within(form).getByRole('button', { name: /^保存 Enter$/ })).toBeDisabled();
    await type(within(form).getByLabelText('件数'), '1');
    const fields = { shop: '淘宝', order: 'A-1' };
    core.failing.set('add_order', { code: 'order_known', action: 'none', fields });
    within(form).getByLabelText('件数').focus();
    await press('Enter');
    expect(await screen.findByText(/淘宝 已有订单 A-1/)).toBeInTheDocument();
    expect(within(form).getByLabelText('收件人')).toHaveValue('林小满');
  });

  it('is not disturbed by a scan', async () => {
    const { core, form, paste } = await filled();
    paste.focus();
    scan('WC-20938');
    await waitFor(() => expect(asked(core, 'scan')).toHaveLength(1));
    expect(paste).toHaveValue(CHAT);
    expect(form).toBeInTheDocument();
  });
});
