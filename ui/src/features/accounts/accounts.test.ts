import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { AccountChange, AccountForm } from '$lib/ipc.types';
import { asked, open, press, scan } from '../../test-desk';

async function accounts(prepare: (core: Awaited<ReturnType<typeof open>>) => void = () => {}) {
  const core = await open();
  prepare(core);
  await press('6', { ctrlKey: true });
  await screen.findByRole('option', { name: /圆通-快递鸟/ });
  return core;
}

function field(label: RegExp): HTMLInputElement {
  return within(screen.getByRole('dialog')).getByLabelText(label);
}

async function type(label: RegExp, value: string) {
  await fireEvent.input(field(label), { target: { value } });
}

async function addSf() {
  await press('n');
  await screen.findByRole('dialog', { name: '选择接入方式' });
  await press('2');
  await screen.findByRole('dialog', { name: /添加账号：顺丰/ });
  // Typing goes on in the first field.
  await waitFor(() => expect(field(/^账号名称/)).toHaveFocus());
  await type(/^账号名称/, '顺丰-丰桥');
  await type(/^顾客编码/, 'PBTEST01');
  await type(/^校验码/, 'CHECKWORD_0123456789');
}

function changes(core: Awaited<ReturnType<typeof open>>): AccountChange[] {
  return asked(core, 'change_accounts').map((args) => args.change as AccountChange);
}

describe('the accounts screen', () => {
  it('says of each whose it is, in which world, how it is and what it can do', async () => {
    await accounts();
    const one = screen.getByRole('option', { name: /圆通-快递鸟/ });
    expect(one).toHaveTextContent('正式');
    expect(one).toHaveTextContent('接单');
    expect(one).toHaveTextContent('圆通速递');
    expect(one).toHaveTextContent('每秒 20 次 · 同时 0/8');
    expect(one).toHaveTextContent('剩余单号 4,310');
    const pane = screen.getByRole('complementary', { name: '圆通-快递鸟' });
    expect(within(pane).getByRole('listitem', { name: '取号: 可以' })).toBeInTheDocument();
    expect(within(pane).getByRole('listitem', { name: '查物流: 不能' })).toBeInTheDocument();
    expect(pane).toHaveTextContent('快递给回同一个单号');
    expect(pane).toHaveTextContent('已存入系统钥匙串');
    expect(screen.queryByRole('button', { name: /移除账号/ })).not.toBeInTheDocument();
  });

  it('counts the codes it refused with, and marks those nobody documents', async () => {
    const lastAtMs = Date.now();
    await accounts((core) => {
      core.accounts.refusals = [
        { code: '105', said: '超区', n: 12, lastAtMs, listed: true },
        { code: '777', said: '?', n: 1, lastAtMs, listed: false },
      ];
    });
    const pane = screen.getByRole('complementary', { name: '圆通-快递鸟' });
    expect(within(pane).getByText(/^105 · 12 次/)).toBeInTheDocument();
    const other = within(pane).getByText(/^777 · 1 次/).closest('li');
    expect(other).toHaveTextContent('不在文件里');
  });

  it('says when an account without calls goes on', async () => {
    await accounts((core) => {
      core.carrierState = 'limited';
      core.goesOnAtMs = new Date('2026-11-22T00:00:00').getTime();
    });
    expect(await screen.findByText('今日额度用完：圆通-快递鸟')).toBeInTheDocument();
    const one = screen.getByRole('option', { name: /圆通-快递鸟/ });
    expect(one).toHaveTextContent('今日额度用完');
  });

  it('records what is said, says until when, and stops', async () => {
    const core = await accounts();
    await press('r');
    expect(await screen.findByText(/正在记录到.*exchange-1/)).toBeInTheDocument();
    expect(asked(core, 'record_account')[0]).toEqual({ account: '圆通-快递鸟', minutes: 10 });
    await press('r');
    await waitFor(() => expect(screen.queryByText(/正在记录到/)).not.toBeInTheDocument());
  });

  it('tries an account and says what was found in words', async () => {
    const core = await accounts();
    await press('F9');
    expect(await screen.findByText('账号可用')).toBeInTheDocument();
    core.accounts.trial = { verdict: 'signature', left: null, code: 'A1006', said: '数字签名无效' };
    await press('F9');
    expect(await screen.findByText(/密钥填错了/)).toBeInTheDocument();
    expect(screen.getByText(/快递原话：数字签名无效 · 代码 A1006/)).toBeInTheDocument();
    core.accounts.trial = { verdict: 'expired', left: null, said: 'certificate expired' };
    await press('F9');
    expect(await screen.findByText(/证书已过期.*10:04/)).toBeInTheDocument();
  });

  it('guides a new one, tries it before it is kept, and tells secrets to nobody else', async () => {
    const core = await accounts();
    await addSf();
    expect(field(/^校验码/).type).toBe('password');
    expect(screen.getByText(/丰桥，开发者中心/)).toBeInTheDocument();
    await press('F9');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(asked(core, 'try_account')).toHaveLength(1);
    const [added] = changes(core) as { kind: 'add'; form: AccountForm }[];
    expect(added?.form.values).toMatchObject({ checkword: 'CHECKWORD_0123456789' });
    const one = await screen.findByRole('option', { name: /顺丰-丰桥/ });
    expect(one).toHaveTextContent('顺丰速运');
    expect(document.body.innerHTML).not.toContain('CHECKWORD_0123456789');
  });

  it('keeps one that does not work only on a second word', async () => {
    const core = await accounts((core) => (core.accounts.trial = { verdict: 'account' }));
    await addSf();
    await press('F9');
    await screen.findByText(/不认识这个账号/);
    expect(changes(core)).toHaveLength(0);
    expect(screen.getByRole('button', { name: /仍然保存/ })).toBeInTheDocument();
    await press('F9');
    await waitFor(() => expect(changes(core)).toHaveLength(1));
  });

  it('shows what is missing at its field and keeps what was typed', async () => {
    await accounts();
    await press('n');
    await press('1');
    await screen.findByRole('dialog', { name: /添加账号：快递鸟/ });
    await type(/^用户 ID/, '1778899');
    await press('F9');
    await waitFor(() => expect(field(/^API key/)).toHaveAttribute('aria-invalid', 'true'));
    expect(field(/^账号名称/)).toHaveAttribute('aria-invalid', 'true');
    expect(field(/^用户 ID/).value).toBe('1778899');
    expect(screen.getByRole('alert')).toHaveTextContent('没有保存');
  });

  it('replaces a secret only when asked to', async () => {
    const core = await accounts();
    await press('e');
    const dialog = await screen.findByRole('dialog', { name: '修改 圆通-快递鸟' });
    expect(within(dialog).queryByLabelText(/^账号名称/)).not.toBeInTheDocument();
    await type(/^网点客户号/, 'K00000009');
    await press('F9');
    await waitFor(() => expect(changes(core)).toHaveLength(1));
    const [first] = changes(core) as { form: AccountForm }[];
    expect(Object.keys(first?.form.values ?? {})).not.toContain('api_key');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());

    await press('e');
    await screen.findByRole('dialog', { name: '修改 圆通-快递鸟' });
    const key = screen.getByRole('group', { name: /^API key/ });
    await fireEvent.click(within(key).getByRole('button', { name: /替换/ }));
    await type(/^API key/, 'another-key');
    await press('F9');
    await waitFor(() => expect(changes(core)).toHaveLength(2));
    const [, second] = changes(core) as { form: AccountForm }[];
    expect(second?.form.values.api_key).toBe('another-key');
  });

  it('gives the orders to another, switches off, removes, and takes back', async () => {
    const core = await accounts();
    await addSf();
    await press('F9');
    await screen.findByRole('option', { name: /顺丰-丰桥/ });
    await press('ArrowDown');
    await press('o');
    await waitFor(() =>
      expect(screen.getByRole('option', { name: /顺丰-丰桥/ })).toHaveTextContent('已停用'),
    );
    await press('o');
    await waitFor(() => expect(changes(core)).toHaveLength(3));
    await press('Delete');
    await screen.findByRole('dialog', { name: '移除账号' });
    await press('Enter');
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(1));
    await press('z', { ctrlKey: true });
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(2));
    await press('d');
    await waitFor(() => expect(changes(core).at(-1)).toEqual({ kind: 'route', name: '顺丰-丰桥' }));
    expect(changes(core).map((change) => change.kind)).toEqual([
      ...['add', 'off', 'off', 'remove', 'undo', 'route'],
    ]);
  });

  it('says who waits for an account that shall go', async () => {
    const core = await accounts();
    await addSf();
    await press('F9');
    await screen.findByRole('option', { name: /顺丰-丰桥/ });
    core.accounts.owed = 3;
    await press('ArrowDown');
    await press('Delete');
    await screen.findByRole('dialog', { name: '移除账号' });
    await press('Enter');
    expect(await screen.findByText(/还有 3 单等它/)).toBeInTheDocument();
  });

  it('is left for the list by one key', async () => {
    await accounts();
    await press('Escape');
    const title = () => screen.queryByRole('heading', { name: '快递账号' });
    await waitFor(() => expect(title()).not.toBeInTheDocument());
  });

  it('reads a scan wherever it is', async () => {
    const core = await accounts();
    scan(core.detail(1).row.orderNo);
    await waitFor(() => expect(asked(core, 'scan')).toHaveLength(1));
  });
});

describe('an order that a carrier refuses', () => {
  it('goes by another account that can take it, chosen by one key', async () => {
    const core = await open();
    const values = { business_id: '1', shipper_code: 'ZTO' };
    const kept = { secrets: [], off: false };
    core.accounts.kept.push({ form: { name: '中通', kind: 'kdniao', values }, ...kept });
    const sf = { name: '顺丰', kind: 'sf', values: { partner_id: 'P' } };
    core.accounts.kept.push({ form: sf, secrets: ['checkword'], off: false });
    const fields = { account: '圆通-快递鸟', code: '105', said: '该地址超区' };
    const trouble = { code: 'carrier_refused' as const, action: 'other_carrier' as const, fields };
    core.change(1, { state: 'refused', trouble });
    await press('5');
    // The row has its key, and so has the pane beside it.
    const [button] = await screen.findAllByRole('button', { name: /换一家快递/ });
    await fireEvent.click(button!);
    const dialog = await screen.findByRole('dialog', { name: '换一家快递' });
    await within(dialog).findByRole('button', { name: /中通 取号/ });
    expect(dialog).toHaveTextContent('该地址超区');
    expect(dialog).toHaveTextContent(/顺丰.*不行/);
    await press('1');
    await waitFor(() => expect(asked(core, 'ship')).toHaveLength(1));
    expect(asked(core, 'ship')[0]?.req).toMatchObject({ ids: [1], account: '中通' });
  });
});
