import { type AppClient, type DeviceStore, deviceStore } from 'cognito-srp-flows'
import type { Arguments } from './arguments.js'
import { Codes } from './codes.js'
import { type Io, Speaker } from './io.js'
import { deviceFolder, KeptSessions, type SessionDetails, UNKNOWN_POOL } from './kept-sessions.js'
import { Password } from './password.js'
import type { PrivateFolder } from './private-folder.js'
import { connect, missing, type Service } from './service.js'
import { checkEndpoint, type Settings } from './settings.js'
import { Terminal } from './terminal.js'
import { Trace } from './trace.js'

/** All that a command works with. */
export interface Context {
  readonly io: Io
  readonly settings: Settings
  readonly speaker: Speaker
  readonly terminal: Terminal
  readonly password: Password
  readonly codes: Codes
  readonly sessions: KeptSessions
  readonly deviceFolder: PrivateFolder
  readonly devices: DeviceStore
  /** The address of the last request, for messages. */
  service?: Service
}

export function openContext(io: Io, { values }: Arguments, settings: Settings): Context {
  const speaker = new Speaker(io.stderr, io.env, values['no-color'] !== true)
  speaker.keep(settings.clientSecret)
  const terminal = new Terminal(io)
  const warn = (message: string) => speaker.say(`${speaker.style.red('Note:')} ${message}`)
  const place = { env: io.env, home: io.home, now: io.now, warn }
  const folder = deviceFolder(place)
  return {
    io,
    settings,
    speaker,
    terminal,
    password: new Password(terminal, speaker, io.env),
    codes: new Codes(terminal, speaker, io),
    sessions: new KeptSessions(place),
    deviceFolder: folder,
    devices: deviceStore({
      get: (key) => folder.get(key),
      set: (key, value) => folder.set(key, value),
      remove: (key) => folder.remove(key),
    }),
  }
}

/** Connects to the service that the settings name. */
export async function open(context: Context, settings: Settings): Promise<Service> {
  const { speaker } = context
  const trace = settings.flag('trace') ? new Trace((line) => speaker.say(line), speaker.style) : undefined
  if (settings.admin) {
    // Loaded here and nowhere else: most commands do without the AWS SDK.
    const { connectAsAdmin } = await import('./admin-service.js')
    context.service = await connectAsAdmin(settings, trace)
  } else context.service = connect(settings, context.io.now, trace)
  return context.service
}

/** The pool as the library wants it; `tracked` turns its devices on. */
export function poolOf(context: Context, settings: Settings, service: Service, tracked: boolean): AppClient {
  const { clientId, clientSecret, userPoolId } = settings
  if (!clientId) throw missing('client-id')
  return {
    api: service,
    // Without the id no flow is taken that would sign it, and no device is kept under it.
    userPoolId: userPoolId ?? UNKNOWN_POOL,
    clientId,
    now: context.io.now,
    ...(clientSecret && { clientSecret }),
    ...(tracked && userPoolId && { devices: context.devices }),
  }
}

/** The settings, and where they say nothing, what the session says; its endpoint is checked as any other. */
export function withSession(settings: Settings, session: SessionDetails | undefined): Settings {
  if (settings.endpoint === undefined && session?.endpoint !== undefined) {
    checkEndpoint(session.endpoint, settings.flag('allow-http'))
  }
  return {
    ...settings,
    userPoolId: settings.userPoolId ?? session?.userPoolId,
    region: settings.region ?? session?.region,
    clientId: settings.clientId ?? session?.clientId,
    endpoint: settings.endpoint ?? session?.endpoint,
    username: settings.username ?? session?.username,
  }
}
