import { readFileSync } from 'node:fs'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** The text of each page of a PDF. */
export async function printedPages(file: string): Promise<string[]> {
  const pdf = await getDocument({ data: new Uint8Array(readFileSync(file)), useSystemFonts: false }).promise
  const pages: string[] = []
  for (let n = 1; n <= pdf.numPages; n++) {
    const { items } = await (await pdf.getPage(n)).getTextContent()
    const texts = items.flatMap((item) => ('str' in item ? [item.str] : []))
    pages.push(texts.join(' ').replace(/\s+/g, ' '))
  }
  await pdf.cleanup()
  return pages
}

export const printedText = async (file: string): Promise<string> => (await printedPages(file)).join(' ')
