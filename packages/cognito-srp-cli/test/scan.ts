import jsQR from 'jsqr'

/** Reads the QR code of half blocks on a screen, light on dark, as a camera would. */
export function scan(screen: string): string | undefined {
  const lines = screen.split(/\r?\n/).filter((line) => /^[ ▀▄█]{20,}$/.test(line))
  const width = lines[0]?.length ?? 0
  const scale = 4
  const pixels = new Uint8ClampedArray(width * scale * lines.length * 2 * scale * 4)
  for (let y = 0; y < lines.length * 2 * scale; y++) {
    for (let x = 0; x < width * scale; x++) {
      const block = lines[Math.floor(y / scale / 2)]?.[Math.floor(x / scale)] ?? ' '
      const lit = block === '█' || block === (Math.floor(y / scale) % 2 ? '▄' : '▀')
      pixels.set(lit ? [255, 255, 255, 255] : [0, 0, 0, 255], (y * width * scale + x) * 4)
    }
  }
  return jsQR(pixels, width * scale, lines.length * 2 * scale, { inversionAttempts: 'dontInvert' })?.data
}
