// What is heard at the bench: a tick for "read", short and high for good, long and low for wrong,
// three rising notes for an order that is finished.

export type Sound = 'read' | 'good' | 'wrong' | 'finished';

/** One sound: its notes one after another, each as long as the others. */
interface Tone {
  hz: readonly number[];
  ms: number;
  volume: number;
}

export const TONES: Record<Sound, Tone> = {
  read: { hz: [1320], ms: 28, volume: 0.17 },
  good: { hz: [1760], ms: 110, volume: 0.31 },
  wrong: { hz: [196], ms: 520, volume: 0.57 },
  finished: { hz: [1047, 1319, 1568], ms: 90, volume: 0.31 },
};

/** Fading in and out over this long keeps the loudspeaker from clicking. */
const FADE_S = 0.006;

let context: AudioContext | undefined;
let loud = 0.7;

/** How loud everything is from now on, in percent; 0 is silent. */
export function setVolume(percent: number): void {
  loud = Math.min(100, Math.max(0, percent)) / 100;
}

/** Plays at once; a machine without sound stays silent and nothing else changes. */
export function play(sound: Sound): void {
  if (typeof AudioContext === 'undefined' || loud === 0) return;
  try {
    context ??= new AudioContext();
    void context.resume();
    const { hz, ms, volume } = TONES[sound];
    let from = context.currentTime;
    for (const note of hz) {
      const to = from + ms / 1000;
      const gain = context.createGain();
      gain.gain.setValueAtTime(0, from);
      gain.gain.linearRampToValueAtTime(volume * loud, from + FADE_S);
      gain.gain.setValueAtTime(volume * loud, to - FADE_S);
      gain.gain.linearRampToValueAtTime(0, to);
      const oscillator = context.createOscillator();
      oscillator.type = sound === 'wrong' ? 'sawtooth' : 'sine';
      oscillator.frequency.value = note;
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(from);
      oscillator.stop(to);
      from = to;
    }
  } catch {
    context = undefined;
  }
}
