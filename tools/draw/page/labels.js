/* Names on the map: along corridors, in zones or beside them, where nothing else is written. */

const LABELS_MOST = 150;      /* written at once */
const CANDIDATES_MOST = 300;  /* tried for them */
const CROWD = 120;            /* features in sight from which on only large ones are named */
const LARGE_PX = 24;
const LABEL_HEIGHT = 15;
const FRACTIONS = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9, 0.05, 0.95];
const LINE_HALF = 3; /* px that a line takes to either side */

const CELL = 64; /* px */

function overlap(a, b)
{
  return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
}

/* Rectangles [left, top, right, bottom] that are taken, each by somebody; found by cells of the map. */
class Taken {
  constructor(view)
  {
    this.view = view;
    this.cells = new Map();
  }

  /* Cells that a rectangle touches within the view: one of a large zone may reach far beyond it. */
  *around(box)
  {
    const at = (value) => Math.floor(value / CELL);
    const [left, top] = [Math.max(box[0], this.view[0]), Math.max(box[1], this.view[1])];
    const [right, bottom] = [Math.min(box[2], this.view[2]), Math.min(box[3], this.view[3])];
    for (let x = at(left); x <= at(right); x++) {
      for (let y = at(top); y <= at(bottom); y++) {
        yield `${x} ${y}`;
      }
    }
  }

  /* Whether somebody else has a part of it. */
  hits(box, self = null)
  {
    for (const cell of this.around(box)) {
      const some = this.cells.get(cell) || [];
      if (some.some((one) => (self === null || one.owner !== self) && overlap(one.box, box))) {
        return true;
      }
    }
    return false;
  }

  add(boxes, owner = null)
  {
    for (const box of boxes) {
      for (const cell of this.around(box)) {
        this.cells.set(cell, [...(this.cells.get(cell) || []), { box, owner }]);
      }
    }
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
    /* At once: names beside shapes that have moved on would be wrong ones, be it for one frame. */
    map.on('moveend resize', () => this.write());
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
    this.shapes = new Taken(this.view);
    this.lines = new Taken(this.view);
    candidates.forEach((candidate) => this.occupy(candidate));
    let written = 0;
    for (const candidate of candidates) {
      if (written < LABELS_MOST && this.writeOne(candidate)) {
        written++;
      }
    }
  }

  /* What is drawn takes its place, too. */
  occupy(candidate)
  {
    if (candidate.role !== 'corridors') {
      this.shapes.add([candidate.extent], candidate);
      return;
    }
    candidate.runs = candidate.item.paths.filter((path) => path instanceof L.Polyline)
      .map((path) => longestRun(this.projected(path), this.view));
    for (const run of candidate.runs) {
      this.lines.add(run.map((p) => around(p.x, p.y, 2 * LINE_HALF, 2 * LINE_HALF)), candidate);
    }
  }

  /* The view and what the controls cover, in the pixels of the map's panes. */
  frame()
  {
    const corner = this.map.containerPointToLayerPoint([0, 0]);
    const { x: width, y: height } = this.map.getSize();
    const at = (left, top, right, bottom) => (
      [corner.x + left, corner.y + top, corner.x + right, corner.y + bottom]);
    const frame = this.map.getContainer().getBoundingClientRect();
    const controls = [...this.map.getContainer().querySelectorAll('.leaflet-control')]
      .map((control) => control.getBoundingClientRect());
    this.view = at(4, 4, width - 4, height - 4);
    this.taken = new Taken(this.view);
    this.taken.add(controls.map(({ left, top, right, bottom }) => (
      at(left - frame.left - 4, top - frame.top - 4, right - frame.left + 4, bottom - frame.top + 4))));
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
    const size = path.getRadius() * 2 + path.options.weight + 2;
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
    this.taken.add(place.boxes);
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

  /* Beside a line, where it is straight enough, above it or below, and no other line is near. */
  placeAlong(candidate, width)
  {
    for (const points of candidate.runs) {
      const at = points.length > 1 ? lengths(points) : [0];
      for (const fraction of FRACTIONS) {
        for (const side of [1, -1]) {
          const place = this.stretch(points, at, fraction * at[at.length - 1], width, side);
          if (place && place.boxes.every((box) => this.isFree(box, candidate))) {
            return place;
          }
        }
      }
    }
    return null;
  }

  isFree(box, candidate)
  {
    return isWithin(box, this.view) && !this.taken.hits(box) && !this.shapes.hits(box, candidate)
      && !this.lines.hits(box, candidate);
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

  stretch(points, at, middle, width, side)
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
    const off = side * (LABEL_HEIGHT / 2 + 4);
    const x = (a.x + b.x) / 2 + off * Math.sin(angle);
    const y = (a.y + b.y) / 2 - off * Math.cos(angle);
    return { x, y, angle, boxes: boxesAlong(x, y, width, angle) };
  }

  /* Inside where it fits, else beside: right, left, above, below; off the lines where that can be. */
  placeAt(candidate, width)
  {
    const { anchor, extent: e } = candidate;
    const fits = e[2] - e[0] > width + 4 && e[3] - e[1] > LABEL_HEIGHT + 2;
    const gap = width / 2 + 3;
    const [middle, centre] = [(e[1] + e[3]) / 2, (e[0] + e[2]) / 2];
    const beside = [[e[2] + gap, middle], [e[0] - gap, middle],
                    [centre, e[1] - LABEL_HEIGHT / 2 - 2], [centre, e[3] + LABEL_HEIGHT / 2 + 2]];
    const places = (fits ? [[anchor.x, anchor.y], ...beside] : beside)
      .map(([x, y]) => ({ x, y, angle: 0, boxes: [around(x, y, width, LABEL_HEIGHT)] }));
    const isOpen = ({ boxes: [box] }) => isWithin(box, this.view) && !this.taken.hits(box);
    return places.find((place) => this.isFree(place.boxes[0], candidate))
      || (fits && isOpen(places[0]) ? places[0] : null)
      || places.find((place) => isOpen(place) && !this.shapes.hits(place.boxes[0], candidate))
      || null;
  }
}
