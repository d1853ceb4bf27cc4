import { invalidParameter } from '../config/errors.js'
import type { Json } from '../config/json.js'
import { MFA_METHODS, type MfaMethod } from '../config/options.js'
import type { Pool } from '../model/pool.js'
import type { Input } from './input.js'
import { type Call, type Operations, signed } from './operation.js'
import { getPool, isOneOf, MFA_MODES } from './pools.js'

function setMfa({ host, input }: Call): Json {
  const pool = getPool(host, input.string('UserPoolId'))
  const mode = input.optionalString('MfaConfiguration') ?? pool.settings.mfa.mode
  if (!isOneOf(MFA_MODES, mode)) throw invalidParameter(`Invalid MfaConfiguration ${mode}`)
  const members: readonly (readonly [string, MfaMethod])[] = [
    ['SoftwareTokenMfaConfiguration', 'SOFTWARE_TOKEN_MFA'],
    ['SmsMfaConfiguration', 'SMS_MFA'],
    ['EmailMfaConfiguration', 'EMAIL_OTP'],
  ]
  const methods = members.flatMap(([name, method]) => {
    const configuration = input.optionalStructure(name)
    return configuration === undefined || configuration.boolean('Enabled') === false ? [] : [method]
  })
  // As the live service does, says floci's documentation.
  if (mode === 'OFF' && methods.length > 0) {
    throw invalidParameter("Invalid MFA configuration given, can't turn off MFA and configure an MFA together.")
  }
  if (mode !== 'OFF' && methods.length === 0) {
    throw invalidParameter("Invalid MFA configuration given, can't turn on MFA without configuring an MFA method.")
  }
  const webAuthn = webAuthnOf(pool, input.optionalStructure('WebAuthnConfiguration'))
  pool.settings = { ...pool.settings, webAuthn, mfa: { ...pool.settings.mfa, mode, methods } }
  return describeMfa(pool)
}

const VERIFICATIONS = ['required', 'preferred'] as const
const FACTORS = ['SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'] as const

function webAuthnOf(pool: Pool, given: Input | undefined): Pool['settings']['webAuthn'] {
  const { webAuthn } = pool.settings
  if (given === undefined) return webAuthn
  const userVerification = given.optionalString('UserVerification') ?? webAuthn.userVerification
  const factorConfiguration = given.optionalString('FactorConfiguration') ?? 'SINGLE_FACTOR'
  if (!isOneOf(VERIFICATIONS, userVerification)) throw invalidParameter('Invalid UserVerification')
  if (!isOneOf(FACTORS, factorConfiguration)) throw invalidParameter('Invalid FactorConfiguration')
  const relyingPartyId = given.optionalString('RelyingPartyId') ?? webAuthn.relyingPartyId
  return { ...webAuthn, relyingPartyId, userVerification, factorConfiguration }
}

function describeMfa({ settings }: Pool): Json {
  const on = (method: MfaMethod): object | undefined => (settings.mfa.methods.includes(method) ? {} : undefined)
  return {
    MfaConfiguration: settings.mfa.mode,
    SoftwareTokenMfaConfiguration: { Enabled: settings.mfa.methods.includes(MFA_METHODS[0]) },
    SmsMfaConfiguration: on('SMS_MFA'),
    EmailMfaConfiguration: on('EMAIL_OTP'),
    WebAuthnConfiguration: {
      RelyingPartyId: settings.webAuthn.relyingPartyId,
      UserVerification: settings.webAuthn.userVerification,
      FactorConfiguration: settings.webAuthn.factorConfiguration,
    },
  }
}

/** The second factors of a pool. */
export const poolMfaOperations: Operations = {
  SetUserPoolMfaConfig: signed(setMfa),
  GetUserPoolMfaConfig: signed(({ host, input }) => describeMfa(getPool(host, input.string('UserPoolId')))),
}
