import { screen, waitFor } from '@testing-library/svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { FACETS } from '../../fake/orders';
import { asked, lines, open, press } from '../../test-desk';

afterEach(() => {
  FACETS.messages = false;
});

async function printed(messages: boolean) {
  FACETS.messages = messages;
  const core = await open({ ready: 3, busy: true });
  await waitFor(() => expect(lines().length).toBeGreaterThan(1));
  await press('4');
  await waitFor(() => expect(lines()[0]).toHaveTextContent(/YT88|7888|SF88/));
  return core;
}

describe('messages to receivers', () => {
  it('are not there without an account that sends them', async () => {
    const core = await printed(false);
    await press('Q');
    expect(asked(core, 'sms_look')).toEqual([]);
  });

  it('go after a question, once, and again only when a person says so', async () => {
    const core = await printed(true);
    await press('Q');
    const question = await screen.findByRole('dialog');
    expect(question).toHaveTextContent('给 1 位收件人发短信？');
    expect(question).toHaveTextContent('模板 7001');
    expect(question).toHaveTextContent('按条收费');
    expect(asked(core, 'send_sms')).toEqual([]);
    await press('Enter');
    await waitFor(() => expect(asked(core, 'send_sms')).toHaveLength(1));
    core.say('changed');
    expect(await screen.findByTestId('message')).toHaveTextContent('已发出');
    await press('Q');
    expect(await screen.findByRole('dialog')).toHaveTextContent('已经发过');
    await press('Enter');
    expect(asked(core, 'send_sms')).toHaveLength(1);
    await press('2');
    await waitFor(() => expect(screen.getByRole('dialog')).toHaveTextContent('可能收到两条'));
    await press('Enter');
    await waitFor(() => expect(asked(core, 'send_sms')).toHaveLength(2));
  });

  it('say of a doubt what can be done', async () => {
    const core = await printed(true);
    await press('A', { ctrlKey: true });
    await press('Q');
    await screen.findByRole('dialog');
    await press('Enter');
    await waitFor(() => expect(asked(core, 'send_sms')).toHaveLength(1));
    const doubt = [...core.kept.values()].find(
      (kept) => kept.detail.messages[0]?.state === 'unknown',
    );
    expect(doubt?.detail.messages[0]?.said).toBe('HTTP 502');
  });

  it('say why one was not sent', async () => {
    const core = await printed(true);
    await press('Q');
    await screen.findByRole('dialog');
    await press('Enter');
    await waitFor(() => expect(asked(core, 'send_sms')).toHaveLength(1));
    for (const kept of core.kept.values()) {
      for (const message of kept.detail.messages) message.state = 'withdrawn';
    }
    core.say('changed');
    const message = await screen.findByTestId('message');
    await waitFor(() => expect(message).toHaveTextContent('没有发'));
    expect(message).toHaveTextContent('单号已收回，或账户已不发短信');
  });
});
