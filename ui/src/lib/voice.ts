// What is said aloud, if the settings want it: by the web view's own speech, else by the system's
// through the core. Everything that is said also stands on the screen.

import { lang } from './i18n.svelte';
import * as ipc from './ipc';

let on = false;

/** Whether anything is said from now on. */
export function setVoice(wanted: boolean): void {
  on = wanted;
}

/** The voice of the window's language, if the web view has one. */
function voiceOf(speech: SpeechSynthesis): SpeechSynthesisVoice | undefined {
  return speech.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(lang()));
}

/** Says it; what was being said gives way, because the newest parcel is the one in the hand. */
export function speak(text: string): void {
  if (!on || text === '') return;
  const speech = globalThis.speechSynthesis as SpeechSynthesis | undefined;
  const voice = speech && voiceOf(speech);
  if (!speech || !voice) {
    // A computer without speech stays silent; the screen says it all the same.
    void ipc.say(text, lang()).catch(() => undefined);
    return;
  }
  const said = new SpeechSynthesisUtterance(text);
  said.voice = voice;
  said.lang = voice.lang;
  speech.cancel();
  speech.speak(said);
}
