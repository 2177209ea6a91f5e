import type { Instant } from '../../../domain/fact.ts'
import type { Sql } from '../pool.ts'

/** A key that something may be signed with: the registry's, or a desk's. */
export interface PublishedKey {
  readonly id: string
  /** Raw Ed25519 key, base64url. */
  readonly publicKey: string
  readonly since: Instant
}

/** Makes a key of the registry known; known ones stay as they are. */
export const publishKey = (db: Sql, key: PublishedKey): Promise<number> =>
  db.run('INSERT INTO signing_key (id, public_key, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    key.id,
    key.publicKey,
    key.since,
  ])

/** Every key the registry ever signed with, the oldest first. */
export const publishedKeys = (db: Sql): Promise<PublishedKey[]> =>
  db.all<PublishedKey>('SELECT id, public_key AS "publicKey", since FROM signing_key ORDER BY since, id')
