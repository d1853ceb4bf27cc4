import type { CognitoApi } from 'cognito-srp-flows'
import { fetchApi } from 'cognito-srp-flows/fetch'
import type { UserPool } from 'cognito-user-pool-emulator'

/** A way to an emulated pool in this process, without HTTP; `operations` lists what was asked. */
export function inProcess(pool: UserPool): { api: CognitoApi; operations: string[] } {
  const operations: string[] = []
  const fetch = (url: string, { method, headers, body }: { method: string; headers: object; body: string }) => {
    operations.push((headers as Record<string, string>)['x-amz-target']?.split('.')[1] ?? '')
    return pool.handle(new Request(url, { method, headers: headers as Record<string, string>, body }))
  }
  return { api: fetchApi({ endpoint: 'http://127.0.0.1/', fetch }), operations }
}
