import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/styles/tokens.css', 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');

/** The colours of one block. */
function colours(selector: string): Map<string, string> {
  const block = css.split(`${selector} {`)[1]?.split('\n}')[0] ?? '';
  const found = [...block.matchAll(/--color-([\w-]+):\s*(#[0-9a-f]{6})\b/g)];
  return new Map(found.map(([, name = '', value = '']) => [name, value]));
}

const light = colours(':root');
const dark = new Map([...light, ...colours(":root[data-theme='dark']")]);

function light1(hex: string): number {
  const channel = (at: number) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: string, b: string): number {
  const [hi = 0, lo = 0] = [light1(a), light1(b)].sort((x, y) => y - x);
  return (hi + 0.05) / (lo + 0.05);
}

/** What is read on what: words, and the grounds they stand on. */
const READ: [ink: string[], ground: string[]][] = [
  [
    ['ink', 'ink-2', 'ink-3', 'brand-ink', 'good', 'mind', 'wrong', 'doubt'],
    ['paper', 'ground'],
  ],
  [['ink', 'ink-2', 'ink-3', 'idle'], ['sunken', 'idle-soft']],
  [['ink', 'ink-2', 'ink-3', 'brand-ink'], ['brand-soft', 'brand-softer']],
  [['good', 'ink'], ['good-soft']],
  [['mind', 'ink'], ['mind-soft']],
  [['wrong', 'ink'], ['wrong-soft']],
  [['doubt', 'ink'], ['doubt-soft']],
  [['on-strong'], ['brand', 'brand-down', 'wrong-strong']],
  [['on-strong'], ['scan-good', 'scan-doubt', 'scan-wrong', 'scan-wait']],
  [['bar-ink', 'bar-ink-on'], ['bar', 'bar-raised']],
  [['scan-ink', 'scan-ink-2'], ['scan-ground', 'scan-raised']],
  [
    ['scan-mark-wait', 'scan-mark-good', 'scan-mark-doubt', 'scan-mark-wrong'],
    ['scan-ground', 'scan-raised'],
  ],
];
/** Shapes need less: what can be pressed, and the ring around what has the focus. */
const SEEN: [shape: string[], ground: string[]][] = [[['focus'], ['paper', 'ground', 'sunken']]];

function weak(theme: Map<string, string>, pairs: typeof READ, least: number): string[] {
  return pairs.flatMap(([inks, grounds]) =>
    inks.flatMap((ink) =>
      grounds.flatMap((ground) => {
        const [a, b] = [theme.get(ink), theme.get(ground)];
        if (!a || !b) return [`no colour ${ink} or ${ground}`];
        const found = contrast(a, b);
        return found < least ? [`${ink} on ${ground}: ${found.toFixed(2)}`] : [];
      }),
    ),
  );
}

describe('every word can be read', () => {
  it.each([
    ['light', light],
    ['dark', dark],
  ])('%s', (_, theme) => {
    expect(weak(theme, READ, 4.5)).toEqual([]);
    expect(weak(theme, SEEN, 3)).toEqual([]);
  });

  it('and the measure is right', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});
