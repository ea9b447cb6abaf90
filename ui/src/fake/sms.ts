// Messages to receivers: each is sent at once, but the second of a wish is never known of.

import type { Detail, SmsAsked, SmsView } from '$lib/ipc.types';

interface Asked {
  readonly kept: Map<number, { detail: Detail }>;
  detail(id: number): Detail;
}

const TEMPLATE = 7001;

function look(core: Asked, ids: number[], again: boolean): SmsAsked {
  const left: SmsAsked['left'] = [];
  let asked = 0;
  for (const id of ids) {
    const { row, messages } = core.detail(id);
    const newest = messages[0]?.state;
    const doubled = newest === 'sent' ? 'already' : newest === 'unknown' ? 'doubt' : undefined;
    const why = row.state !== 'printed' ? 'no_number' : again ? undefined : doubled;
    if (why) left.push({ id, orderNo: row.orderNo, why });
    else asked += 1;
  }
  const by = asked > 0 ? [{ account: '圆通-快递鸟', template: TEMPLATE, n: asked }] : [];
  return { asked, by, left };
}

function send(core: Asked, ids: number[], again: boolean): SmsAsked {
  const done = look(core, ids, again);
  const held = new Set(done.left.map((one) => one.id));
  ids
    .filter((id) => !held.has(id))
    .forEach((id, n) => {
      const kept = core.kept.get(id);
      if (!kept) return;
      const { row, messages } = kept.detail;
      const known = n !== 1;
      const message: SmsView = {
        id: id * 100 + messages.length,
        orderNo: row.orderNo,
        account: '圆通-快递鸟',
        template: TEMPLATE,
        state: known ? 'sent' : 'unknown',
        askedAtMs: Date.now(),
        endedAtMs: Date.now(),
        key: known ? `8101${String(id).padStart(12, '0')}` : '',
        said: known ? '' : 'HTTP 502',
        settled: false,
      };
      kept.detail = { ...kept.detail, messages: [message, ...messages] };
    });
  return done;
}

function settle(core: Asked, id: number): null {
  for (const kept of core.kept.values()) {
    const messages = kept.detail.messages.map((one) =>
      one.id === id ? { ...one, settled: true } : one,
    );
    kept.detail = { ...kept.detail, messages };
  }
  return null;
}

/** The answer to a command that is one of these. */
export function messaged(core: Asked, command: string, args: Record<string, unknown>): unknown {
  const ids = (args.ids ?? []) as number[];
  switch (command) {
    case 'sms_look':
      return look(core, ids, args.again as boolean);
    case 'send_sms':
      return send(core, ids, args.again as boolean);
    case 'settle_sms':
      return settle(core, args.id as number);
    default:
      return undefined;
  }
}
