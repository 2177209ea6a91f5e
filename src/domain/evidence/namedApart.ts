/** Files whose names differ from each other and from those there are: telephones call every picture `image.jpg`. */
export function namedApart<T extends { readonly file: string }>(files: readonly T[], there: readonly T[] = []): T[] {
  const taken = new Set(there.map(({ file }) => file))
  return files.map((one) => {
    const file = freeName(one.file, taken)
    taken.add(file)
    return file === one.file ? one : { ...one, file }
  })
}

/** `image.jpg`, then `image (2).jpg`. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name, ending = ''] = /^(.+?)(\.[^.]*)?$/s.exec(name) ?? []
  let free = name
  for (let n = 2; taken.has(free); n++) free = `${stem} (${n})${ending}`
  return free
}
