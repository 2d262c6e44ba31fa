/// <reference types="svelte" />
/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Written in by the build; absent in tests and under hot reload. */
  readonly APP_VERSION?: string
}
