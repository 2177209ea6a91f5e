declare module 'heic-decode' {
  interface Image {
    readonly width: number
    readonly height: number
    decode(): Promise<{ readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }>
  }
  const decode: {
    all(ask: { readonly buffer: Uint8Array }): Promise<readonly Image[] & { dispose(): void }>
  }
  // biome-ignore lint/style/noDefaultExport: it is the package's
  export default decode
}
