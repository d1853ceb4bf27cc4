// The groups of RFC 3526, whose generator is 2. From 3072 bits on the primes are those of RFC 5054's groups: the generator
// alone makes them others, and a handshake between the two fails.
import { type Group, knownGroup, knownGroupOfHex } from './group.js'
import { rfc5054_3072, rfc5054_4096, rfc5054_6144, rfc5054_8192 } from './rfc5054.js'

/** RFC 3526's 1536-bit group (group 5), g = 2. Too small for anything new: here for servers that cannot be changed. */
export const rfc3526_1536: Group = /* @__PURE__ */ knownGroupOfHex(
  'rfc3526-1536',
  `
  ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b
  302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe6
  49286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d
  670c354e4abc9804f1746c08ca237327ffffffffffffffff
  `,
  2,
  true,
)

/** RFC 3526's 2048-bit group (group 14), g = 2. */
export const rfc3526_2048: Group = /* @__PURE__ */ knownGroupOfHex(
  'rfc3526-2048',
  `
  ffffffffffffffffc90fdaa22168c234c4c6628b80dc1cd129024e088a67cc74020bbea63b139b22514a08798e3404ddef9519b3cd3a431b
  302b0a6df25f14374fe1356d6d51c245e485b576625e7ec6f44c42e9a637ed6b0bff5cb6f406b7edee386bfb5a899fa5ae9f24117c4b1fe6
  49286651ece45b3dc2007cb8a163bf0598da48361c55d39a69163fa8fd24cf5f83655d23dca3ad961c62f356208552bb9ed529077096966d
  670c354e4abc9804f1746c08ca18217c32905e462e36ce3be39e772c180e86039b2783a2ec07a28fb5c55df06f4c52c9de2bcbf695581718
  3995497cea956ae515d2261898fa051015728e5a8aacaa68ffffffffffffffff
  `,
  2,
)

/** RFC 3526's 3072-bit group (group 15), g = 2. */
export const rfc3526_3072: Group = /* @__PURE__ */ withGeneratorTwo('rfc3526-3072', rfc5054_3072)

/** RFC 3526's 4096-bit group (group 16), g = 2. */
export const rfc3526_4096: Group = /* @__PURE__ */ withGeneratorTwo('rfc3526-4096', rfc5054_4096)

/** RFC 3526's 6144-bit group (group 17), g = 2. */
export const rfc3526_6144: Group = /* @__PURE__ */ withGeneratorTwo('rfc3526-6144', rfc5054_6144)

/** RFC 3526's 8192-bit group (group 18), g = 2. */
export const rfc3526_8192: Group = /* @__PURE__ */ withGeneratorTwo('rfc3526-8192', rfc5054_8192)

function withGeneratorTwo(name: string, { modulus }: Group): Group {
  return knownGroup(name, modulus, 2)
}
