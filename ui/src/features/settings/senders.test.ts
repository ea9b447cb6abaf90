import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { FakeCore } from '../../fake/core';
import { invented } from '../../fake/senders';
import { asked, openOn, press } from '../../test-desk';

async function settings(some: boolean) {
  const core = new FakeCore({ nowMs: new Date('2026-11-21T10:04:00').getTime() });
  if (some) core.house.senders.kept = invented();
  await openOn(core);
  await press(',', { ctrlKey: true });
  await screen.findByRole('heading', { name: '代发寄件人' });
  (document.activeElement as HTMLElement).blur();
  return core;
}

const field = (label: string) => within(screen.getByRole('dialog')).getByLabelText(label);
const type = (label: string, value: string) =>
  fireEvent.input(field(label), { target: { value } });

describe('senders for others', () => {
  it('are explained, added with P, and refused at the field that is wrong', async () => {
    const core = await settings(false);
    expect(await screen.findByText(/还没有。只替自己发货就不用加/)).toBeInTheDocument();
    await press('p');
    const dialog = await screen.findByRole('dialog', { name: '加一个代发寄件人' });
    await type('叫法', '小鹿');
    await type('面单上的姓名或店名', '小鹿生活');
    await type('给这些店铺寄', '小鹿旗舰店，小鹿专卖店');
    await press('Enter', { ctrlKey: true });
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('有地方要改');
    expect(field('电话')).toHaveAttribute('aria-invalid', 'true');
    await type('电话', '0571-88005678');
    await press('Enter', { ctrlKey: true });
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const [, last] = asked(core, 'change_senders') as { change: { form: object } }[];
    expect(last?.change).toMatchObject({
      kind: 'add',
      form: { profile: '小鹿', phone: '0571-88005678', shops: ['小鹿旗舰店', '小鹿专卖店'] },
    });
    expect(await screen.findByText('小鹿生活 0571-88005678')).toBeInTheDocument();
  });

  it('stand in the order in which they are tried, and one goes to the front', async () => {
    const core = await settings(true);
    const list = await screen.findByRole('list', { name: '代发寄件人列表' });
    const lines = () => within(list).getAllByRole('listitem').map((one) => one.textContent ?? '');
    expect(lines()[0]).toContain('店铺：淘宝 · 拼多多');
    expect(lines()[1]).toContain('只在手选或导入列写明时用');
    await fireEvent.click(within(list).getByRole('button', { name: '大熊 排到最前' }));
    await waitFor(() => expect(lines()[0]).toContain('大熊'));
    expect(asked(core, 'change_senders')).toEqual([
      { change: { kind: 'first', profile: '大熊' } },
    ]);
  });

  it('stay while orders name them, which is said', async () => {
    const core = await settings(true);
    core.house.senders.waiting.set('大熊', 3);
    core.say('changed');
    expect(await screen.findByText('3 单指定它')).toBeInTheDocument();
    await fireEvent.click(screen.getByRole('button', { name: '修改 大熊' }));
    const dialog = await screen.findByRole('dialog', { name: '修改 大熊' });
    await press('Delete', { ctrlKey: true });
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('还有 3 单指定由它寄出');
    expect(core.house.senders.kept).toHaveLength(2);
  });

  it('may be written in English, too', async () => {
    const core = await settings(true);
    await fireEvent.click(screen.getByRole('button', { name: '修改 大熊' }));
    const dialog = await screen.findByRole('dialog', { name: '修改 大熊' });
    expect(within(dialog).queryByLabelText('英文城市')).not.toBeInTheDocument();
    await fireEvent.click(screen.getByRole('checkbox', { name: /国外件的英文写法/ }));
    await type('英文城市', 'Ningbo');
    await press('Enter', { ctrlKey: true });
    await waitFor(() => expect(core.house.senders.kept[1]?.abroad.city).toBe('Ningbo'));
  });
});
