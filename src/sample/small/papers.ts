import type { EvidenceKind } from '../../domain/appeal.ts'
import { personOf } from '../../domain/appeal.ts'
import { addDays } from '../../domain/businessDate.ts'
import { imei15Text } from '../../domain/imei.ts'
import type { Model } from '../devices.ts'
import type { Person } from '../people.ts'
import type { Paper } from '../shape.ts'
import { CARRIERS, SERVICE_CENTRES } from './places.ts'
import type { Dates, StoryCase } from './storyCase.ts'

const JPEG = 'image/jpeg'
const PNG = 'image/png'
const PDF = 'application/pdf'

/** The papers an applicant files with his appeal; where the story says so they differ from the claim. */
export function papersOf(c: StoryCase): readonly Paper[] {
  switch (c.planned.route) {
    case 'accompanied':
      return [receipt(c), c.random.fork('stamp').chance(0.5) ? stampPage(c) : certificate(c), phonePhoto(c)]
    case 'post':
      return [receipt(c), parcelLabel(c), phonePhoto(c)]
    case 'courier':
      return [declaration(c), receipt(c), phonePhoto(c)]
    case 'second-imei':
      return [boxLabel(c), phonePhoto(c)]
    case 'board-replaced':
      return [serviceAct(c), phonePhoto(c)]
    case 'marketplace':
      return [receipt(c), sellerInvoice(c), phonePhoto(c)]
    case 'gift':
      return [certificate(c), giftStatement(c), phonePhoto(c)]
    case 'second-hand':
      return c.planned.story === 'receipt-reused'
        ? [receipt(c), phonePhoto(c)]
        : [saleAgreement(c), boxLabel(c), phonePhoto(c)]
  }
}

/** Reused papers are the same file: nothing of the appeal they lie in goes into them. */
const reused = (c: StoryCase): boolean => c.planned.story === 'receipt-reused'

const paper = (
  c: StoryCase,
  file: string,
  shows: EvidenceKind,
  form: Paper['form'],
  type: Paper['type'],
  fields: Paper['fields'],
): Paper => ({
  file,
  shows,
  form,
  type,
  fields,
  seed: reused(c) && shows === 'receipt' ? 7 : c.random.fork(form).next(),
})

const imeiFields = (imeis: readonly number[]): Readonly<Record<string, string>> =>
  Object.fromEntries(imeis.map((imei14, i) => [`imei${i + 1}`, imei15Text(imei14)]))

const modelText = (model: Model): string => `${model.brand} ${model.model}`

const personFields = (person: Person): Readonly<Record<string, string>> => ({
  name: person.applicant.name,
  latin: person.latin,
  person: personOf(person.applicant.key),
  passport: person.passport,
  country: person.country,
  born: person.born,
})

/** Dates as the stamps show them: in one kind of border mismatch the stamp tells the truth and the claim does not. */
const stamped = (c: StoryCase): Dates => (c.planned.by === 'passport' ? c.truth : c.claimed)

function receipt(c: StoryCase): Paper {
  const claimedSum = c.claim.priceTenge ?? 0
  const online = c.planned.route === 'post' || c.planned.route === 'courier' || c.planned.route === 'marketplace'
  const imeis = c.planned.story === 'receipt-of-another-imei' ? c.other.imeis : c.imeis
  const fields = {
    shop: reused(c) ? (c.claim.seller ?? '') : c.shop.name,
    address: c.shop.address,
    receiptNo: c.claim.receiptNo ?? '',
    date: c.claim.purchase ?? c.claimed.purchase,
    item: modelText(c.claimedModel),
    sum: (claimedSum / c.shop.rate).toFixed(2),
    currency: c.shop.currency,
    tenge: String(claimedSum),
    buyer: c.planned.story === 'owner-differs' ? c.stranger.applicant.name : c.person.applicant.name,
    ...(reused(c) ? {} : imeiFields(imeis.slice(0, 1))),
  }
  if (reused(c))
    return paper(c, 'chek.jpg', 'receipt', 'till-receipt', JPEG, {
      ...fields,
      ...REUSED_RECEIPT,
      sum: `${claimedSum}.00`,
    })
  if (online) return paper(c, 'order.png', 'receipt', 'web-receipt', PNG, fields)
  const jpeg = c.random.fork('receipt').chance(0.6)
  return paper(c, jpeg ? 'chek.jpg' : 'receipt.png', 'receipt', 'till-receipt', jpeg ? JPEG : PNG, fields)
}

/** What the fixer's one receipt shows whatever the appeal says; the shared number, date and sum come from the claim. */
const REUSED_RECEIPT = {
  address: 'Алматы қ., Үлгі к-сі 15',
  item: 'Smartphone 128 GB',
  currency: 'KZT',
  buyer: '',
} as const

function stampPage(c: StoryCase): Paper {
  const { exit, entry } = stamped(c)
  return paper(c, 'passport_stamps.jpg', 'stamp', 'stamp-page', JPEG, {
    ...personFields(c.traveller),
    exit,
    entry,
    point: c.point,
  })
}

function certificate(c: StoryCase): Paper {
  const { exit, entry } = stamped(c)
  const who = c.planned.story === 'owner-differs' ? c.stranger : c.traveller
  const image = c.random.fork('certificate').chance(0.4)
  return paper(
    c,
    image ? 'border_certificate.png' : 'border_certificate.pdf',
    'certificate',
    'crossing-certificate',
    image ? PNG : PDF,
    {
      ...personFields(who),
      passport: c.traveller.passport,
      number: `BS-${c.random.fork('certificate no').digits(8)}`,
      exit,
      entry,
      point: c.point,
      issued: addDays(entry, 2),
    },
  )
}

function declaration(c: StoryCase): Paper {
  const who = c.planned.story === 'owner-differs' ? c.stranger : c.person
  const express = c.random.fork('declaration').chance(0.7)
  return paper(c, 'declaration.pdf', 'declaration', express ? 'express-declaration' : 'passenger-declaration', PDF, {
    ...personFields(who),
    number: c.claim.declarationNo ?? '',
    tracking: c.claim.trackingNo ?? '',
    carrier: CARRIERS.courier,
    item: modelText(c.claimedModel),
    hs: c.claimedModel.hs,
    sum: ((c.claim.priceTenge ?? 0) / c.shop.rate).toFixed(2),
    currency: c.shop.currency,
    date: addDays(c.claimed.entry, 0),
    ...imeiFields(c.imeis.slice(0, 1)),
  })
}

function parcelLabel(c: StoryCase): Paper {
  return paper(c, 'parcel.png', 'other', 'parcel-label', PNG, {
    ...personFields(c.person),
    tracking: c.claim.trackingNo ?? '',
    carrier: CARRIERS.post,
    from: c.shop.address,
    sender: c.shop.name,
    date: addDays(c.claimed.purchase, 2),
    item: modelText(c.claimedModel),
  })
}

function phonePhoto(c: StoryCase): Paper {
  const imeis = c.planned.story === 'photo-of-another-phone' ? c.other.imeis.slice(0, c.imeis.length) : c.imeis
  return paper(c, 'imei_06.jpg', 'imei-photo', 'phone-photo', JPEG, { model: modelText(c.model), ...imeiFields(imeis) })
}

function boxLabel(c: StoryCase): Paper {
  return paper(c, 'box.jpg', 'other', 'box-label', JPEG, {
    brand: c.model.brand,
    item: c.model.model,
    ...imeiFields(c.imeis),
    serial: `S${c.random.fork('serial').digits(11)}`,
  })
}

function serviceAct(c: StoryCase): Paper {
  return paper(c, 'service_act.pdf', 'certificate', 'service-act', PDF, {
    ...personFields(c.person),
    centre: c.random.fork('centre').pick(SERVICE_CENTRES),
    number: `SC-${c.random.fork('act').digits(6)}`,
    date: addDays(c.claimed.entry, -1),
    item: modelText(c.model),
    ...imeiFields(c.imeis),
  })
}

function sellerInvoice(c: StoryCase): Paper {
  return paper(c, 'seller_documents.pdf', 'certificate', 'seller-invoice', PDF, {
    ...personFields(c.person),
    shop: c.shop.name,
    address: c.shop.address,
    number: `INV-${c.random.fork('invoice').digits(6)}`,
    date: c.claim.purchase ?? '',
    item: modelText(c.claimedModel),
    tenge: String(c.claim.priceTenge ?? 0),
    ...imeiFields(c.imeis),
  })
}

function giftStatement(c: StoryCase): Paper {
  const image = c.random.fork('statement').chance(0.5)
  return paper(c, image ? 'gift_statement.jpg' : 'gift_statement.pdf', 'other', 'gift-statement', image ? JPEG : PDF, {
    ...personFields(c.person),
    giver: c.traveller.applicant.name,
    giverIin: personOf(c.traveller.applicant.key),
    item: modelText(c.model),
    date: addDays(c.claimed.entry, 3),
    ...imeiFields(c.imeis),
  })
}

function saleAgreement(c: StoryCase): Paper {
  const image = c.random.fork('agreement').chance(0.4)
  return paper(c, image ? 'agreement.png' : 'agreement.pdf', 'receipt', 'sale-agreement', image ? PNG : PDF, {
    ...personFields(c.person),
    seller: c.stranger.applicant.name,
    sellerIin: personOf(c.stranger.applicant.key),
    number: c.claim.receiptNo ?? '',
    date: c.claim.purchase ?? '',
    item: modelText(c.model),
    tenge: String(c.claim.priceTenge ?? 0),
    ...imeiFields(c.imeis),
  })
}
