import type { Route } from '../../domain/appeal.ts'

/** Fields of the claim that the form asks for on each route, beside those of every route. */
export const CLAIM_INPUTS = {
  exit: 'date',
  purchase: 'date',
  entry: 'date',
  seller: 'text',
  receiptNo: 'text',
  crossingNo: 'text',
  declarationNo: 'text',
  trackingNo: 'text',
  priceTenge: 'number',
} as const
export type ClaimInput = keyof typeof CLAIM_INPUTS

const OF_ROUTE: Readonly<Record<Route, readonly ClaimInput[]>> = {
  accompanied: ['exit', 'purchase', 'entry', 'seller', 'receiptNo', 'crossingNo', 'priceTenge'],
  post: ['purchase', 'seller', 'receiptNo', 'trackingNo', 'declarationNo', 'priceTenge'],
  courier: ['purchase', 'seller', 'receiptNo', 'declarationNo', 'trackingNo', 'priceTenge'],
  'second-imei': [],
  'board-replaced': [],
  marketplace: ['purchase', 'seller', 'receiptNo', 'priceTenge'],
  gift: ['exit', 'entry', 'crossingNo'],
  'second-hand': ['purchase', 'seller'],
}
/** Without these the claim of a route says nothing. */
const NEEDED: Readonly<Record<Route, readonly ClaimInput[]>> = {
  accompanied: ['purchase', 'entry'],
  post: ['purchase'],
  courier: ['purchase'],
  'second-imei': [],
  'board-replaced': [],
  marketplace: ['purchase'],
  gift: ['entry', 'crossingNo'],
  'second-hand': ['purchase'],
}

export const claimInputs = (route: Route): readonly ClaimInput[] => OF_ROUTE[route]
export const isNeeded = (route: Route, input: ClaimInput): boolean => NEEDED[route].includes(input)

/** A person's own pictures are small; what is larger comes through a portal. */
export const FORM_FILE_BYTES = 20 * 1024 * 1024
export const FORM_FILES = 10
