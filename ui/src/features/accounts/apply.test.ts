import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { asked, open, press } from '../../test-desk';

async function accounts(prepare: (core: Awaited<ReturnType<typeof open>>) => void = () => {}) {
  const core = await open();
  prepare(core);
  await press('6', { ctrlKey: true });
  await screen.findByRole('option', { name: /圆通-快递鸟/ });
  return core;
}

async function form() {
  await press('a');
  const dialog = await screen.findByRole('dialog', { name: '申请客户号' });
  await within(dialog).findByLabelText(/^网点代码/);
  return dialog;
}

async function type(dialog: HTMLElement, label: RegExp, value: string) {
  await fireEvent.input(within(dialog).getByLabelText(label), { target: { value } });
}

describe('applying for a customer number', () => {
  it('asks for the outlet, takes the sender as the applicant, and is sent once', async () => {
    const core = await accounts();
    const dialog = await form();
    expect(within(dialog).getByLabelText(/^联系人/)).toHaveValue('拾光家居');
    expect(dialog).not.toHaveTextContent('没有设接收推送的端口');
    await press('Enter', { ctrlKey: true });
    expect(await within(dialog).findByText('没有填网点的代码或名称。')).toBeInTheDocument();
    await type(dialog, /^网点代码/, '310001');
    await type(dialog, /^网点名称/, '练习仓前部');
    await press('Enter', { ctrlKey: true });
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const sent = asked(core, 'apply').map((args) => args.form);
    expect(sent.at(-1)).toMatchObject({ stationCode: '310001', again: false });
    expect(await screen.findByText('已受理，等推送')).toBeInTheDocument();
  });

  it('shows which old value goes before a number is taken, and tries the account', async () => {
    const core = await accounts();
    const dialog = await form();
    await type(dialog, /^网点代码/, '310001');
    await press('Enter', { ctrlKey: true });
    await screen.findByText('已受理，等推送');
    core.accounts.applications.grant(1, 'K00000001');
    core.say('changed');
    expect(await screen.findByText('客户号 K00000001，带密码')).toBeInTheDocument();
    await press('t');
    const take = await screen.findByRole('dialog', { name: '采用客户号' });
    expect(take).toHaveTextContent('原来的不再用：K00000000');
    expect(take).not.toHaveTextContent('keyring:');
    expect(asked(core, 'change_accounts')).toHaveLength(0);
    await press('Enter');
    await waitFor(() => expect(asked(core, 'try_account')).toHaveLength(1));
    expect(asked(core, 'change_accounts')[0]?.change).toEqual({ kind: 'take', id: 1 });
    expect(await screen.findByText('已采用')).toBeInTheDocument();
  });

  it('says what to do about an unknown one, and that only a push brings the number', async () => {
    const core = await accounts((core) => {
      core.accounts.applications.next = 'unknown';
      core.accounts.applications.hears = false;
    });
    const dialog = await form();
    expect(dialog).toHaveTextContent('没有设接收推送的端口');
    await type(dialog, /^网点代码/, '310001');
    await press('Enter', { ctrlKey: true });
    expect(await screen.findByText('结果不明')).toBeInTheDocument();
    expect(screen.getByText(/不会自动再发/)).toBeInTheDocument();
    const again = await form();
    expect(again).toHaveTextContent('提交后它放到一边');
    await press('Escape');
    await press('p');
    await waitFor(() => expect(asked(core, 'drop_application')).toHaveLength(1));
    await waitFor(() => expect(screen.queryByText('结果不明')).not.toBeInTheDocument());
  });
});
