import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** The text of all pages of a PDF in the order it was drawn; '' when the file can no longer be read as one. */
export async function textOfPdf(bytes: Uint8Array): Promise<string> {
  const task = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 })
  try {
    const pdf = await task.promise
    const texts: string[] = []
    for (let n = 1; n <= pdf.numPages; n++) {
      const { items } = await (await pdf.getPage(n)).getTextContent()
      for (const item of items) if ('str' in item) texts.push(item.str)
    }
    return texts.join(' ')
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidPDFException') return ''
    throw error
  } finally {
    await task.destroy()
  }
}
