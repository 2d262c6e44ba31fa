/** Unpredictable bytes, for ids, codes, nonces and tokens. */
export interface Random {
  bytes(length: number): Uint8Array<ArrayBuffer>
}
