// Both kernels beside BigInt, a million products and squares of random and extreme digits: takes a quarter of an hour.
//
//   node node_modules/tsx/dist/cli.mjs packages/srp/test/engine/wasm/million.ts [count]
import { randomBytes } from 'node:crypto'
import { openDigits } from '../../support/digits.js'
import { kernels } from '../../support/kernels.js'

const count = Number(process.argv[2] ?? 1_000_000)
const SIZES = [512, 513, 664, 768, 1023, 1024, 1536, 2048, 3072, 3576, 3577, 3584, 4096, 6144, 8192]
/** Small sizes are checked more often, for they are quicker: as many digits in all for each size. */
const weights = SIZES.map((bits) => 1 / bits)
const total = weights.reduce((sum, weight) => sum + weight, 0)

let pool = randomBytes(0)
let used = 0
function byte(): number {
  if (used >= pool.length) {
    pool = randomBytes(65_536)
    used = 0
  }
  return pool[used++] ?? 0
}

const toBig = (bytes: Uint8Array): bigint => BigInt(`0x0${Buffer.from(bytes).toString('hex')}`)
const random = (bits: number): bigint => BigInt.asUintN(bits, toBig(randomBytes(Math.ceil(bits / 8))))
/** Moduli with long runs of ones or zeros, or none. */
const modulusOf = (bits: number, shape: number): bigint => {
  const top = 1n << BigInt(bits - 1)
  if (shape === 0) return top | BigInt.asUintN(bits - 1, -1n - (random(bits >> 2) << 1n)) | 1n
  if (shape === 1) return top | random(bits >> 2) | 1n
  return top | random(bits - 1) | 1n
}

let wrong = 0
let done = 0
for (const [name, module] of kernels) {
  for (const [i, bits] of SIZES.entries()) {
    const share = Math.ceil((count / kernels.length) * ((weights[i] ?? 0) / total))
    const began = performance.now()
    for (let left = share; left > 0; ) {
      const N = modulusOf(bits, left % 3)
      const { kernel, residues, R, put, get, patterns, mostOfProduct } = openDigits(module, N, bits)
      const [x, y, z] = residues.slots
      const signed = name === 'fma'
      const digit = (): number => {
        let value = byte() & 15
        for (let i = 0; i < 6; i++) value = value * 256 + byte()
        return signed ? (value % (2 * mostOfProduct + 1)) - mostOfProduct : value % (mostOfProduct + 1)
      }
      /** Random digits, extreme ones, or a mixture. */
      const fill = (): ((index: number) => number) => {
        const kind = byte()
        const pattern = patterns[kind % patterns.length]?.[1] ?? digit
        if (kind < 96) return digit
        if (kind < 176) return pattern
        return (index) => (byte() & 1 ? pattern(index) : digit())
      }
      for (let run = Math.min(left, 400); run > 0; run -= 2, left -= 2, done += 2) {
        const a = put(x, fill())
        const b = put(y, fill())
        kernel.multiply(z, x, y)
        const product = get(z)
        if ((product.value * R - a * b) % N !== 0n || product.most > mostOfProduct) wrong++
        kernel.square(z, x)
        const square = get(z)
        if ((square.value * R - a * a) % N !== 0n || square.most > mostOfProduct) wrong++
      }
    }
    console.log(`${name}, ${bits} bits: ${share} in ${((performance.now() - began) / 1000).toFixed(0)} s`)
  }
}
console.log(`${done} products and squares, ${wrong} wrong`)
process.exitCode = wrong === 0 ? 0 : 1
