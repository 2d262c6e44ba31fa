/** The door to spoken output. Only voices of the device itself: they work offline and send no text away. */

export const canSpeak = (language: string): boolean => voiceFor(language) !== null

/** Says `text`, replacing whatever is being said; without a fitting voice nothing happens. */
export const speak = (text: string, language: string): void => {
  const voice = voiceFor(language)
  if (!voice) return
  const utterance = new SpeechSynthesisUtterance(text)
  utterance.voice = voice
  utterance.lang = voice.lang
  speechSynthesis.cancel()
  speechSynthesis.speak(utterance)
}

export const stopSpeaking = (): void => {
  if ('speechSynthesis' in globalThis) speechSynthesis.cancel()
}

/** Voices arrive late in some browsers; calls back at once and on every change, and returns its end. */
export const onVoices = (listener: () => void): (() => void) => {
  if (!('speechSynthesis' in globalThis)) return () => {}
  speechSynthesis.addEventListener('voiceschanged', listener)
  listener()
  return () => speechSynthesis.removeEventListener('voiceschanged', listener)
}

const voiceFor = (language: string): SpeechSynthesisVoice | null => {
  if (!('speechSynthesis' in globalThis)) return null
  const fitting = speechSynthesis.getVoices().filter((voice) => voice.localService && voice.lang.toLowerCase().startsWith(language.toLowerCase()))
  return fitting.find((voice) => voice.default) ?? fitting[0] ?? null
}
