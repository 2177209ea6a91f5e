import { addDays } from '../../domain/businessDate.ts'
import { type Imei14, type IsoDate, type Network, OPERATORS, type Operator } from '../../domain/fact.ts'
import type { Importer } from '../companies.ts'
import { type Device, MODELS, type Model, TAC_TABLE } from '../devices.ts'
import type { Random } from '../random.ts'
import type { SampleDoc } from '../shape.ts'
import { DAYS_AGO, LAST_LEGACY_DAY, type SmallWorld } from './smallWorld.ts'

const doc = (date: IsoDate, data: SampleDoc['data'] = {}): SampleDoc => ({ op: 'add', date, network: null, data })

/** Number of a made-up customs declaration of that day. */
const declarationNo = (random: Random, date: IsoDate): string =>
  `${random.pick(['55302', '55311', '50502', '39801'])}/${date.slice(8, 10)}${date.slice(5, 7)}${date.slice(2, 4)}/${random.digits(7)}`

/** White: declared, registered, in use before the cut-off, replaced by a service centre. */
export function addWhite(world: SmallWorld): void {
  const random = world.random.fork('white')
  world.batch('tac', 'gsma', DAYS_AGO.tac).addTacs(TAC_TABLE)
  for (let i = 0; i < 480; i++)
    world
      .batch('legacy', 'srfs', DAYS_AGO.legacy)
      .add(world.shelf.take().imeis, doc(addDays(LAST_LEGACY_DAY, -random.below(20)), { note: 'SAMPLE' }))
  for (let i = 0; i < 60; i++)
    world.batch('operator', random.pick(OPERATORS), DAYS_AGO.history).add(world.shelf.take().imeis, {
      op: 'add',
      date: addDays(LAST_LEGACY_DAY, -random.below(60)),
      network: 'home',
      data: { rat: 'LTE' },
    })
  for (let i = 0; i < 110; i++)
    world
      .batch('manufacturer', 'manufacturer', DAYS_AGO.manufacturer)
      .add(world.shelf.take().imeis, doc(world.daysAgo(DAYS_AGO.manufacturer + 5), { report: 'SAMPLE-FACTORY-01' }))
  for (const days of DAYS_AGO.customs) for (let i = 0; i < 6; i++) declare(world, random, days)
  for (let i = 0; i < 24; i++) {
    const shelf = world.shelf.take()
    world
      .batch('service-centre', 'service-centre', DAYS_AGO.serviceCentre)
      .add(
        shelf.imeis,
        doc(world.daysAgo(DAYS_AGO.serviceCentre + random.between(1, 20)), { report: `SC-${1000 + i}` }),
      )
  }
}

/** One declaration: an importer, up to three lines of one model each. */
function declare(world: SmallWorld, random: Random, days: number): void {
  const importer: Importer = random.pick(world.importers)
  const date = world.daysAgo(days + random.between(3, 30))
  const declaration = declarationNo(random, date)
  for (let line = 1; line <= random.between(1, 3); line++) {
    const model: Model = random.pick(MODELS)
    const quantity = random.between(8, 28)
    const data = {
      declaration,
      line: String(line),
      bin: importer.number,
      importer: importer.name,
      brand: model.brand,
      model: model.model,
      hs: model.hs,
      country: 'CN',
      quantity,
    }
    for (let i = 0; i < quantity; i++)
      world.batch('customs', 'customs', days).add(world.shelf.take(model).imeis, doc(date, data))
  }
}

/** Declarations that lend their numbers to more devices than they name. */
export function addOverdrawn(world: SmallWorld): void {
  const random = world.random.fork('overdrawn')
  for (const [quantity, devices] of [
    [6, 9],
    [20, 22],
  ] as const) {
    const importer = random.pick(world.importers)
    const model = random.pick(MODELS)
    const date = world.daysAgo(DAYS_AGO.customs[3] + random.between(3, 9))
    const { brand, model: name, hs } = model
    const data = {
      ...{ declaration: declarationNo(random, date), line: '1', bin: importer.number, importer: importer.name },
      ...{ brand, model: name, hs, country: 'CN', quantity },
    }
    for (let i = 0; i < devices; i++)
      world.batch('customs', 'customs', DAYS_AGO.customs[3]).add(world.shelf.take(model).imeis, doc(date, data))
  }
}

/** Grey, on no list (seen only in roaming or M2M), and black by a signed block run. */
export function addSeen(world: SmallWorld): void {
  const random = world.random.fork('seen')
  for (const operator of OPERATORS) {
    for (let i = 0; i < 70; i++) addLapsed(world, world.shelf.take().imeis, random.between(80, 135), operator)
    for (let i = 0; i < 40; i++) addSighting(world, world.shelf.take().imeis, random.between(34, 44), operator)
    for (let i = 0; i < 190; i++) addSighting(world, world.shelf.take().imeis, random.between(3, 29), operator)
    for (let i = 0; i < 20; i++)
      addSighting(world, world.shelf.take().imeis, random.between(3, 25), operator, 'roaming')
    for (let i = 0; i < 12; i++) addSighting(world, world.shelf.take().imeis, random.between(3, 25), operator, 'm2m')
  }
  for (let i = 0; i < 22; i++) addPendingSecond(world, i < 6 ? random.between(36, 44) : random.between(4, 26))
}

/** Where the sample's devices were first registered. */
const REGIONS = ['Алматы', 'Астана', 'Шымкент', 'Атырау', 'Қарағанды'] as const

/** A device's first registration in a network, that many days ago. */
export function addSighting(
  world: SmallWorld,
  imeis: readonly Imei14[],
  seenDaysAgo: number,
  operator: Operator,
  network: Network = 'home',
): void {
  world.sightings(operator, seenDaysAgo).add(imeis, {
    op: 'add',
    date: world.daysAgo(seenDaysAgo),
    network,
    data: { rat: network === 'm2m' ? 'NB-IoT' : 'LTE', region: REGIONS[(imeis[0] ?? 0) % REGIONS.length] ?? '' },
  })
}

/** A device first seen long ago whose time ran out, so that the signed block run made it black. */
export function addLapsed(world: SmallWorld, imeis: readonly Imei14[], seenDaysAgo: number, operator: Operator): void {
  addSighting(world, imeis, seenDaysAgo, operator)
  world
    .batch('blockrun', 'ministry', DAYS_AGO.blockrun, { by: 'approver2', signedBy: ['approver'] })
    .add(imeis, doc(world.daysAgo(DAYS_AGO.blockrun), { run: 'RUN-0001' }))
}

/** A device whose first IMEI was declared and whose second one waits for confirmation. Returns it. */
export function addPendingSecond(world: SmallWorld, seenDaysAgo: number): Device {
  const random = world.random.fork(`second ${world.shelf.taken}`)
  const device = world.shelf.take(random.pick(MODELS.filter((m) => m.sims === 2)))
  const [first = 0, second = 0] = device.imeis
  const declared = world.daysAgo(DAYS_AGO.customs[4] + 6)
  world.batch('customs', 'customs', DAYS_AGO.customs[4]).add(
    [first],
    doc(declared, {
      declaration: declarationNo(random, declared),
      line: '1',
      bin: world.importers[0]?.number ?? '',
      importer: world.importers[0]?.name ?? '',
      brand: device.model.brand,
      model: device.model.model,
      hs: device.model.hs,
      country: 'CN',
      quantity: 1,
    }),
  )
  addSighting(world, [first, second], seenDaysAgo, 'kcell')
  const reported = DAYS_AGO.secondImei.find((days) => days < seenDaysAgo)
  if (reported === undefined) throw new Error(`no report after ${seenDaysAgo} days ago`)
  world.batch('second-imei', 'srfs', reported).add([second], doc(world.daysAgo(seenDaysAgo - 1), { note: 'SAMPLE' }))
  return device
}

/** Black on the word of another body. */
export function addReported(world: SmallWorld): void {
  const random = world.random.fork('reported')
  const { shelf } = world
  DAYS_AGO.stolen.forEach((days, b) => {
    for (let i = 0; i < 24; i++)
      world
        .batch('stolen', 'police', days)
        .add(
          shelf.take().imeis,
          doc(world.daysAgo(days + random.between(1, 40)), { report: `ЕРДР-${b}${1000 + i}-SAMPLE` }),
        )
  })
  for (let i = 0; i < 8; i++) {
    const phone = shelf.take().imeis
    const taken = world.daysAgo(DAYS_AGO.stolen[1] + 10)
    world.batch('stolen', 'police', DAYS_AGO.stolen[1]).add(phone, doc(taken, { report: `ЕРДР-R${i}-SAMPLE` }))
    world
      .batch('stolen', 'police', DAYS_AGO.recovered, { signedBy: ['approver'], file: 'recovered_SAMPLE.xlsx' })
      .add(phone, {
        op: 'remove',
        date: world.daysAgo(DAYS_AGO.recovered + 1),
        network: null,
        data: { report: `ЕРДР-R${i}-SAMPLE` },
      })
    if (i < 5) world.batch('legacy', 'srfs', DAYS_AGO.legacy).add(phone, doc(LAST_LEGACY_DAY, { note: 'SAMPLE' }))
  }
  for (let i = 0; i < 44; i++)
    world
      .batch('gsma', 'gsma', DAYS_AGO.gsma)
      .add(
        shelf.take().imeis,
        doc(world.daysAgo(DAYS_AGO.gsma + random.between(1, 90)), { report: `SG18-${i}-SAMPLE` }),
      )
  for (let i = 0; i < 40; i++)
    world
      .batch('counterfeit', 'srfs', DAYS_AGO.counterfeit)
      .add(shelf.take(undefined, 1).imeis, doc(world.daysAgo(DAYS_AGO.counterfeit + 3), { report: `LAB-${i}-SAMPLE` }))
  for (let i = 0; i < 9; i++)
    world
      .batch('clone', 'ministry', DAYS_AGO.clone, { by: 'reviewer' })
      .add(shelf.take(undefined, 1).imeis, doc(world.daysAgo(DAYS_AGO.clone), { report: `CASE-${i}-SAMPLE` }))
  for (let i = 0; i < 26; i++)
    world
      .batch('illegal-import', 'customs', DAYS_AGO.illegalImport)
      .add(shelf.take().imeis, doc(world.daysAgo(DAYS_AGO.illegalImport + 2), { report: 'ACT-17-SAMPLE' }))
}
