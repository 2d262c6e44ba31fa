/** Where an offer holds, in words. */
export const channelWords = (channels: readonly string[], t: { readonly everywhere: string; readonly storeOnly: string; readonly webOnly: string }): string => {
  const store = channels.includes('store')
  const web = channels.includes('web')
  if (store && web) return t.everywhere
  return store ? t.storeOnly : web ? t.webOnly : channels.join(', ')
}
