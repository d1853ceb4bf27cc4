// Stops `npm pack` and `npm publish` in a package: npm would leave `workspace:` in the manifest, and nobody could install it.
if (!process.env.npm_config_user_agent?.startsWith('pnpm/')) {
  console.error(
    'npm leaves "workspace:" ranges in the tarball, which cannot be installed. Pack with: npx pnpm@10.34.9 pack',
  )
  process.exit(1)
}
