import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { OrderEdit } from '$lib/ipc.types';
import { asked, lines, open, press, scan } from '../test-desk';

async function openForm() {
  const core = await open({ ready: 3, busy: true });
  await press('5');
  await waitFor(() => expect(lines()).toHaveLength(4));
  await press('Enter');
  const form = await screen.findByRole('dialog', { name: /修改订单/ });
  await within(form).findByLabelText('电话');
  return { core, form };
}

const type = (field: HTMLElement, value: string) => fireEvent.input(field, { target: { value } });

describe('the form of a held order', () => {
  it('shows each fault beside the field that mends it', async () => {
    const { form } = await openForm();
    const phone = within(form).getByLabelText('电话');
    expect(phone).toHaveValue('不详');
    expect(phone).toHaveAttribute('aria-invalid', 'true');
    expect(phone).toHaveAccessibleDescription('“不详”不是电话号码。');
    expect(within(form).getByLabelText('区县')).toHaveAccessibleDescription('缺少区县。');
    expect(within(form).getByLabelText('收件人')).toHaveAttribute('aria-invalid', 'false');
    expect(phone).toHaveFocus();
  });

  it('stays open with what is still wrong, and closes when nothing is', async () => {
    const { core, form } = await openForm();
    await type(within(form).getByLabelText('电话'), '0571-88001234');
    await press('Enter');
    await waitFor(() =>
      expect(within(form).getByLabelText('电话')).toHaveAttribute('aria-invalid', 'false'),
    );
    expect(within(form).getByLabelText('区县')).toHaveFocus();
    await type(within(form).getByLabelText('区县'), '南山区');
    await type(within(form).getByLabelText('重量'), '410');
    await press('Enter');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const edits = asked(core, 'fix_order').map(({ edit }) => edit as OrderEdit);
    expect(edits.at(-1)).toMatchObject({
      phone: '0571-88001234',
      district: '南山区',
      weightG: 410,
    });
    await waitFor(() => expect(lines()).toHaveLength(3));
  });

  it('takes whole grams only', async () => {
    const { core, form } = await openForm();
    await type(within(form).getByLabelText('重量'), '1.5kg');
    expect(within(form).getByRole('button', { name: /保存/ })).toBeDisabled();
    await press('Enter');
    expect(asked(core, 'fix_order')).toEqual([]);
  });

  it('takes sums and who pays as people write them', async () => {
    const { core, form } = await openForm();
    await type(within(form).getByLabelText('电话'), '0571-88001234');
    await type(within(form).getByLabelText('区县'), '南山区');
    await type(within(form).getByLabelText('代收货款'), '十元');
    expect(within(form).getByRole('button', { name: /保存/ })).toBeDisabled();
    await type(within(form).getByLabelText('代收货款'), '128.05');
    await type(within(form).getByLabelText('运费'), '微信');
    expect(within(form).getByRole('button', { name: /保存/ })).toBeDisabled();
    await type(within(form).getByLabelText('运费'), '到付');
    await press('Enter');
    await waitFor(() => expect(asked(core, 'fix_order')).toHaveLength(1));
    const edit = asked(core, 'fix_order')[0]?.edit as OrderEdit;
    expect(edit).toMatchObject({ codFen: 12_805, insuredFen: null, pay: 'receiver' });
  });

  it('takes parcels, volume and a slip as people write them', async () => {
    const { core, form } = await openForm();
    await type(within(form).getByLabelText('电话'), '0571-88001234');
    await type(within(form).getByLabelText('区县'), '南山区');
    const save = within(form).getByRole('button', { name: /保存/ });
    for (const [label, wrong, right] of [
      ['包裹数', '301', '3'],
      ['体积', '30*20*10', '36000'],
      ['签回单', '也许', '是'],
    ] as const) {
      await type(within(form).getByLabelText(label), wrong);
      expect(save).toBeDisabled();
      await type(within(form).getByLabelText(label), right);
      expect(save).toBeEnabled();
    }
    await press('Enter');
    await waitFor(() => expect(asked(core, 'fix_order')).toHaveLength(1));
    const edit = asked(core, 'fix_order')[0]?.edit as OrderEdit;
    expect(edit).toMatchObject({ parcels: 3, volumeCm3: 36_000, slip: true });
  });

  it('is not disturbed by a scan in the middle of it', async () => {
    const { core, form } = await openForm();
    const phone = within(form).getByLabelText('电话');
    phone.focus();
    scan('WC-20938');
    await waitFor(() => expect(asked(core, 'scan')).toEqual([{ text: 'WC-20938' }]));
    expect(phone).toHaveValue('不详');
    expect(screen.getByRole('dialog', { name: /修改订单/ })).toBeInTheDocument();
    await waitFor(() => expect(screen.getAllByText('WC-20938').length).toBeGreaterThan(0));
  });

  it('is left with Escape, nothing saved', async () => {
    const { core } = await openForm();
    await press('Escape');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(asked(core, 'fix_order')).toEqual([]);
  });
});

describe('the form of an order abroad', () => {
  it('asks for the country and for what customs ask', async () => {
    const { core, form } = await openForm();
    expect(within(form).queryByLabelText('国家')).not.toBeInTheDocument();
    await fireEvent.click(within(form).getByRole('button', { name: '寄往国外…' }));
    await type(within(form).getByLabelText('电话'), '+1 217 555 0100');
    await type(within(form).getByLabelText('国家'), 'US');
    expect(within(form).getByText('美国')).toBeInTheDocument();
    await type(within(form).getByLabelText('邮编'), '62704');
    const goods = within(form).getAllByRole('group')[1] as HTMLElement;
    await type(within(goods).getByLabelText('英文品名'), 'Steel bottle');
    await type(within(goods).getByLabelText('单件价值'), '十元');
    expect(within(form).getByRole('button', { name: /保存/ })).toBeDisabled();
    await type(within(goods).getByLabelText('单件价值'), '12.5');
    await type(within(goods).getByLabelText('币种（USD、CNY）'), 'USD');
    await press('Enter');
    await waitFor(() => expect(asked(core, 'fix_order')).toHaveLength(1));
    const edit = asked(core, 'fix_order')[0]?.edit as OrderEdit;
    expect(edit).toMatchObject({ country: 'US', postcode: '62704' });
    expect(edit.customs[0]).toEqual({
      english: 'Steel bottle',
      hsCode: '',
      origin: '',
      valueMinor: 1250,
      currency: 'USD',
      weightG: null,
    });
  });
});
