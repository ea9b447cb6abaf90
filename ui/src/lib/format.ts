// Numbers, times and codes as people read them. The units stand in the names of the arguments.

import { t } from './i18n.svelte';

const GROUPED = new Intl.NumberFormat('en-US');

function two(n: number): string {
  return String(n).padStart(2, '0');
}

/** 12345 → "12,345". */
export function count(n: number): string {
  return GROUPED.format(n);
}

/** Local time of day with seconds: "10:04:12". */
export function clock(atMs: number): string {
  const at = new Date(atMs);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** Local time; with the day when it is not today: "10:04" or "11-20 10:04". */
export function when(atMs: number, nowMs: number = Date.now()): string {
  const at = new Date(atMs);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  if (at.toDateString() === new Date(nowMs).toDateString()) return time;
  const day = `${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const thisYear = at.getFullYear() === new Date(nowMs).getFullYear();
  return thisYear ? `${day} ${time}` : `${at.getFullYear()}-${day} ${time}`;
}

/** From when to when, within a day: "10:00–12:00" or "11-20 10:00–12:00". */
export function span(fromMs: number, toMs: number, nowMs: number = Date.now()): string {
  return `${when(fromMs, nowMs)}–${when(toMs, toMs)}`;
}

/** Fen as a sum to read: "¥16.50". */
export function sum(amountFen: number): string {
  return `${amountFen < 0 ? '−' : ''}¥${(Math.abs(amountFen) / 100).toFixed(2)}`;
}

/** Grams as kilograms: 320 → "0.32 kg"; below ten grams the grams themselves. */
export function weight(weightG: number): string {
  return weightG < 10 ? `${weightG} g` : `${(weightG / 1000).toFixed(2)} kg`;
}

/** A waybill number in groups of four, as it is read aloud: "YT88 1200 0033". */
export function grouped(no: string): string {
  return no.replace(/(.{4})(?=.)/g, '$1 ');
}

/** How long something takes, in the largest two units: "1 min 8 s". */
export function lasting(ms: number): string {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 60) return t('time.s', { s });
  if (s < 3600) return t('time.min_s', { min: Math.floor(s / 60), s: s % 60 });
  return t('time.h_min', { h: Math.floor(s / 3600), min: Math.floor((s % 3600) / 60) });
}

/** How long ago, in one unit: "5 min", "3 h", "2 d". */
export function age(atMs: number, nowMs: number = Date.now()): string {
  const min = Math.max(0, Math.floor((nowMs - atMs) / 60_000));
  if (min < 60) return t('time.minutes', { n: min });
  if (min < 48 * 60) return t('time.hours', { n: Math.floor(min / 60) });
  return t('time.days', { n: Math.floor(min / 1440) });
}

/** A short wait with hundredths: 380 → "0.38". */
export function seconds(ms: number): string {
  return (ms / 1000).toFixed(2);
}

/** Part of a whole as a number from 0 to 1; nothing of nothing is nothing. */
export function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, part / whole) : 0;
}

/** Fen as an amount to type: "128.5"; empty for none. */
export function yuan(amountFen: number | null): string {
  return amountFen === null ? '' : String(amountFen / 100);
}

/** A price with its currency: "¥4.80", "12.50 USD". */
export function price(minor: number, currency: string): string {
  const sum = (minor / 100).toFixed(2);
  return currency === 'CNY' ? `¥${sum}` : `${sum} ${currency}`;
}

/** Much money to read: "¥1,234.50". */
export function sums(amountFen: number): string {
  const [whole = '', part = ''] = (amountFen / 100).toFixed(2).split('.');
  return `¥${GROUPED.format(Number(whole))}.${part}`;
}

/** Whether a typed text is an amount, or nothing. A million yuan is the most. */
export function isMoney(text: string): boolean {
  const plain = text.trim();
  return plain === '' || (/^\d{1,7}(\.\d{1,2})?$/.test(plain) && Number(plain) <= 1_000_000);
}

/** A typed amount in fen; nothing and zero are none. */
export function fen(text: string): number | null {
  return Math.round(Number(text.trim()) * 100) || null;
}

/** A weight as scales show it: "1.085 kg"; nothing where nothing is known. */
export function grams(weightG: number | null | undefined): string {
  return weightG === null || weightG === undefined ? '–' : `${(weightG / 1000).toFixed(3)} kg`;
}
