import { parseBase64 } from '../codec.js'
import { type Group, knownGroup } from '../groups/group.js'

/**
 * The 3072-bit prime of RFC 3526, section 4 (the same as in RFC 5054), with g = 2, where RFC 5054 has g = 5.
 *
 * 2 generates only the subgroup of squares of this prime, so that the verifier shows no more than g = 5 would, but
 * RFC 5054 wants a primitive root: this group is here because the service uses it, and not offered for new servers.
 */
export const cognitoGroup: Group = /* @__PURE__ */ knownGroup(
  'cognito-3072',
  // In base64, which is a tenth smaller in a bundle than hex; the tests hold it against the RFC's.
  /* @__PURE__ */ parseBase64(
    '///////////JD9qiIWjCNMTGYouA3BzRKQJOCIpnzHQCC76mOxObIlFKCHmONATd75UZs806QxswKwpt8l8UN0/hNW1tUcJF5IW1dmJ' +
      'efsb0TELppjftawv/XLb0Brft7jhr+1qJn6WunyQRfEsf5kkoZlHs5Fs9wgB8uKFjvwWY2kg2HFXTmmkWP6j9JM9fg2VdI9yjrZYcYv' +
      'NWIIVSu57VKQdwlpZtZww1Tkq8mATxdGwIyhghfDKQXkYuNs474553LBgOhgObJ4Oi7Aeij7XFXfBvTFLJ3ivL9pVYFxg5lUl86pVq5' +
      'RXSJhiY+gUQFXKOWoqqxC2tMxcNBFB6M6hVIavfHLpk7PuFBFjb7wqK6nFXXQYMfbOXD4Wm4eTHq/WujNsJM9cejJTgSiVhnc7j0iYa' +
      '0u5r8S/6BtmKCGTYdgJzPshqZFIfKxgXeyAMu+EXV3phXWx3CYjAutlG4gjiT6B05asxQ9tb/OD9EI5LgtEgqTrSyv//////////',
    'N',
    384,
  ),
  2,
)
