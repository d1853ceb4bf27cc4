// Loaded into every program of a document: the service is the emulator, and nothing else is reached.
const { DOCS_EMULATOR } = process.env
const own = globalThis.fetch

globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input)
  if (/^cognito-idp\.[\w-]+\.amazonaws\.com$/.test(url.hostname)) return own(DOCS_EMULATOR, init)
  if (url.protocol === 'data:' || url.hostname === '127.0.0.1' || url.hostname === 'localhost') return own(input, init)
  return Promise.reject(new Error(`A document reaches for ${url.origin}`))
}

/** For the code in `calls`: the newest code that someone would have got. */
globalThis.theCode = async () => {
  const messages = await (await own(`${DOCS_EMULATOR}/outbox`)).json()
  return messages.at(-1)?.code
}
