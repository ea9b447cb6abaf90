// All sentences of the window, in two languages, by key. No sentence stands anywhere else.

import en from './i18n/en.json';
import zh from './i18n/zh.json';

export type Lang = 'zh' | 'en';
export type Fields = Record<string, string | number | undefined>;

const SENTENCES: Record<Lang, Record<string, string>> = { zh, en };
/** What of a machine is remembered: only the language, never anything of the business. */
const REMEMBERED = 'packbench.lang';

function remembered(): Lang {
  try {
    return localStorage.getItem(REMEMBERED) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}

const state = $state<{ lang: Lang }>({ lang: remembered() });

/** The language of the window now. */
export function lang(): Lang {
  return state.lang;
}

/** Changes the language of the window at once. */
export function setLang(lang: Lang): void {
  state.lang = lang;
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  try {
    localStorage.setItem(REMEMBERED, lang);
  } catch {
    // A window without storage starts in Chinese again; nothing else is lost.
  }
}

/** Whether there is a sentence of that key. */
export function has(key: string): boolean {
  return key in SENTENCES[state.lang];
}

/**
 * The sentence of a key with `{name}` replaced by the field of that name, and `{name?s}` by what
 * more than one takes: “1 order”, “2 orders”.
 */
export function t(key: string, fields: Fields = {}): string {
  const sentence = SENTENCES[state.lang][key] ?? key;
  const counted = sentence.replace(/\{(\w+)\?(\w+)\}/g, (_, name: string, more: string) =>
    String(fields[name]) === '1' ? '' : more,
  );
  return counted.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = fields[name];
    return value === undefined ? whole : String(value);
  });
}
