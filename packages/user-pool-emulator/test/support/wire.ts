// Requests over the raw wire, and the error replies to expect.
export interface Reply {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: replies are looked into freely by the tests
  readonly body: any
}

export async function post(
  url: string,
  operation: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}

/** The part of a reply that a test compares. */
export const outcome = ({ status, body }: Reply): object => ({ status, body })

/** Return the error reply to expect. */
export const refusal = (name: string, message: string): object => ({
  status: 400,
  body: { __type: name, message },
})

/** The reply to a wrong password. */
export const WRONG: object = refusal('NotAuthorizedException', 'Incorrect username or password.')

/** The reply to a Session that cannot be read. */
export const INVALID_SESSION: object = refusal('NotAuthorizedException', 'Invalid session for the user.')

/** A Session that was answered before. */
export const USED_SESSION: object = refusal(
  'NotAuthorizedException',
  'Invalid session for the user, session can only be used once.',
)

/** The reply to a wrong code. */
export const MISMATCH: object = refusal(
  'CodeMismatchException',
  'Invalid verification code provided, please try again.',
)

/** The reply to a code that has run out. */
export const EXPIRED: object = refusal('ExpiredCodeException', 'Invalid code provided, please request a code again.')
