// Pictures of text and flat colours get a fifth smaller when their rows are deflated as they are.
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = 8
/** Length, type and checksum around the data of a chunk. */
const AROUND = 12

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const checksum = Buffer.alloc(4)
  checksum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, checksum])
}

/** PaethPredictor of PNG (Third Edition), section 9.4. */
function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const [toLeft, toUp, toCorner] = [left, up, corner].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

/**
 * Write a picture again, every row with the filter None and deflated as hard as possible.
 * @param png - 8 bits a channel, RGB, not interlaced: what Chromium writes
 */
export function withoutFilters(png: Buffer): Buffer {
  const chunks = new Map<string, Buffer[]>()
  for (let at = SIGNATURE; at < png.length; at += png.readUInt32BE(at) + AROUND) {
    const type = png.toString('latin1', at + 4, at + 8)
    chunks.set(type, [...(chunks.get(type) ?? []), png.subarray(at + 8, at + 8 + png.readUInt32BE(at))])
  }
  const header = chunks.get('IHDR')?.[0]
  if (header?.[8] !== 8 || header[9] !== 2 || header[12] !== 0) throw new Error('This is not an 8-bit RGB PNG')
  const row = header.readUInt32BE(0) * 3 + 1
  const rows = inflateSync(Buffer.concat(chunks.get('IDAT') ?? []))
  for (let start = 0; start < rows.length; start += row) {
    const filter = rows[start]
    rows[start] = 0
    for (let at = start + 1; at < start + row; at++) {
      const left = at > start + 3 ? (rows[at - 3] ?? 0) : 0
      const up = start > 0 ? (rows[at - row] ?? 0) : 0
      const corner = at > start + 3 && start > 0 ? (rows[at - row - 3] ?? 0) : 0
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0
      rows[at] = (rows[at] ?? 0) + predicted
    }
  }
  const data = deflateSync(rows, { level: 9, memLevel: 9 })
  return Buffer.concat([
    png.subarray(0, SIGNATURE),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
