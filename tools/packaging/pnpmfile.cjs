// Hooks of pnpm for packing: see pack.mjs.

const TABLES = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies']

const byName = ([a], [b]) => (a < b ? -1 : 1)

module.exports = {
  hooks: {
    /**
     * Put dependencies in the order of their names. pnpm writes them in the order in which it has looked up their
     * `workspace:` ranges, all at once: the same sources gave another tarball about one time in six.
     */
    beforePacking(manifest) {
      for (const table of TABLES.filter((name) => name in manifest)) {
        manifest[table] = Object.fromEntries(Object.entries(manifest[table]).sort(byName))
      }
      return manifest
    },
  },
}
