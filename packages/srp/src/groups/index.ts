/**
 * Groups by name.
 * @module @srp6a/srp/groups
 */
export {
  rfc3526_1536,
  rfc3526_2048,
  rfc3526_3072,
  rfc3526_4096,
  rfc3526_6144,
  rfc3526_8192,
} from './rfc3526.js'
export {
  rfc5054_1024,
  rfc5054_1536,
  rfc5054_2048,
  rfc5054_3072,
  rfc5054_4096,
  rfc5054_6144,
  rfc5054_8192,
} from './rfc5054.js'
