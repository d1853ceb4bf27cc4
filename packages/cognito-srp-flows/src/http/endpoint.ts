import { parseUserPoolId } from '@srp6a/srp/cognito'
import { isRegion } from '../app-client.js'
import { ownValue } from '../errors.js'

/** The address of the service, in one of three ways. */
export interface Address {
  readonly region?: string | undefined
  readonly userPoolId?: string | undefined
  readonly endpoint?: string | undefined
}

/**
 * Find the endpoint of the service.
 *
 * @param address - An endpoint, a region, or a user pool id.
 * @returns The region, unless an endpoint is given; the URL; and its host, for messages.
 * @throws TypeError or RangeError naming what is wrong.
 */
export function endpointOf(address: Address): { region: string | undefined; url: string; host: string } {
  const region = address.endpoint === undefined ? regionOf(address) : undefined
  const url = region ? `https://cognito-idp.${region}.${domainOf(region)}/` : address.endpoint
  const host = typeof url === 'string' && /^https?:\/\/([^\s/]+)\S*$/.exec(url)?.[1]
  if (!host) throw new RangeError('endpoint: expected an http or https address')
  return { region, url, host }
}

function regionOf({ region, userPoolId }: Address): string {
  const named = userPoolId === undefined ? undefined : parseUserPoolId(userPoolId).region
  const found = region ?? named
  if (!isRegion(found)) throw new RangeError('region: expected something like us-east-1')
  if (named !== undefined && found !== named)
    throw new RangeError(`region: expected ${named}, the region of userPoolId`)
  return found
}

/**
 * The domains of AWS by the first or second part of a region's name; `amazonaws.com` for all others. From the SDK's
 * partitions.
 */
const DOMAINS: Readonly<Record<string, string>> = {
  cn: 'amazonaws.com.cn',
  eusc: 'amazonaws.eu',
  iso: 'c2s.ic.gov',
  isob: 'sc2s.sgov.gov',
  isoe: 'cloud.adc-e.uk',
  isof: 'csp.hci.ic.gov',
}

function domainOf(region: string): string {
  const [country = '', partition = ''] = region.split('-')
  return ownValue(DOMAINS, country) ?? ownValue(DOMAINS, partition) ?? 'amazonaws.com'
}
