import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { asked, open, press } from '../../test-desk';
import { missingFrom, remap } from './import.svelte';

describe('a mapping', () => {
  it('fills a field from one heading only', () => {
    expect(remap(['number', 'name', null], 2, 'name')).toEqual(['number', null, 'name']);
    expect(remap(['number', 'name', null], 1, null)).toEqual(['number', null, null]);
    expect(remap(['number', null, null], 1, null)).toEqual(['number', null, null]);
  });

  it('needs number, receiver and address', () => {
    expect(missingFrom(['number', 'phone'])).toEqual(['name', 'detail']);
    expect(missingFrom(['detail', 'name', 'number'])).toEqual([]);
  });
});

const CSV =
  '订单号,买家,手机,详细地址\nT1,王磊,18600001145,科技园南区\nT2,赵敏,17700004410,世纪大道';

async function choose() {
  const core = await open();
  await press('3', { ctrlKey: true });
  const input = await screen.findByLabelText('选择文件', { selector: 'input' });
  const file = new File([CSV], '订单 11-21.csv', { type: 'text/csv' });
  await fireEvent.change(input, { target: { files: [file] } });
  await screen.findByText('订单 11-21.csv');
  return core;
}

describe('the import screen', () => {
  it('looks at a file first: headings, guesses, samples, what is missing', async () => {
    const core = await choose();
    expect(asked(core, 'import_stage')[0]?.['x-file-name']).toBe(
      encodeURIComponent('订单 11-21.csv'),
    );
    expect(screen.getByLabelText('“手机” 对应')).toHaveValue('phone');
    expect(screen.getByLabelText('“买家” 对应')).toHaveValue('');
    expect(screen.getByRole('alert')).toHaveTextContent('还缺：收件人');
    expect(screen.getByText('科技园南区')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /开始导入/ })).toBeDisabled();
  });

  it('takes a corrected mapping and reports', async () => {
    const core = await choose();
    await fireEvent.change(screen.getByLabelText('“买家” 对应'), { target: { value: 'name' } });
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    await fireEvent.input(screen.getByLabelText(/店铺名/), { target: { value: '拾光家居' } });
    await press('F9');
    await waitFor(() => expect(screen.getByText('未导入的行')).toBeInTheDocument());
    expect(asked(core, 'import_run')).toEqual([
      { token: 'staged-1', mapping: ['number', 'name', 'phone', 'detail'], shop: '拾光家居' },
    ]);
    const table = screen.getByRole('table');
    expect(within(table).getByText('203')).toBeInTheDocument();
    expect(within(table).getByText('数量不是 1 到 9,999 的整数')).toBeInTheDocument();
  });

  it('shows how far it is and can be stopped', async () => {
    const core = await choose();
    core.imports.stepMs = 15;
    await fireEvent.change(screen.getByLabelText('“买家” 对应'), { target: { value: 'name' } });
    await press('F9');
    const bar = await screen.findByRole('progressbar', { name: '导入进度' });
    await waitFor(() => expect(Number(bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0));
    await press('Escape');
    await waitFor(() => expect(asked(core, 'import_stop')).toEqual([{ token: 'staged-1' }]));
    await waitFor(() => expect(screen.getByText('中途停止')).toBeInTheDocument());
  });
});
