/** Which version of the app this is, for the device list; the build writes it in. */
export const APP_VERSION: string = import.meta.env.APP_VERSION ?? 'development'
