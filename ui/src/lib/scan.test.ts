import { describe, expect, it } from 'vitest';
import { charOf, CODE_CHARS_MAX, ends, ScanReader, type Decision, type Press } from './scan';

const PLAIN = { shift: false, capsLock: false, ctrl: false, alt: false, meta: false };

function key(key: string, atMs: number, more: Partial<Press> = {}): Press {
  const code = /^[a-z]$/i.test(key)
    ? `Key${key.toUpperCase()}`
    : /^\d$/.test(key)
      ? `Digit${key}`
      : key;
  return { ...PLAIN, key, code, keyCode: 0, atMs, repeat: false, composing: false, ...more };
}

/** Presses the characters of a text with those gaps (the last one again and again), then Enter. */
function type(reader: ScanReader, text: string, gaps: number[], from = 0, end = 'Enter') {
  let atMs = from;
  const heard: Decision[] = [];
  [...text, end].forEach((char, n) => {
    if (n > 0) atMs += gaps[Math.min(n - 1, gaps.length - 1)] ?? 0;
    heard.push(reader.press(key(char, atMs)));
  });
  return { scan: heard.at(-1), heard, atMs };
}

/** A small generator so that "human" and "jitter" are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

describe('a burst of keys is a scan', () => {
  it.each([0, 1, 5, 12, 30, 40])('with %i ms between the keys', (gap) => {
    const { scan } = type(new ScanReader(), 'YT8812000033391', [gap]);
    expect(scan).toEqual({ kind: 'scan', text: 'YT8812000033391' });
  });

  it.each(['Enter', 'Tab', 'Linefeed', '\n'])('ending in %j', (end) => {
    expect(type(new ScanReader(), 'WC-20937', [8], 0, end).scan).toEqual({
      kind: 'scan',
      text: 'WC-20937',
    });
  });

  it('ending in Ctrl-J', () => {
    const reader = new ScanReader();
    [...'WC-20937'].forEach((char, n) => reader.press(key(char, n * 5)));
    const end = reader.press(key('j', 45, { ctrl: true, code: 'KeyJ' }));
    expect(end).toEqual({ kind: 'scan', text: 'WC-20937' });
  });

  it('with jitter: random gaps up to 30 ms', () => {
    const next = numbers(7);
    for (let round = 0; round < 200; round += 1) {
      const gaps = Array.from({ length: 16 }, () => Math.floor(next() * 31));
      const { scan } = type(new ScanReader(), 'YT8812000033391', gaps);
      expect(scan?.kind).toBe('scan');
    }
  });

  it('with one hiccup of the machine in an established burst', () => {
    const gaps = [5, 5, 5, 55, 5, 5, 5];
    expect(type(new ScanReader(), 'WC-20937', gaps).scan?.kind).toBe('scan');
  });

  it('with Shift for every capital', () => {
    const reader = new ScanReader();
    let atMs = 0;
    for (const char of 'YTABC9') {
      if (/[A-Z]/.test(char))
        expect(reader.press(key('Shift', (atMs += 20))).kind).toBe('modifier');
      reader.press(key(char, (atMs += 20), { shift: /[A-Z]/.test(char) }));
    }
    expect(reader.press(key('Enter', atMs + 20))).toEqual({ kind: 'scan', text: 'YTABC9' });
  });

  it('two back to back, none dropped, nothing mixed', () => {
    const reader = new ScanReader();
    const first = type(reader, 'WC-20937', [3]);
    const second = type(reader, 'YT88120000', [3], first.atMs + 3);
    expect(first.scan).toEqual({ kind: 'scan', text: 'WC-20937' });
    expect(second.scan).toEqual({ kind: 'scan', text: 'YT88120000' });
  });

  it('with CR LF: the second ending belongs to the first', () => {
    const reader = new ScanReader();
    const { atMs } = type(reader, 'WC-20937', [5]);
    expect(reader.press(key('Linefeed', atMs + 5)).kind).toBe('tail');
    expect(reader.press(key('Enter', atMs + 400)).kind).toBe('other');
  });

  it('right behind slow typing of a person', () => {
    const reader = new ScanReader();
    type(reader, 'ab', [150], 0, 'c');
    const { scan } = type(reader, 'WC-20937', [10], 600);
    expect(scan).toEqual({ kind: 'scan', text: 'WC-20937' });
  });

  it('and is cut at the longest code there is', () => {
    const { scan } = type(new ScanReader(), '1'.repeat(CODE_CHARS_MAX + 50), [2]);
    expect(scan).toEqual({ kind: 'scan', text: '1'.repeat(CODE_CHARS_MAX) });
  });
});

describe('a person is not a scanner', () => {
  it('at 80 to 200 ms between the keys, whatever is typed', () => {
    const next = numbers(42);
    for (let round = 0; round < 300; round += 1) {
      const text = Array.from({ length: 4 + Math.floor(next() * 12) }, () => 'k').join('');
      const gaps = [...text].map(() => 80 + Math.floor(next() * 121));
      const { heard } = type(new ScanReader(), text, gaps);
      expect(heard.some((one) => one.kind === 'scan')).toBe(false);
    }
  });

  it.each([50, 55, 60, 70])('nor at a steady %i ms', (gap) => {
    expect(type(new ScanReader(), 'WC-20937', [gap]).scan?.kind).not.toBe('scan');
  });

  it('nor with fewer than four characters', () => {
    expect(type(new ScanReader(), 'abc', [5]).scan?.kind).toBe('other');
  });

  it('nor when Enter comes late', () => {
    const gaps = [5, 5, 5, 5, 5, 5, 5, 120];
    expect(type(new ScanReader(), 'WC-20937', gaps).scan?.kind).toBe('other');
  });

  it('nor when a key is held down', () => {
    const reader = new ScanReader();
    for (let n = 0; n < 20; n += 1) reader.press(key('a', n * 25, { repeat: n > 0 }));
    expect(reader.press(key('Enter', 510)).kind).toBe('other');
  });

  it('nor when an arrow comes in between', () => {
    const reader = new ScanReader();
    [...'WC-2'].forEach((char, n) => reader.press(key(char, n * 5)));
    expect(reader.press(key('ArrowLeft', 25)).kind).toBe('other');
    expect(reader.press(key('Enter', 30)).kind).toBe('other');
  });
});

describe('while an input method composes', () => {
  const hidden = { composing: true, keyCode: 229 };

  it('the key caps are read, capitals by Shift', () => {
    const reader = new ScanReader();
    let atMs = 0;
    for (const char of 'YT88-12') {
      const code = /\d/.test(char) ? `Digit${char}` : char === '-' ? 'Minus' : `Key${char}`;
      const shift = /[A-Z]/.test(char);
      reader.press(key('Process', (atMs += 9), { ...hidden, code, shift }));
    }
    const end = reader.press(key('Process', atMs + 9, { ...hidden, code: 'Enter' }));
    expect(end).toEqual({ kind: 'scan', text: 'YT88-12' });
  });

  it.each([
    ['KeyA', false, false, 'a'],
    ['KeyA', true, false, 'A'],
    ['KeyA', false, true, 'A'],
    ['KeyA', true, true, 'a'],
    ['Digit7', false, false, '7'],
    ['Numpad4', false, false, '4'],
    ['Minus', true, false, '_'],
    ['Slash', false, false, '/'],
  ])('%s, shift %s, caps lock %s is %j', (code, shift, capsLock, char) => {
    expect(charOf(key('Process', 0, { ...hidden, code, shift, capsLock }))).toBe(char);
  });

  it('a person choosing a word with Enter is not a scan', () => {
    const reader = new ScanReader();
    ['KeyS', 'KeyH', 'KeyO', 'KeyU'].forEach((code, n) =>
      reader.press(key('Process', n * 110, { ...hidden, code })),
    );
    expect(reader.press(key('Process', 560, { ...hidden, code: 'Enter' })).kind).toBe('other');
  });
});

it('Alt and Meta neither type nor end', () => {
  expect(charOf(key('a', 0, { alt: true }))).toBeUndefined();
  expect(ends(key('Enter', 0, { meta: true }))).toBe(false);
});
