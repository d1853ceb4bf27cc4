import { RequestInput } from '../aws/input.js'
import { readNamed } from '../aws/input-file.js'
import { checkOutput } from '../aws/output.js'
import { complete, filled, idsOf, withSecretHash } from '../aws/request.js'
import type { Context } from '../context.js'
import { usage } from '../failure.js'
import { checkReceiver } from '../plain-password.js'
import { missing } from '../service.js'
import { printable, printableJson } from '../style.js'
import { handshakesOf, send } from './initiate.js'

/** The response that each challenge wants besides USERNAME, and how it is asked for. */
const CODES: Readonly<Record<string, string>> = {
  SMS_MFA: 'SMS_MFA_CODE',
  SOFTWARE_TOKEN_MFA: 'SOFTWARE_TOKEN_MFA_CODE',
  EMAIL_OTP: 'EMAIL_OTP_CODE',
  SMS_OTP: 'SMS_OTP_CODE',
}

const SKELETON = { ChallengeName: '', Session: '', ChallengeResponses: { USERNAME: '' }, ClientMetadata: {} }

interface Reply {
  readonly ChallengeName?: unknown
  readonly Session?: unknown
  readonly ChallengeParameters?: Readonly<Record<string, string>>
}

/** `respond` */
export async function respondCommand(context: Context): Promise<void> {
  const { io, settings, password, codes, terminal } = context
  if (settings.flag('generate-cli-skeleton')) {
    const ids = { ...(settings.admin && { UserPoolId: '' }), ClientId: '' }
    return void io.stdout.write(`${printableJson({ ...ids, ...SKELETON })}\n`)
  }
  await checkOutput(settings)
  await codes.read(settings)
  if (settings.flag('password-stdin')) await password.readStdin()
  const input = new RequestInput(settings, io.cwd)
  const reply = readReply(context)
  const { clientId } = idsOf(context, input)
  const named = input.text(settings.option('challenge-name'), 'ChallengeName')
  const challenge = named ?? text(reply.ChallengeName)
  if (!challenge) throw usage('Which challenge?', 'Give the reply to answer (--reply FILE), or --challenge-name.')
  const parameters = reply.ChallengeParameters ?? {}
  const responses = filled(input.texts('challenge-responses', 'ChallengeResponses'))
  const username =
    responses.USERNAME ?? text(parameters.USER_ID_FOR_SRP) ?? text(parameters.USERNAME) ?? settings.username
  if (!username)
    throw usage('USERNAME is missing: the reply does not name the user.', 'Give the name: respond NAME --reply FILE.')
  responses.USERNAME = username

  const code = CODES[challenge]
  if (code) {
    responses[code] ??=
      (await codes.next(challenge === 'SOFTWARE_TOKEN_MFA' ? 'totp' : 'sent')) ??
      (await terminal.ask('Code: ', { what: 'code' })).replace(/\s+/g, '')
  } else if (challenge === 'PASSWORD_VERIFIER' && !responses.PASSWORD_CLAIM_SIGNATURE) {
    const { userPoolId } = idsOf(context, input)
    if (!userPoolId) throw missing('user-pool-id')
    if (!parameters.SRP_B)
      throw usage('PASSWORD_VERIFIER is answered out of the reply that asked for it.', 'Give that reply: --reply FILE.')
    // Asked for first: a handshake is good for one answer.
    const typed = await password.get()
    const client = await handshakesOf(context).resume(clientId)
    Object.assign(responses, client.answerUser({ userPoolId, password: typed, challenge: parameters, now: io.now }))
  } else if (challenge === 'NEW_PASSWORD_REQUIRED') {
    responses.NEW_PASSWORD ??= await password.chooseNew()
  } else if (/^(SELECT_MFA_TYPE|SELECT_CHALLENGE|CUSTOM_CHALLENGE)$/.test(challenge)) {
    responses.ANSWER ??= await terminal.ask('Answer: ', { what: 'answer (--challenge-responses ANSWER=…)' })
  } else if (challenge === 'PASSWORD' || challenge === 'ADMIN_NO_SRP_AUTH') {
    // A reply is the service's word; the password goes out by the user's.
    if (!named) {
      throw usage(
        `The reply asks for the password itself (${printable(challenge)}).`,
        `To send it, say so: --challenge-name ${printable(challenge)}`,
      )
    }
    checkReceiver(settings)
    responses.PASSWORD ??= await password.get()
  } else if (challenge === 'PASSWORD_SRP') responses.SRP_A ??= (await handshakesOf(context).begin(clientId)).srpA

  const session = input.text(settings.option('session'), 'Session') ?? text(reply.Session)
  const request = complete(context, input, {
    ChallengeName: challenge,
    ...(session && { Session: session }),
    ChallengeResponses: withSecretHash(context, clientId, responses, username),
  })
  await send(context, 'RespondToAuthChallenge', request)
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value ? value : undefined)

/** The reply that --reply names. */
function readReply({ settings, io }: Context): Reply {
  const file = settings.option('reply')
  if (file === undefined) return {}
  try {
    const reply = JSON.parse(readNamed(io.cwd, file, 'reply')) as Reply | null
    if (typeof reply === 'object' && reply && !Array.isArray(reply)) return reply
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  throw usage('--reply: expected a reply as JSON, as initiate or `aws --output json` prints it.')
}
