import { screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { trouble } from '../fake/rules';
import { asked, lines, open, press } from '../test-desk';

const FIELDS = { account: '圆通-快递鸟', code: '105', said: '客户编码已停用' };

async function refused() {
  const core = await open({ ready: 3 });
  await waitFor(() => expect(lines().length).toBe(3));
  core.change(1, { state: 'refused', trouble: trouble('carrier_refused', 'call_carrier', FIELDS) });
  await press('5');
  await waitFor(() => expect(lines()[0]).toHaveTextContent('问快递公司'));
  return core;
}

describe('a refusal that only the carrier can explain', () => {
  it('says whom to call and what to tell them, and asks nobody by itself', async () => {
    const core = await refused();
    await press('Enter');
    const dialog = await screen.findByRole('dialog', { name: /要问快递公司/ });
    expect(dialog).toHaveTextContent('圆通-快递鸟 · WC-20938 · 代码 105');
    expect(within(dialog).getByText('95554')).toBeInTheDocument();
    expect(asked(core, 'ship')).toEqual([]);
    await press('1');
    await waitFor(() => expect(asked(core, 'ship')).toHaveLength(1));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  it('leads to another carrier by one key', async () => {
    await refused();
    await press('Enter');
    await screen.findByRole('dialog', { name: /要问快递公司/ });
    await press('2');
    expect(await screen.findByRole('dialog', { name: /换一家快递/ })).toBeInTheDocument();
  });
});
