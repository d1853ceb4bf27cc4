// Bundles main.js of the current folder with the Metro of a fixture, told not to read `exports`, as React Native before 0.79
// is set up: node build.cjs <folder of the fixture> <file to write>
const { join } = require('node:path')

const [fixture, out] = process.argv.slice(2)
const Metro = require(join(fixture, 'node_modules/metro'))
const project = process.cwd()

async function main() {
  const config = await Metro.loadConfig(
    { cwd: project, resetCache: true },
    {
      projectRoot: project,
      // Metro hashes its own module system as well, and sees no file outside these folders.
      watchFolders: [project, join(fixture, 'node_modules')],
      resolver: {
        unstable_enablePackageExports: false,
        useWatchman: false,
        extraNodeModules: { 'metro-runtime': join(fixture, 'node_modules/metro-runtime') },
      },
      transformer: { babelTransformerPath: join(fixture, 'node_modules/metro-babel-transformer') },
      cacheStores: [],
      maxWorkers: 1,
      reporter: { update() {} },
    },
  )
  await Metro.runBuild(config, { entry: 'main.js', dev: false, minify: false, platform: 'ios', out })
}

main().then(
  () => process.exit(0),
  (error) => {
    console.error(error.message)
    process.exit(1)
  },
)
