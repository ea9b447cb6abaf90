import { afterEach, describe, expect, it } from 'vitest';
import {
  clock,
  count,
  fen,
  grouped,
  isMoney,
  lasting,
  seconds,
  share,
  weight,
  when,
  yuan,
} from './format';
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

describe('sums', () => {
  it.each([
    ['128.05', 12_805],
    [' 0.1 ', 10],
    ['1000000', 100_000_000],
    ['0', null],
    ['', null],
  ])('%s is so many fen', (text, want) => {
    expect(isMoney(text)).toBe(true);
    expect(fen(text)).toBe(want);
  });

  it.each(['-1', '1,280', '1.005', '十', '1000000.01', '1e3'])('%s is none', (text) =>
    expect(isMoney(text)).toBe(false),
  );

  it('are shown as they were typed', () => {
    expect(yuan(12_805)).toBe('128.05');
    expect(yuan(12_800)).toBe('128');
    expect(yuan(null)).toBe('');
  });
});
