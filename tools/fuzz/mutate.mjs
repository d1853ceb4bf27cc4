// One input out of others: bytes and words changed at random, and, where it is JSON, its members.

const LONGEST = 8192
const BYTES = [0, 1, 0x7f, 0x80, 0xff, 0x22, 0x2d, 0x30, 0x3d, 0x5b, 0x5f, 0x7b]
const VALUES = [
  ...[
    null,
    true,
    false,
    0,
    1,
    -1,
    0.5,
    1e308,
    2 ** 53,
    '',
    '0',
    '-',
    '-1',
    'a',
    '\u0000',
    '\ud800',
    'é',
    '😀',
    '=',
    'AAAA',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    [],
    {},
    [[]],
    [null],
    ['a'],
    [1],
    { a: 'a' },
    { length: 1 },
    'x'.repeat(300),
  ],
]
const utf8 = new TextEncoder()

const splice = (bytes, at, count, more) =>
  Uint8Array.from([...bytes.subarray(0, at), ...more, ...bytes.subarray(at + count)]).subarray(0, LONGEST)

/** Changes bytes: a flip, a value, a piece cut, doubled or moved here from another input, a word of the dictionary. */
function mutateBytes(random, bytes, other, dictionary) {
  const at = random.below(bytes.length + 1)
  const length = random.below(random.pick([2, 8, 64, 512]))
  switch (random.below(7)) {
    case 0:
      return bytes.map((byte, i) => (i === at ? byte ^ (1 << random.below(8)) : byte))
    case 1:
      return bytes.map((byte, i) => (i === at ? random.pick(BYTES) : byte))
    case 2:
      return splice(bytes, at, length, [])
    case 3:
      return splice(bytes, at, 0, bytes.subarray(at, at + length))
    case 4:
      return splice(
        bytes,
        at,
        random.below(2) * length,
        other.subarray(random.below(other.length + 1)).subarray(0, length),
      )
    case 5:
      return splice(bytes, at, 0, [random.pick(BYTES), random.below(256)].slice(random.below(2)))
    default:
      return splice(bytes, at, random.below(2) * length, utf8.encode(random.pick(dictionary)))
  }
}

/** All places of a JSON value: the holder and the name in it. */
function placesIn(value, places = []) {
  if (typeof value !== 'object' || value === null || places.length > 500) return places
  for (const name of Object.keys(value)) {
    places.push([value, name])
    placesIn(value[name], places)
  }
  return places
}

/** The name is set as a member of its own even if it is `__proto__`. */
const put = (holder, name, value) =>
  Array.isArray(holder)
    ? holder.push(value)
    : Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true })

/** Changes one member of a JSON value: another value, another's value, gone, added, or renamed. */
function mutateJson(random, value, otherValue, dictionary) {
  const whole = [value]
  const [holder, name] = random.pick(placesIn(whole))
  const [source, sourceName] = random.pick(placesIn([otherValue]))
  const word = random.pick(dictionary)
  switch (random.below(6)) {
    case 0:
      holder[name] = random.pick(VALUES)
      break
    case 1:
      holder[name] = structuredClone(source[sourceName])
      break
    case 2:
      if (Array.isArray(holder) && holder !== whole) holder.splice(Number(name), 1)
      else if (holder !== whole) delete holder[name]
      break
    case 3:
      if (holder !== whole) put(holder, word, random.pick([...VALUES, word]))
      break
    case 4:
      holder[name] = word
      break
    default:
      if (typeof holder[name] === 'string') {
        const bytes = utf8.encode(holder[name])
        holder[name] = new TextDecoder().decode(mutateBytes(random, bytes, bytes, dictionary))
      } else if (Array.isArray(holder[name])) holder[name].push(...structuredClone(holder[name]))
  }
  return whole[0]
}

function parse(bytes) {
  try {
    return { value: JSON.parse(new TextDecoder().decode(bytes)) }
  } catch {
    return undefined
  }
}

/** A new input from one of the corpus and another; one to eight changes, most often few. */
export function mutate(random, bytes, other, dictionary) {
  let result = bytes
  const json = random.below(4) === 0 ? undefined : parse(bytes)
  for (let rounds = 1 + random.below(1 + random.below(8)); rounds > 0; rounds--) {
    const value = json && parse(result)
    if (value === undefined) result = mutateBytes(random, result, other, dictionary)
    else {
      const changed = mutateJson(random, value.value, (parse(other) ?? value).value, dictionary)
      const text = JSON.stringify(changed) ?? ''
      if (text.length <= LONGEST) result = utf8.encode(text)
    }
  }
  return result
}
