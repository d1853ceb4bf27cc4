// With SEED in the environment, every property is tested with that seed. A failing property prints the seed it had.
if (process.env.SEED !== undefined && process.env.SEED !== '') {
  const seed = Number(process.env.SEED)
  if (!Number.isInteger(seed)) throw new RangeError(`SEED: ${process.env.SEED} is not a whole number`)
  // Here and not above, for it takes a tenth of a second in every test file.
  const { default: fc } = await import('fast-check')
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })
}

export {}
