import { loadSharp } from './fonts.ts'

/** A travel document that does not exist: Utopia's, as ICAO Doc 9303 prints it to show how the zone is written. */
export interface Specimen {
  /** Size of the document: card, larger card, passport, visas. */
  readonly form: 'TD1' | 'TD2' | 'TD3' | 'MRV-A' | 'MRV-B'
  readonly zone: readonly string[]
  /** `COUNTRY:NUMBER` and the holder, as a reader should find them. */
  readonly passport: string
  readonly person: string
}

/** Specimens of ICAO Doc 9303, parts 4 to 7. */
export const SPECIMENS: readonly Specimen[] = [
  {
    form: 'TD1',
    zone: ['I<UTOD231458907<<<<<<<<<<<<<<<', '7408122F1204159UTO<<<<<<<<<<<6', 'ERIKSSON<<ANNA<MARIA<<<<<<<<<<'],
    passport: 'UTO:D23145890',
    person: 'ERIKSSON ANNA MARIA',
  },
  {
    form: 'TD2',
    zone: ['I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'D231458907UTO7408122F1204159<<<<<<<6'],
    passport: 'UTO:D23145890',
    person: 'ERIKSSON ANNA MARIA',
  },
  {
    form: 'TD3',
    zone: ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'],
    passport: 'UTO:L898902C3',
    person: 'ERIKSSON ANNA MARIA',
  },
  {
    form: 'MRV-A',
    zone: ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L8988901C4XXX4009078F96121096ZE184226B<<<<<<'],
    passport: 'UTO:L8988901C',
    person: 'ERIKSSON ANNA MARIA',
  },
  {
    form: 'MRV-B',
    zone: ['V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<', 'L8988901C4XXX4009078F9612109<<<<<<<<'],
    passport: 'UTO:L8988901C',
    person: 'ERIKSSON ANNA MARIA',
  },
]

/** A specimen's page as PNG: words above, the zone at its foot. */
export async function drawSpecimen({ form, zone }: Specimen): Promise<Buffer> {
  const sharp = await loadSharp()
  const [width, height] = [1240, 870]
  const advance = (width - 120) / Math.max(...zone.map((line) => line.length))
  const lines = zone.map((line, i) => {
    const y = height - 60 - (zone.length - 1 - i) * 62
    // each letter in its own place, as the machine that prints it does
    return [...line].map((c, at) => `<text x="${60 + at * advance}" y="${y}">${c === '<' ? '&lt;' : c}</text>`).join('')
  })
  const size = Math.min(40, advance * 1.6)
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#f3f1ea"/><g font-family="DejaVu Sans" font-size="34" fill="#203050"><text x="60" y="90">UTOPIA · SPECIMEN · ${form}</text><text x="60" y="160">Surname ERIKSSON</text><text x="60" y="210">Given names ANNA MARIA</text></g><g font-family="DejaVu Sans Mono" font-size="${size}" fill="#101010">${lines.join('')}</g></svg>`
  return sharp(Buffer.from(svg)).png().toBuffer()
}
