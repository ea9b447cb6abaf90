import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import en from './i18n/en.json';
import zh from './i18n/zh.json';
import { setLang, t } from './i18n.svelte';
import { troubleText } from './trouble';

const HERE = 'src';
const chinese: Record<string, string> = zh;
const english: Record<string, string> = en;

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

const all = files(HERE);
const shipped = all.filter(
  (path) => /\.(ts|svelte)$/.test(path) && !/\.test\.ts$|\/fake\/|test-setup/.test(path),
);
const sources = shipped.map((path) => ({ path, text: readFileSync(path, 'utf8') }));

/** The words of a string union in the generated types. */
function words(name: string): string[] {
  const text = readFileSync('src/lib/ipc.types.ts', 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const union = new RegExp(`export type ${name}\\s*=([^;]+);`).exec(text)?.[1] ?? '';
  const found = [...union.matchAll(/"([a-z0-9_]+)"/g)].map((match) => match[1] ?? '');
  expect(found.length, name).toBeGreaterThan(1);
  return found;
}

const HISTORY = `imported checked held released edited requested sent_again unknown looked_up issued
  refused spooled sent printed label_unknown label_lost confirmed reprint void_asked voided
  void_refused account_changed waybill_entered stopped diverted pictures system_font
  pickup_asked pickup_booked pickup_collected pickup_taken pickup_refused pickup_late
  pickup_failed pickup_unknown pickup_off pickup_off_asked pickup_stays return_asked
  return_booked return_collected return_failed return_off return_off_asked return_stays
  return_unknown
  held_by_hand flagged noted carrier_chosen merged merged_into parted split split_off reshipped
  undone sms_asked sms_sent sms_refused sms_unknown sms_withdrawn`.split(/\s+/);

afterEach(() => setLang('zh'));

describe('both languages', () => {
  it('have the same keys', () => {
    expect(Object.keys(chinese).sort()).toEqual(Object.keys(english).sort());
  });

  it('have the same fields in every sentence', () => {
    const fields = (text = '') =>
      [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort();
    for (const key of Object.keys(chinese)) {
      expect(fields(english[key]), key).toEqual(fields(chinese[key]));
    }
  });

  it('leave no sentence empty, and no Chinese in the English', () => {
    for (const [key, text] of Object.entries(english)) {
      expect(text, key).not.toBe('');
      if (!key.startsWith('lang.')) expect(text, key).not.toMatch(/\p{Script=Han}/u);
    }
    for (const [key, text] of Object.entries(chinese)) expect(text, key).not.toBe('');
  });
});

describe('every word of the core has a sentence', () => {
  it.each([
    ['Code', 'trouble'],
    ['FaultCode', 'fault'],
    ['RowFault', 'rowfault'],
    ['State', 'state'],
    ['Stage', 'stage'],
    ['Tab', 'tab'],
    ['Flag', 'flag'],
    ['Sort', 'sort'],
    ['LeftWhy', 'left'],
    ['Verb', 'verb'],
    ['JobState', 'job'],
    ['CarrierState', 'carrier'],
    ['PrinterState', 'printer'],
    ['Proof', 'proof'],
    ['Way', 'way'],
    ['Column', 'column'],
    ['Ability', 'ability'],
    ['Repeat', 'repeat'],
    ['Verdict', 'verdict'],
    ['PickupState', 'pickup_state'],
    ['PickupWay', 'pickup_way'],
    ['TariffWhy', 'tariff_why'],
  ])('%s under %s.', (type, prefix) => {
    for (const word of words(type)) expect(chinese, word).toHaveProperty([`${prefix}.${word}`]);
  });

  it('history', () => {
    for (const event of HISTORY) expect(chinese).toHaveProperty([`history.${event}`]);
  });
});

describe('the sources', () => {
  it('name only keys that exist', () => {
    const missing = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\(\s*'([^']+)'/g), ...text.matchAll(/label: '([a-z_]+\.[^']+)'/g)]
        .map((match) => match[1] ?? '')
        .filter((key) => !(key in chinese))
        .map((key) => `${path}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it('use every key, by its name or by its beginning', () => {
    const text = sources.map((one) => one.text).join('\n');
    const begun = [...text.matchAll(/`([a-z_]+\.[a-z_]*)\$\{/g)].map((match) => match[1] ?? '');
    const unused = Object.keys(chinese)
      .filter((key) => !key.startsWith('cli.'))
      .filter((key) => !text.includes(`'${key}'`))
      .filter((key) => !begun.some((start) => key.startsWith(start)));
    expect(unused).toEqual([]);
  });

  it('contain no sentence themselves', () => {
    const han = sources.filter(({ text }) => /\p{Script=Han}/u.test(text)).map(({ path }) => path);
    // The generated types carry the Rust docs, which name the lists in Chinese.
    expect(han.filter((path) => !path.endsWith('ipc.types.ts'))).toEqual([]);
  });

  it('take colours from the tokens', () => {
    const styled = all.filter((path) => /\.(svelte|css)$/.test(path) && !/tokens\.css$/.test(path));
    const literal = /#[0-9a-fA-F]{3,8}\b(?![^<>{}]*=)|\brgba?\(|\bhsla?\(/;
    const found = styled.filter((path) => literal.test(readFileSync(path, 'utf8')));
    expect(found).toEqual([]);
  });

  it('reach Tauri through one file', () => {
    const found = sources
      .filter(({ text }) => text.includes('@tauri-apps'))
      .map(({ path }) => path);
    expect(found).toEqual(['src/lib/ipc.ts']);
  });

  it('stay readable: 400 lines a file, 100 characters a line', () => {
    const mine = all.filter((path) => /\.(ts|svelte)$/.test(path) && !/ipc\.types/.test(path));
    for (const path of mine) {
      const lines = readFileSync(path, 'utf8').split('\n');
      expect(lines.length, path).toBeLessThanOrEqual(401);
      const long = lines.filter((line) => [...line].length > 100);
      expect(long, path).toEqual([]);
    }
  });
});

describe('a sentence', () => {
  it('counts', () => {
    setLang('en');
    const said = [0, '1', '1,284'].map((n) => t('foot.total', { n }));
    expect(said).toEqual(['0 orders', '1 order', '1,284 orders']);
    setLang('zh');
  });

  it('takes its fields, and leaves a missing one to be seen', () => {
    expect(t('foot.ship_n', { n: 3 })).toBe('取号并打印 3 张');
    expect(t('foot.ship_n')).toContain('{n}');
    setLang('en');
    expect(t('foot.ship_n', { n: 3 })).toBe('Get numbers, print 3');
    expect(document.documentElement.lang).toBe('en');
  });

  it('of a trouble puts our words into the language and the others as they are', () => {
    const fields = { order: 'WC-1', state: 'printed' };
    expect(troubleText({ code: 'wrong_state', action: 'none', fields })).toContain('“已打印”');
    const said = { account: 'A', code: '105', said: '$& {x}' };
    const text = troubleText({ code: 'carrier_refused', action: 'edit_order', fields: said });
    expect(text).toContain('$& {x}');
  });
});
