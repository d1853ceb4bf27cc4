/** Make the same what differs from run to run; `more` are texts of this run and what stands for them. */
export function normalised(text: string, more: Readonly<Record<string, string>> = {}): string {
  let result = text
  for (const [from, to] of Object.entries(more)) result = result.replaceAll(from, to)
  return result
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'http://127.0.0.1:9229')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d\d:\d\d/g, '2026-11-21 12:00:00 +00:00')
    .replace(/\b\d+ seconds? ago|\bnow \(/g, (found) => (found.endsWith('(') ? 'just now (' : 'just now'))
    .replace(/eyJ[\w.-]{30,}/g, 'eyJraWQiOiJo.eyJzdWIiOiIz.SflKxwRJSMe')
    .replace(/\S{12}…\S{4}/g, 'eyJraWQiOiJo…w5Pg')
    .replace(
      /~?(\/[\w.-]+)+\/(devices|sessions)(\/[0-9a-f]{40}\.json)?/g,
      (_, __, folder, file) => `~/.local/state/cognito-srp/${folder}${file ? '/5e884898da28….json' : ''}`,
    )
    .replace(/after \d+ ms/g, 'after 12 ms')
    .replace(/\(\d+ digits\)/g, '(768 digits)')
    .replace(/\w{3} \w{3} \d+ [\d:]{8} UTC \d{4}/g, 'Sat Nov 21 11:00:00 UTC 2026')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2026-11-21T12:00:00.000Z')
    .replace(/\w{200,}/g, 'DbM7ZCJKWxKVCnaBCJAKmeCD7nGA')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n*$/, '\n')
}
