/* Where on a shape a pop-up points to and a label stands. */

function ringArea(ring)
{
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    sum += (ring[j][1] - ring[i][1]) * (ring[j][0] + ring[i][0]);
  }
  return Math.abs(sum / 2);
}

/* Longitudes where the rings of a polygon cross a latitude, ascending. */
function crossings(rings, latitude)
{
  const at = [];
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [a, b] = [ring[j], ring[i]];
      if ((a[0] > latitude) !== (b[0] > latitude)) {
        at.push(a[1] + (latitude - a[0]) / (b[0] - a[0]) * (b[1] - a[1]));
      }
    }
  }
  return at.sort((a, b) => a - b);
}

/* Middle of the widest stretch inside, half-way up. */
function insidePolygon(rings)
{
  const latitudes = rings[0].map((p) => p[0]);
  const latitude = (Math.min(...latitudes) + Math.max(...latitudes)) / 2;
  const at = crossings(rings, latitude);
  let best = [latitude, rings[0][0][1]];
  let width = -1;
  for (let i = 0; i + 1 < at.length; i += 2) {
    if (at[i + 1] - at[i] > width) {
      width = at[i + 1] - at[i];
      best = [latitude, (at[i] + at[i + 1]) / 2];
    }
  }
  return best;
}

function largest(polygons)
{
  return polygons.reduce((a, b) => (ringArea(b[0]) > ringArea(a[0]) ? b : a));
}

/* The middle of the corners, or between the two in the middle. */
function middleOf(line)
{
  const [a, b] = [line[(line.length - 1) >> 1], line[line.length >> 1]];
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}

/* @return [latitude, longitude] on the shape, null for none */
function anchorOf(shape)
{
  if (shape.polygons.length > 0) {
    return insidePolygon(largest(shape.polygons));
  }
  if (shape.lines.length > 0) {
    return middleOf(shape.lines.reduce((a, b) => (b.length > a.length ? b : a)));
  }
  return shape.points[0] || null;
}
