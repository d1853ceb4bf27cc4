import { defineConfig } from 'tsup'

/** A program for Node: it imports the libraries as everybody does, and loads a part of itself when a command needs it. */
export default defineConfig({
  entry: { cli: 'src/main.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  splitting: true,
  sourcemap: true,
  removeNodeProtocol: false,
})
