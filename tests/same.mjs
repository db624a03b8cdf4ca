// Are two outputs the same within 1 µm? Same features, members and columns in the same order, same
// texts; numbers within what 1 µm on the ground comes to. The member `geo` may name another tool.
// usage: node same.mjs A B [CELL]    CELL: coordinates that a step has rounded to this many degrees
//                                    may lie one cell apart, areas by as much along their outline
import { readFileSync } from 'node:fs'
const read = path => {
  const text = readFileSync(path, 'utf8').trim()
  return text.startsWith('{"type":"FeatureCollection"') ? JSON.parse(text).features : text.split('\n').map(line => JSON.parse(line))
}
const [fileA, fileB, cell = '0'] = process.argv.slice(2)
const metre = 1e-6 + cell * 111320, degree = 9e-12 + 1.01 * cell, length = 1e5 // m of outline, at most
const allowed = (name, at) =>
  /_m(_in)?$|^m_/.test(name) ? metre
    : /_ha(_in)?$/.test(name) ? metre * length / 1e4
      : /_km(_in)?$/.test(name) ? metre / 1e3
        : /_azi(_in)?$/.test(name) ? metre / at.near_m * 180 / Math.PI
          : /_(lon|lat)(_in)?$/.test(name) || name === 'coordinates' ? degree : 0
let bad = 0
const differ = (...what) => { bad++; console.log(...what) }
const compare = (a, b, name, at, path) => {
  if (typeof a === 'number' && typeof b === 'number') {
    if (!(Math.abs(a - b) <= allowed(name, at))) differ(path, a, b)
  } else if (a && b && typeof a === 'object' && typeof b === 'object') {
    if (Object.keys(a).join() !== Object.keys(b).join()) return differ(path, Object.keys(a).join(), Object.keys(b).join())
    for (const key in a) compare(a[key], b[key], Array.isArray(a) ? name : key, a, `${path}/${key}`)
  } else if (a !== b && !path.endsWith('/geo/tool')) differ(path, a, b)
}
const a = read(fileA), b = read(fileB)
if (a.length === 0 || a.length !== b.length) differ('features', a.length, b.length)
else a.forEach((feature, i) => compare(feature, b[i], '', {}, i))
process.exit(bad ? 1 : 0)
