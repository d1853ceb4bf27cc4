import { Handshakes } from '../aws/handshake.js'
import { RequestInput } from '../aws/input.js'
import { checkOutput, printReply } from '../aws/output.js'
import { complete, filled, idsOf, type Request, withSecretHash } from '../aws/request.js'
import { type Context, open } from '../context.js'
import { checkReceiver } from '../plain-password.js'
import { printableJson } from '../style.js'

const SKELETON = {
  AuthFlow: 'USER_SRP_AUTH',
  AuthParameters: { USERNAME: '' },
  ClientMetadata: {},
  AnalyticsMetadata: { AnalyticsEndpointId: '' },
}

/** `initiate` */
export async function initiateCommand(context: Context): Promise<void> {
  const { io, settings, password, terminal, speaker } = context
  if (settings.flag('generate-cli-skeleton')) {
    const ids = { ...(settings.admin && { UserPoolId: '' }), ClientId: '' }
    return void io.stdout.write(`${printableJson({ ...ids, ...SKELETON })}\n`)
  }
  await checkOutput(settings)
  await context.codes.read(settings)
  if (settings.flag('password-stdin')) await password.readStdin()
  const input = new RequestInput(settings, io.cwd)
  const { clientId } = idsOf(context, input)
  const given = settings.option('auth-flow') ?? settings.option('flow')
  const flow = given === undefined ? (input.text(undefined, 'AuthFlow') ?? settings.authFlow) : settings.authFlow
  let parameters = filled(input.texts('auth-parameters', 'AuthParameters'))
  const refreshing = /^REFRESH_TOKEN/.test(flow)
  if (refreshing) {
    const token = parameters.REFRESH_TOKEN ?? io.env.COGNITO_REFRESH_TOKEN
    parameters.REFRESH_TOKEN = token || (await terminal.readStdin('refresh token'))
    speaker.keep(parameters.REFRESH_TOKEN)
  }
  const username = parameters.USERNAME ?? settings.username
  if (!refreshing) {
    parameters.USERNAME = username ?? (await terminal.ask('User name: ', { what: 'user name' })).trim()
    const plain =
      /PASSWORD_AUTH$|NO_SRP/.test(flow) || (flow === 'USER_AUTH' && parameters.PREFERRED_CHALLENGE === 'PASSWORD')
    if (plain) checkReceiver(settings)
    if (plain) parameters.PASSWORD ??= await password.get()
    const bySrp =
      flow === 'USER_SRP_AUTH' ||
      (flow === 'CUSTOM_AUTH' && parameters.CHALLENGE_NAME === 'SRP_A') ||
      (flow === 'USER_AUTH' && parameters.PREFERRED_CHALLENGE === 'PASSWORD_SRP')
    if (bySrp && !parameters.SRP_A) parameters.SRP_A = (await handshakesOf(context).begin(clientId)).srpA
  }
  parameters = withSecretHash(context, clientId, parameters, parameters.USERNAME ?? username)
  const session = input.text(settings.option('session'), 'Session')
  const request = complete(context, input, {
    AuthFlow: flow,
    AuthParameters: parameters,
    ...(session && { Session: session }),
  })
  await send(context, 'InitiateAuth', request)
}

/** Return the handshakes that are kept between two commands. */
export const handshakesOf = ({ io, speaker }: Context): Handshakes =>
  new Handshakes({ env: io.env, home: io.home, now: io.now, warn: (message) => speaker.say(`Note: ${message}`) })

/** Send a request and print the reply; with --print-request print the request instead. */
export async function send(
  context: Context,
  operation: 'InitiateAuth' | 'RespondToAuthChallenge',
  request: Request,
): Promise<void> {
  const { io, settings } = context
  if (settings.flag('print-request')) return void io.stdout.write(`${printableJson(request)}\n`)
  const ids = { userPoolId: request.UserPoolId as string | undefined }
  const service = await open(
    context,
    ids.userPoolId && !settings.userPoolId ? withPool(settings, ids.userPoolId) : settings,
  )
  const { $metadata: _, ...reply } = (await service.call(operation, request)) as Record<string, unknown>
  await printReply(io, settings, reply)
}

const withPool = (settings: Context['settings'], userPoolId: string): Context['settings'] => ({
  ...settings,
  userPoolId,
  region: settings.region ?? userPoolId.slice(0, userPoolId.indexOf('_')),
})
