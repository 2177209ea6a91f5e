import { z } from 'zod'

/**
 * The page's policy forbids making code from text, which zod would do for speed (and which the policy would report). Imported before
 * any schema is made.
 */
z.config({ jitless: true })
