/* Shapes of the data: flat whole numbers of 1e-6 degrees, each the step from the one before. */

const STEP = 1e-6;

/* @return [[latitude, longitude], …], as Leaflet takes them */
function positions(flat)
{
  const out = new Array(flat.length / 2);
  let x = 0;
  let y = 0;
  for (let i = 0; i < out.length; i++) {
    x += flat[2 * i];
    y += flat[2 * i + 1];
    out[i] = [y * STEP, x * STEP];
  }
  return out;
}

/* @return {polygons, lines, points} of a shape, any of them empty */
function decode(shape)
{
  return {
    polygons: (shape.p || []).map((rings) => rings.map(positions)),
    lines: (shape.l || []).map(positions),
    points: (shape.t || []).map(([x, y]) => [y * STEP, x * STEP])
  };
}
