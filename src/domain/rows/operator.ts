import type { BatchField } from '../checks/batchField.ts'
import { checkDate } from '../checks/checkDate.ts'
import { checkImeis, imeiFields } from '../checks/checkImeis.ts'
import { type Finding, finding } from '../checks/finding.ts'
import { type RowCells, written } from '../checks/rowCells.ts'
import type { Imei14, IsoDate, Network } from '../fact.ts'
import { isHomeImsi, parseImsi, parseMsisdn } from '../msisdn.ts'
import { emptied } from '../reused.ts'
import {
  docData,
  type JudgeContext,
  type JudgedRow,
  type Observation,
  type RowJudge,
  type SharedPart,
  SharedParts,
} from './judge.ts'

const SHARED: readonly BatchField[] = ['date', 'rat', 'network', 'region']

/**
 * An operator's observation: this IMEI was in the network on that day. The 15th digit is sent as 0, so it says nothing. IMSI and
 * MSISDN are checked and used to tell home, roaming and M2M apart; they are in no document, only in the raw observation.
 */
export function operatorJudge(c: JudgeContext): RowJudge {
  const columns = imeiFields(c.mapped)
  const byNetwork: Readonly<Record<Network, SharedParts>> = {
    home: new SharedParts(
      SHARED.filter((f) => c.mapped.has(f)),
      (row) => judgeSighting(row, 'home', c),
    ),
    roaming: new SharedParts(
      SHARED.filter((f) => c.mapped.has(f)),
      (row) => judgeSighting(row, 'roaming', c),
    ),
    m2m: new SharedParts(
      SHARED.filter((f) => c.mapped.has(f)),
      (row) => judgeSighting(row, 'm2m', c),
    ),
  }
  const imeis: Imei14[] = []
  const findings: Finding[] = []
  return {
    judge(row): JudgedRow {
      emptied(findings)
      checkImeis(row, columns, c.tacs, false, imeis, findings)
      const sim = simOf(row, findings)
      const network = networkOf(row, sim, findings)
      const number = checkMsisdn(row, network, findings)
      const part = byNetwork[network].of(row)
      for (const f of part.findings) findings.push(f)
      const outOfRegion = sim === 'foreign' || number === 'foreign'
      return {
        imeis,
        findings,
        doc: part.doc,
        outOfRegion,
        observation: part.doc && observed(row, part.doc.date, network),
      }
    },
  }
}

/** What the row says besides the sighting itself; only readable numbers, the registry keeps no others. */
function observed(row: RowCells, day: IsoDate, network: Network): Observation {
  const msisdn = written(row, 'msisdn')
  return {
    day,
    imsi: parseImsi(written(row, 'imsi')),
    msisdn: msisdn === '' ? null : (parseMsisdn(msisdn) ?? msisdn.replace(/[\s()-]/g, '')),
    rat: written(row, 'rat') || null,
    network,
    region: written(row, 'region') || null,
  }
}

function judgeSighting(row: RowCells, network: Network, c: JudgeContext): SharedPart {
  const findings: Finding[] = []
  const date = checkDate(row, 'date', c.today, c.date1904, findings)
  if (date === null) {
    if (findings.length === 0) findings.push(finding('date-missing', 'date'))
    return { doc: null, findings }
  }
  const data = docData([
    ['rat', written(row, 'rat')],
    ['region', written(row, 'region')],
  ])
  return { doc: { op: 'add', date, network, data, quantity: 0 }, findings }
}

const HOME = /^(?:home|own|domestic|h|дом\p{L}*|своя|абонент|үй\p{L}*|ішкі)/iu
const ROAMING = /^(?:roam\p{L}*|visitor|inbound|r|роум\p{L}*|гост\p{L}*|роуминг\p{L}*)/iu
const M2M = /^(?:m2m|iot|nb-?iot|телеметр\p{L}*)/iu

type Origin = 'home' | 'foreign' | 'unknown'

/** Country of the SIM, by its IMSI. */
function simOf(row: RowCells, findings: Finding[]): Origin {
  const text = written(row, 'imsi')
  if (text === '') return 'unknown'
  const imsi = parseImsi(text)
  if (imsi === null) findings.push(finding('imsi-form', 'imsi', text))
  return imsi === null ? 'unknown' : isHomeImsi(imsi) ? 'home' : 'foreign'
}

function networkSaid(text: string): Network | null {
  if (M2M.test(text)) return 'm2m'
  if (ROAMING.test(text)) return 'roaming'
  return HOME.test(text) ? 'home' : null
}

/** The column that says so, else the country of the SIM: only a Kazakh SIM in a network of Kazakhstan starts a clock. */
function networkOf(row: RowCells, sim: Origin, findings: Finding[]): Network {
  const text = written(row, 'network')
  const said = text === '' ? null : networkSaid(text)
  if (text !== '' && said === null) findings.push(finding('network-unknown', 'network', text))
  if (said === 'home' && sim === 'foreign') findings.push(finding('imsi-out-of-region', 'imsi', row.text('imsi')))
  return said ?? (sim === 'foreign' ? 'roaming' : 'home')
}

function checkMsisdn(row: RowCells, network: Network, findings: Finding[]): Origin {
  const text = written(row, 'msisdn')
  if (text === '') return 'unknown'
  if (parseMsisdn(text) !== null) return 'home'
  // a foreign SIM in roaming has a foreign number
  if (!/^\+?\d{8,15}$/.test(text.replace(/[\s()-]/g, ''))) {
    findings.push(finding('msisdn-form', 'msisdn', text))
    return 'unknown'
  }
  if (network === 'home') findings.push(finding('msisdn-out-of-region', 'msisdn', text))
  return 'foreign'
}
