import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { asked, open, press } from '../../test-desk';

describe('the first start', () => {
  it('is one click from a label', async () => {
    const core = await open({ mode: 'welcome' });
    expect(screen.getByText('~/packbench/station.toml')).toBeInTheDocument();
    await fireEvent.click(screen.getByRole('button', { name: /开始练习/ }));
    expect(asked(core, 'start_practice')).toHaveLength(1);
    await waitFor(() => expect(screen.getByRole('img', { name: /面单/ })).toBeInTheDocument());
    expect(asked(core, 'label_png')[0]).toEqual({ id: 1 });
    expect(screen.getByRole('button', { name: /^练习模式/ })).toBeInTheDocument();
  });

  it('begins real work with the sender, and leads on from step to step', async () => {
    const core = await open({ mode: 'welcome', ready: 0 });
    await press('F9');
    const form = await screen.findByRole('dialog', { name: '谁寄' });
    const paste = within(form).getByLabelText('粘贴寄件人');
    expect(paste).toHaveFocus();
    const type = (field: HTMLElement, value: string) =>
      fireEvent.input(field, { target: { value } });
    await type(paste, '拾光家居 0571-88001234');
    await waitFor(() => expect(within(form).getByLabelText('店名或姓名')).toHaveValue('拾光家居'));
    await type(within(form).getByLabelText('详细地址'), '文一西路 969 号');
    await press('Enter', { ctrlKey: true });
    // Nothing is written while something is wrong; it stands beside its field.
    await waitFor(() =>
      expect(within(form).getByLabelText('省')).toHaveAttribute('aria-invalid', 'true'),
    );
    for (const [label, word] of [['省', '浙江省'], ['市', '杭州市'], ['区县', '余杭区']] as const)
      await type(within(form).getByLabelText(label), word);
    within(form).getByLabelText('区县').focus();
    await press('Enter');
    const steps = await screen.findByRole('navigation', { name: '开始使用' });
    expect(asked(core, 'begin_real')).toHaveLength(2);
    expect(within(steps).getByText('快递账号').closest('li')).toHaveAttribute('aria-current', 'step');
    expect(within(steps).getAllByText('完成')).toHaveLength(1);
    await fireEvent.click(within(steps).getByRole('button', { name: /下一步/ }));
    await screen.findByRole('heading', { name: '快递账号' });
    expect(screen.queryByRole('button', { name: /^练习模式/ })).not.toBeInTheDocument();
  });

  it('shows no steps in practice', async () => {
    await open();
    expect(screen.queryByRole('navigation', { name: '开始使用' })).not.toBeInTheDocument();
  });

  it('leaves practice again after a question', async () => {
    const core = await open();
    expect(screen.getByRole('button', { name: /^练习模式/ })).toHaveTextContent('F11');
    await press('F11');
    await press('Enter');
    await waitFor(() => expect(asked(core, 'leave_practice')).toHaveLength(1));
    await screen.findByRole('button', { name: /开始练习/ });
  });

  it('says why it cannot work and tries again', async () => {
    const core = await open({ mode: 'trouble' });
    expect(screen.getByRole('alert')).toHaveTextContent('第 12 行 sender.adress：没有这个键');
    await press('Enter');
    await waitFor(() => expect(asked(core, 'boot')).toHaveLength(2));
  });

  it('speaks English at once', async () => {
    await open({ mode: 'welcome' });
    await press('l', { ctrlKey: true });
    await screen.findByRole('button', { name: /Start practice/ });
  });
});

describe('the list of keys', () => {
  it('names every key once, and no scan opens it', async () => {
    await open();
    await press('?', { shiftKey: true });
    const box = await screen.findByRole('dialog', { name: '全部按键' });
    expect(box).toHaveTextContent('F9');
    const keys = [...box.querySelectorAll('dt')].map((one) => one.textContent);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
