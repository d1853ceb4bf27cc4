import { encode } from 'uqr'
import type { Style } from './style.js'

/** Empty modules around the code. The standard wants 4 (ISO/IEC 18004, section 5.3.8); readers are content with 2. */
const QUIET = 2

/**
 * A QR code for a terminal: two modules a character, one above the other. Dark modules stay empty on the light ones'
 * ink, so that it reads on dark terminals even without colours; with colours it is black on white on any.
 *
 * @returns Its lines, or undefined when it is wider than the terminal.
 */
export function qrCode(text: string, columns: number, style: Style): string[] | undefined {
  const { data, size } = encode(text, { ecc: 'L', border: QUIET })
  if (size > columns) return undefined
  const light = (x: number, y: number) => !data[y]?.[x]
  const coloured = style.paper('') !== ''
  return Array.from({ length: Math.ceil(size / 2) }, (_, row) => {
    const blocks = Array.from({ length: size }, (_, x) => {
      const [upper, lower] = [light(x, 2 * row), light(x, 2 * row + 1)]
      // On paper ink is dark, without it ink is light.
      return BLOCKS[Number(upper !== coloured) * 2 + Number(lower !== coloured)]
    }).join('')
    return style.paper(blocks)
  })
}

const BLOCKS = [' ', '▄', '▀', '█'] as const
