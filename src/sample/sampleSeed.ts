/** The seed registries fill their sample data with, so that sample files can speak of the same devices. */
export const SAMPLE_SEED = 20_251_122
