import type { Migration } from '../migrate.ts'

/** What reports group the lists by, in one narrow index: a list is counted without reading its rows. The IMEI is the row's own key. */
export const LISTING_FIGURES: Migration = {
  number: 72,
  name: 'listing figures',
  sql: 'CREATE INDEX listing_figure ON listing(list, since, reason, deadline, operator, region, importer);',
}
