import { fireEvent, screen, waitFor } from '@testing-library/svelte';
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
    expect(screen.getByRole('button', { name: '练习模式' })).toBeInTheDocument();
  });

  it('leaves practice again after a question', async () => {
    const core = await open();
    await fireEvent.click(screen.getByRole('button', { name: '练习模式' }));
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
