import { expect, it, vi } from 'vitest'

it('a handshake over JSON ends with one key on both sides', async () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {})
  try {
    await import('../handshake.js')
    expect(log).toHaveBeenCalledWith('ada has signed in; both sides have the same key')
  } finally {
    log.mockRestore()
  }
})
