/** What the officer asks of a report; `by` null is its first grouping. */
export interface Question {
  readonly report: string
  readonly from: string
  readonly to: string
  readonly by: string | null
}
