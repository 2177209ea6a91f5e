/**
 * A line of a customs declaration as an account: so many devices were declared, so many are drawn from it. A declaration that lends its
 * number to more devices than it names is the usual way of a fixer.
 */
export interface LedgerEntry {
  /** Devices declared; null: the line does not say. */
  readonly quantity: number | null
  /** Devices listed under the line by customs. */
  readonly devices: number
  /** Devices that appeals claim under it and customs did not list. */
  readonly claimed: number
}

/** Devices drawn beyond what was declared; 0 within it, and where no quantity is known. */
export const overdrawn = ({ quantity, devices, claimed }: LedgerEntry): number =>
  quantity === null ? 0 : Math.max(0, devices + claimed - quantity)
