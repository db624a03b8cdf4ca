// usage: node rfc7946.mjs FILE...
// Each file is valid GeoJSON of RFC 7946: syntax and structure by @placemarkio/check-geojson, the
// right-hand rule by @mapbox/geojson-rewind (which must change nothing), ranges, no `crs` member.
import { readFileSync } from 'node:fs';
import { check } from '@placemarkio/check-geojson';
import rewind from '@mapbox/geojson-rewind';

function positions(coordinates, visit) {
  if (typeof coordinates?.[0] === 'number') visit(coordinates);
  else for (const part of coordinates ?? []) positions(part, visit);
}

function geometries(value) {
  if (value.type === 'FeatureCollection') return value.features.flatMap(geometries);
  if (value.type === 'Feature') return value.geometry ? geometries(value.geometry) : [];
  if (value.type === 'GeometryCollection') return value.geometries.flatMap(geometries);
  return [value];
}

// A jump of more than 180 degrees along a ring or line means it was not cut at the antimeridian.
function jumps(coordinates) {
  if (typeof coordinates?.[0]?.[0] !== 'number') return (coordinates ?? []).some(jumps);
  return coordinates.some((p, i) => i > 0 && Math.abs(p[0] - coordinates[i - 1][0]) > 180);
}

function judge(file) {
  const text = readFileSync(file, 'utf8');
  const value = check(text);
  if (JSON.stringify(rewind(JSON.parse(text))) !== JSON.stringify(JSON.parse(text)))
    throw new Error('a ring runs the wrong way round');
  if ('crs' in value) throw new Error('a crs member');
  for (const geometry of geometries(value)) {
    positions(geometry.coordinates, (p) => {
      if (p.length !== 2 || Math.abs(p[0]) > 180 || Math.abs(p[1]) > 90)
        throw new Error(`position ${p}`);
    });
    if (!/Point/.test(geometry.type) && jumps(geometry.coordinates))
      throw new Error(`${geometry.type} jumps across the antimeridian`);
  }
}

let failed = 0;
for (const file of process.argv.slice(2)) {
  try {
    judge(file);
  } catch (error) {
    failed++;
    console.error(`${file}: ${error.message} ${JSON.stringify(error.issues ?? '').slice(0, 500)}`);
  }
}
process.exit(failed || process.argv.length < 3 ? 1 : 0);
