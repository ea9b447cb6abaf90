// What is heard at the bench: a tick for "read", short and high for good, long and low for wrong.

export type Sound = 'read' | 'good' | 'wrong';

interface Tone {
  hz: number;
  ms: number;
  volume: number;
}

const TONES: Record<Sound, Tone> = {
  read: { hz: 1320, ms: 28, volume: 0.12 },
  good: { hz: 1760, ms: 110, volume: 0.22 },
  wrong: { hz: 196, ms: 520, volume: 0.4 },
};

/** Fading in and out over this long keeps the loudspeaker from clicking. */
const FADE_S = 0.006;

let context: AudioContext | undefined;

/** Plays at once; a machine without sound stays silent and nothing else changes. */
export function play(sound: Sound): void {
  if (typeof AudioContext === 'undefined') return;
  try {
    context ??= new AudioContext();
    void context.resume();
    const { hz, ms, volume } = TONES[sound];
    const from = context.currentTime;
    const to = from + ms / 1000;
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, from);
    gain.gain.linearRampToValueAtTime(volume, from + FADE_S);
    gain.gain.setValueAtTime(volume, to - FADE_S);
    gain.gain.linearRampToValueAtTime(0, to);
    const oscillator = context.createOscillator();
    oscillator.type = sound === 'wrong' ? 'sawtooth' : 'sine';
    oscillator.frequency.value = hz;
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(from);
    oscillator.stop(to);
  } catch {
    context = undefined;
  }
}
