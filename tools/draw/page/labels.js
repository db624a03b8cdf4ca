/* Names on the map: along corridors, in zones or beside them, where nothing else is written. */

const LABELS_MOST = 150;      /* written at once */
const CANDIDATES_MOST = 300;  /* tried for them */
const CROWD = 120;            /* features in sight from which on only large ones are named */
const LARGE_PX = 24;
const LABEL_HEIGHT = 15;
const FRACTIONS = [0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9];

/* Rectangles [left, top, right, bottom] that are taken. */
class Taken {
  constructor()
  {
    this.boxes = [];
  }

  hits(box)
  {
    return this.boxes.some((b) => b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1]);
  }

  add(...boxes)
  {
    this.boxes.push(...boxes);
  }
}

function around(x, y, width, height)
{
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

function isWithin(box, view)
{
  return box[0] >= view[0] && box[1] >= view[1] && box[2] <= view[2] && box[3] <= view[3];
}

/* The longest run of points of a line inside the view. */
function longestRun(points, view)
{
  let best = [];
  let run = [];
  for (const p of points) {
    run = isWithin([p.x, p.y, p.x, p.y], view) ? [...run, p] : [];
    best = run.length > best.length ? run : best;
  }
  return best;
}

/* Lengths from the first point to each. */
function lengths(points)
{
  const out = [0];
  for (let i = 1; i < points.length; i++) {
    out.push(out[i - 1] + points[i].distanceTo(points[i - 1]));
  }
  return out;
}

function pointAt(points, at, length)
{
  let i = 1;
  while (i < points.length - 1 && at[i] < length) {
    i++;
  }
  const share = (length - at[i - 1]) / (at[i] - at[i - 1] || 1);
  return points[i - 1].add(points[i].subtract(points[i - 1]).multiplyBy(share));
}

/* Small boxes along slanting text: one box around it would take far too much. */
function boxesAlong(x, y, width, angle)
{
  const n = Math.max(Math.ceil(width / LABEL_HEIGHT), 1);
  return Array.from({ length: n }, (_, i) => {
    const t = ((i + 0.5) / n - 0.5) * width;
    return around(x + t * Math.cos(angle), y + t * Math.sin(angle), LABEL_HEIGHT + 2, LABEL_HEIGHT + 2);
  });
}

class Labels {
  constructor(map, layers)
  {
    this.map = map;
    this.layers = layers;
    this.pane = map.createPane('labels');
    this.pane.classList.add('leaflet-zoom-hide', 'label-pane');
    this.pane.setAttribute('aria-hidden', 'true');
    this.pen = document.createElement('canvas').getContext('2d');
    map.on('zoomend moveend resize', () => this.schedule());
    this.schedule();
  }

  schedule()
  {
    if (!this.pending) {
      this.pending = requestAnimationFrame(() => {
        this.pending = 0;
        this.write();
      });
    }
  }

  write()
  {
    this.pane.replaceChildren();
    this.frame();
    const candidates = this.candidates();
    this.shapes = new Taken();
    this.shapes.add(...candidates.filter((c) => c.role !== 'corridors').map((c) => c.extent));
    let written = 0;
    for (const candidate of candidates) {
      if (written < LABELS_MOST && this.writeOne(candidate)) {
        written++;
      }
    }
  }

  /* The view and what the controls cover, in the pixels of the map's panes. */
  frame()
  {
    const corner = this.map.containerPointToLayerPoint([0, 0]);
    const { x: width, y: height } = this.map.getSize();
    const at = (left, top, right, bottom) => (
      [corner.x + left, corner.y + top, corner.x + right, corner.y + bottom]);
    this.view = at(4, 4, width - 4, height - 4);
    this.taken = new Taken();
    this.taken.add(at(0, 0, 52, 130), at(width - 48, 0, width, 64), at(0, height - 36, 170, height));
    this.pen.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
  }

  /* Lines first, then shapes by size, points last. */
  candidates()
  {
    const rank = { corridors: 0, zones: 1, points: 2 };
    const bounds = this.map.getBounds();
    const found = [];
    for (const layer of this.layers) {
      if (layer.visible && layer.role in rank) {
        found.push(...layer.items.filter((item) => item.anchor && !item.isDim && this.isSeen(item, bounds))
          .map((item) => this.candidate(item)));
      }
    }
    const size = ({ extent: e }) => (e[2] - e[0]) * (e[3] - e[1]);
    const named = found.length <= CROWD ? found
      : found.filter((one) => one.role === 'corridors' || size(one) >= LARGE_PX * LARGE_PX);
    return named.sort((a, b) => rank[a.role] - rank[b.role] || size(b) - size(a))
      .slice(0, CANDIDATES_MOST);
  }

  isSeen(item, bounds)
  {
    return item.paths.some((path) => (
      path.getBounds ? bounds.intersects(path.getBounds()) : bounds.contains(path.getLatLng())));
  }

  candidate(item)
  {
    const path = item.paths[0];
    const corner = (at) => this.map.latLngToLayerPoint(at);
    const anchor = corner(item.anchor);
    if (path.getBounds && !(path instanceof L.CircleMarker)) {
      const a = corner(path.getBounds().getNorthWest());
      const b = corner(path.getBounds().getSouthEast());
      return { item, role: item.layer.role, anchor, extent: [a.x, a.y, b.x, b.y] };
    }
    const size = path.getRadius() * 2;
    return { item, role: item.layer.role, anchor, extent: around(anchor.x, anchor.y, size, size) };
  }

  writeOne(candidate)
  {
    const text = labelOf(candidate.item);
    if (text === '') {
      return false;
    }
    const width = this.pen.measureText(text).width + 4;
    const place = candidate.role === 'corridors' ? this.placeAlong(candidate, width)
      : this.placeAt(candidate, width);
    if (!place) {
      return false;
    }
    this.taken.add(...place.boxes);
    this.put(text, candidate.role, place);
    return true;
  }

  put(text, role, { x, y, angle })
  {
    const label = make('span', { class: `map-label label-${role}` }, text);
    label.style.transform =
      `translate(${x.toFixed(1)}px,${y.toFixed(1)}px) translate(-50%,-50%) rotate(${angle.toFixed(4)}rad)`;
    this.pane.append(label);
  }

  /* Beside a line, where it is straight enough. */
  placeAlong({ item }, width)
  {
    for (const path of item.paths.filter((one) => one instanceof L.Polyline)) {
      const points = longestRun(this.projected(path), this.view);
      const at = points.length > 1 ? lengths(points) : [0];
      for (const fraction of FRACTIONS) {
        const place = this.stretch(points, at, fraction * at[at.length - 1], width);
        if (place && !place.boxes.some((box) => this.taken.hits(box) || this.shapes.hits(box))) {
          return place;
        }
      }
    }
    return null;
  }

  /* Points of a path some pixels apart, so that long straight edges have places too. */
  projected(path)
  {
    const corners = path.getLatLngs().flat(1).flat().map((at) => this.map.latLngToLayerPoint(at));
    const out = [];
    corners.forEach((p, i) => {
      const from = corners[i - 1] || p;
      const n = Math.min(Math.ceil(p.distanceTo(from) / 8), 400);
      for (let k = 1; k < n; k++) {
        out.push(from.add(p.subtract(from).multiplyBy(k / n)));
      }
      out.push(p);
    });
    return out;
  }

  stretch(points, at, middle, width)
  {
    const [from, to] = [middle - width / 2, middle + width / 2];
    if (points.length < 2 || from < 0 || to > at[at.length - 1]) {
      return null;
    }
    let [a, b] = [pointAt(points, at, from), pointAt(points, at, to)];
    if (a.distanceTo(b) < 0.97 * width) {
      return null;
    }
    [a, b] = a.x > b.x ? [b, a] : [a, b];
    const angle = Math.atan2(b.y - a.y, b.x - a.x);
    const off = LABEL_HEIGHT / 2 + 4;
    const x = (a.x + b.x) / 2 + off * Math.sin(angle);
    const y = (a.y + b.y) / 2 - off * Math.cos(angle);
    const boxes = boxesAlong(x, y, width, angle);
    return boxes.every((box) => isWithin(box, this.view)) ? { x, y, angle, boxes } : null;
  }

  /* Inside where it fits, else beside: right, left, above, below. */
  placeAt({ anchor, extent: e }, width)
  {
    const fits = e[2] - e[0] > width + 4 && e[3] - e[1] > LABEL_HEIGHT + 2;
    const gap = width / 2 + 3;
    const [middle, centre] = [(e[1] + e[3]) / 2, (e[0] + e[2]) / 2];
    const beside = [[e[2] + gap, middle], [e[0] - gap, middle],
                    [centre, e[1] - LABEL_HEIGHT / 2 - 2], [centre, e[3] + LABEL_HEIGHT / 2 + 2]];
    const isFree = (box, inside) => isWithin(box, this.view) && !this.taken.hits(box)
      && (inside || !this.shapes.hits(box));
    for (const [x, y] of fits ? [[anchor.x, anchor.y], ...beside] : beside) {
      const box = around(x, y, width, LABEL_HEIGHT);
      if (isFree(box, fits && x === anchor.x)) {
        return { x, y, angle: 0, boxes: [box] };
      }
    }
    return null;
  }
}
