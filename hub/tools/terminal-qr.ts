/** QR codes as text, for a console. */
import { toString } from 'qrcode'

/** `colours`: the console understands colour codes, which keep the code dark on light in every theme. */
export const terminalQr = (text: string, colours: boolean): Promise<string> =>
  toString(text, colours ? { type: 'terminal', small: true, errorCorrectionLevel: 'M' } : { type: 'utf8', errorCorrectionLevel: 'M' })
