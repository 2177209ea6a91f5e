import type { CommandLine } from 'electron'

/** Of each window: what is on screen, with all papers of an appeal, is unpacked once however often it is turned to. */
const KEPT = 64
/** Chromium's `cc/tiles/software_image_decode_cache.cc`. */
const LIMIT = 'NormalMaxItemsInCacheForSoftware'
const FEATURES = 'enable-features'

/**
 * Where no graphics card draws, Chromium keeps the last 1,000 pictures that it unpacked in whatever size, until those of all
 * windows take 512 MB. Nobody comes back to the papers of a hundred appeals: only the last few are kept. To be called before the app is ready.
 */
export function keepFewUnpackedPictures(commandLine: CommandLine): void {
  const asked = [commandLine.getSwitchValue(FEATURES), `${LIMIT}Feature:${LIMIT}/${KEPT}`]
  commandLine.appendSwitch(FEATURES, asked.filter(Boolean).join(','))
}
