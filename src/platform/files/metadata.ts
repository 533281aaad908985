/**
 * A photo tells where and when it was taken and with which device. Before it is kept, that is taken out (R67); the
 * picture itself is not touched. What cannot be read as the format says is returned as it was: it was checked
 * before that it is such a file.
 */
export function withoutMetadata(type: string, bytes: Uint8Array): Uint8Array {
  switch (type) {
    case 'image/jpeg':
      return jpegWithoutMetadata(bytes) ?? bytes
    case 'image/png':
      return pngWithoutMetadata(bytes) ?? bytes
    default:
      return bytes
  }
}

/** Segments of a JPEG that the picture needs. APP0 is JFIF, APP2 the colours (ICC), APP14 Adobe's colour order. */
function jpegWithoutMetadata(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kept: Uint8Array[] = [bytes.subarray(0, 2)]
  let turned: number | undefined
  let at = 2
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const mark = bytes[at + 1]!
    if (mark === 0xff) {
      at += 1
      continue
    }
    const length = view.getUint16(at + 2)
    const end = at + 2 + length
    if (length < 2 || end > bytes.length) return undefined
    const segment = bytes.subarray(at, end)
    if (mark === 0xda) {
      // From here to its end it is the picture; what hangs behind the end is not.
      const pictureEnd = endOfPicture(bytes, end)
      kept.push(bytes.subarray(at, pictureEnd))
      // The one thing in the metadata that the eye needs: which way up the photo is.
      if (turned !== undefined && turned !== 1) kept.splice(1, 0, orientationSegment(turned))
      return Uint8Array.from(Buffer.concat(kept))
    }
    if (mark === 0xe1) turned ??= orientationOf(segment)
    const isApplication = mark >= 0xe0 && mark <= 0xef
    const isColours = mark === 0xe2 && text(segment, 4, 11) === 'ICC_PROFILE'
    const needed = !(isApplication || mark === 0xfe) || mark === 0xe0 || isColours || mark === 0xee
    if (needed) kept.push(segment)
    at = end
  }
  return undefined
}

/** A picture ends at its end mark. Several scans may follow each other before it, with tables between them. */
function endOfPicture(bytes: Uint8Array, from: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue
    const mark = bytes[at + 1]!
    if (mark === 0xd9) return at + 2
    // 00 stands for an FF of the picture itself, D0 to D7 are its own counters.
    const isTable = mark !== 0 && mark !== 0xff && (mark < 0xd0 || mark > 0xd7)
    if (isTable && at + 4 <= bytes.length) at += 1 + view.getUint16(at + 2)
  }
  return bytes.length
}

/** The number of the Exif tag 0x0112: 1 is upright, 6 and 8 are turned. */
function orientationOf(segment: Uint8Array): number | undefined {
  if (text(segment, 4, 4) !== 'Exif') return undefined
  const tiff = segment.subarray(10)
  if (tiff.length < 8) return undefined
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength)
  const small = text(tiff, 0, 2) === 'II'
  const directory = view.getUint32(4, small)
  if (directory + 2 > tiff.length) return undefined
  const count = view.getUint16(directory, small)
  for (let entry = 0; entry < count; entry++) {
    const at = directory + 2 + entry * 12
    if (at + 12 > tiff.length) return undefined
    if (view.getUint16(at, small) === 0x0112) {
      const value = view.getUint16(at + 8, small)
      return value >= 1 && value <= 8 ? value : undefined
    }
  }
  return undefined
}

/** An Exif segment that says nothing but which way up. */
function orientationSegment(value: number): Uint8Array {
  // biome-ignore format: bytes read better in the groups of the format
  return Uint8Array.from([
    0xff, 0xe1, 0, 34, 0x45, 0x78, 0x69, 0x66, 0, 0,
    0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8,
    0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, value, 0, 0,
    0, 0, 0, 0,
  ])
}

/** Chunks of a PNG that hold words, times or Exif. */
const pngMetadata = new Set(['tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME'])

function pngWithoutMetadata(bytes: Uint8Array): Uint8Array | undefined {
  const kept: Uint8Array[] = [bytes.subarray(0, 8)]
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at)
    if (end > bytes.length) return undefined
    const name = text(bytes, at + 4, 4)
    if (!pngMetadata.has(name)) kept.push(bytes.subarray(at, end))
    // Nothing behind the end belongs to the picture.
    if (name === 'IEND') return Uint8Array.from(Buffer.concat(kept))
    at = end
  }
  return undefined
}

const text = (bytes: Uint8Array, at: number, length: number): string =>
  Buffer.from(bytes.subarray(at, at + length)).toString('latin1')
