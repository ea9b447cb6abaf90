import { afterEach, describe, expect, it } from 'vitest';
import { clock, count, grouped, lasting, seconds, share, weight, when } from './format';
import { setLang } from './i18n.svelte';

afterEach(() => setLang('zh'));

const at = (text: string) => new Date(text).getTime();

describe('times', () => {
  it('are local; today without the day', () => {
    const now = at('2026-11-21T15:00:00');
    expect(when(at('2026-11-21T10:04:00'), now)).toBe('10:04');
    expect(when(at('2026-11-20T23:59:00'), now)).toBe('11-20 23:59');
    expect(when(at('2025-12-31T08:00:00'), now)).toBe('2025-12-31 08:00');
    expect(clock(at('2026-11-21T10:04:07'))).toBe('10:04:07');
  });

  it.each([
    [0, '0 秒'],
    [59_400, '59 秒'],
    [68_000, '1 分 8 秒'],
    [3_600_000, '1 小时 0 分'],
    [-5, '0 秒'],
  ])('%i ms last %s', (ms, text) => expect(lasting(ms)).toBe(text));

  it('last in English too', () => {
    setLang('en');
    expect(lasting(68_000)).toBe('1 min 8 s');
  });
});

it('numbers are grouped', () => expect(count(1284)).toBe('1,284'));

it.each([
  [320, '0.32 kg'],
  [5, '5 g'],
  [13_000, '13.00 kg'],
])('%i g weigh %s', (grams, text) => expect(weight(grams)).toBe(text));

it('waybills are read in fours', () => {
  expect(grouped('YT8812000033391')).toBe('YT88 1200 0033 391');
  expect(grouped('SF88')).toBe('SF88');
});

it('shares stay between nothing and all', () => {
  expect(share(0, 0)).toBe(0);
  expect(share(5, 4)).toBe(1);
  expect(share(1, 4)).toBe(0.25);
  expect(seconds(380)).toBe('0.38');
});
