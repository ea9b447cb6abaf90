import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { invented } from '../fake/orders';
import { aloud } from './aloud';
import { useTransport } from './ipc';
import type { Row, ScanView } from './ipc.types';
import { play, setVolume, TONES } from './sound';
import { setVoice, speak } from './voice';

const row: Row = invented(1, 'ready', 0).detail.row;
const held = (why: string): Row => ({
  ...row,
  trouble: { code: 'held_by_person', action: 'edit_order', fields: { why } },
});

describe('after a scan is said', () => {
  it.each<[string, ScanView, string]>([
    ['the carrier', { kind: 'shipping', value: { ...row, account: '圆通-快递鸟' } }, '圆通'],
    ['a duplicate', { kind: 'printed', value: row }, '重复，已经打印过'],
    ['a refund', { kind: 'attention', value: held('买家申请退款') }, '退款'],
    ['that a person is needed', { kind: 'attention', value: held('') }, '需要处理'],
    [
      'that it is unknown',
      { kind: 'unknown', value: { code: 'scan_unknown', action: 'none', fields: {} } },
      '不认识这个码',
    ],
    ['nothing of a confirmed label', { kind: 'confirmed', value: row }, ''],
  ])('%s', (_, answer, words) => expect(aloud(answer)).toBe(words));
});

describe('the voice', () => {
  const said: string[] = [];
  const told: Record<string, unknown>[] = [];

  beforeEach(() => {
    said.length = 0;
    told.length = 0;
    useTransport({
      call: async (_, args = {}) => told.push(args),
      upload: async () => undefined,
      listen: async () => () => undefined,
    });
  });
  afterEach(() => {
    setVoice(false);
    vi.unstubAllGlobals();
  });

  it('is silent until it is wanted', () => {
    speak('圆通');
    expect(told).toEqual([]);
    setVoice(true);
    speak('');
    expect(told).toEqual([]);
  });

  it('is the web view\u2019s where it has one of the language', () => {
    class Utterance {
      constructor(readonly text: string) {}
    }
    vi.stubGlobal('SpeechSynthesisUtterance', Utterance);
    vi.stubGlobal('speechSynthesis', {
      getVoices: () => [{ lang: 'en-US' }, { lang: 'zh-CN' }],
      cancel: () => said.push('cancel'),
      speak: (one: Utterance & { lang: string }) => said.push(`${one.lang} ${one.text}`),
    });
    setVoice(true);
    speak('圆通');
    expect(said).toEqual(['cancel', 'zh-CN 圆通']);
    expect(told).toEqual([]);
  });

  it('is the system\u2019s where the web view has none', () => {
    setVoice(true);
    speak('重复');
    expect(told).toEqual([{ text: '重复', lang: 'zh' }]);
  });
});

describe('the tones', () => {
  it('are told apart by height, length and number', () => {
    const { good, wrong, finished } = TONES;
    expect(good.hz[0]).toBeGreaterThan(4 * (wrong.hz[0] ?? 0));
    expect(wrong.ms).toBeGreaterThan(4 * good.ms);
    expect(finished.hz).toHaveLength(3);
    expect([...finished.hz]).toEqual([...finished.hz].sort((a, b) => a - b));
  });

  it('are as loud as the settings say, and silent at 0', () => {
    const peaks: number[] = [];
    const gain = {
      setValueAtTime: () => gain,
      linearRampToValueAtTime: (value: number) => (peaks.push(value), gain),
    };
    class Audio {
      currentTime = 0;
      destination = {};
      resume = async () => undefined;
      createGain = () => ({ gain, connect: (next: unknown) => next });
      createOscillator = () => ({
        frequency: { value: 0 },
        connect: (next: unknown) => next,
        start: () => undefined,
        stop: () => undefined,
      });
    }
    vi.stubGlobal('AudioContext', Audio);
    setVolume(100);
    play('good');
    setVolume(50);
    play('good');
    setVolume(0);
    play('good');
    const loud = peaks.filter((peak) => peak > 0);
    expect(loud).toHaveLength(2);
    expect(loud[1]).toBeCloseTo((loud[0] ?? 0) / 2);
    setVolume(70);
    vi.unstubAllGlobals();
  });
});
