/* The map: layers as Leaflet's paths, what is selected, pop-ups, controls. */

const CANVAS_ABOVE = 2000; /* shapes: an SVG element each is slower from there on */
const CLOSE_UP_PX = 28;    /* a selected shape smaller than that is zoomed to */

function prefersStill()
{
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function mapOptions(renderer, hasTiles)
{
  const moves = !prefersStill();
  return { renderer, attributionControl: false, zoomControl: false, zoomSnap: hasTiles ? 1 : 0.1,
           maxZoom: 19, zoomAnimation: moves, fadeAnimation: moves, inertia: moves };
}

/* A feature's paths; several only where it has shapes of several kinds. */
function makePaths(item, shape, options)
{
  const { symbol } = categoryOf(item);
  const paths = shape.points.map((at) => (
    L.circleMarker(at, { ...options, radius: markerPx(symbol) / 2 })));
  if (shape.polygons.length > 0) {
    paths.push(L.polygon(shape.polygons, options));
  }
  if (shape.lines.length > 0) {
    paths.push(L.polyline(shape.lines, { ...options, fill: false }));
  }
  for (const path of paths) {
    path.item = item;
  }
  return paths;
}

class MapView {
  /* onPick(item or null): the reader selected a shape, or closed its pop-up */
  constructor(container, model, onPick)
  {
    const shapes = model.layers.reduce((sum, layer) => sum + layer.items.length, 0);
    this.model = model;
    this.onPick = onPick;
    this.isCrowded = shapes > CANVAS_ABOVE;
    this.renderer = (this.isCrowded ? L.canvas : L.svg)({ padding: 0.3 });
    this.map = L.map(container, mapOptions(this.renderer, model.tiles !== null));
    this.groups = [];
    this.selected = null;
    this.mark = null;
    this.keepWhole();
    this.fit();
    this.addSelectionPane();
    this.controls = new Controls(this);
    if (model.tiles) {
      L.tileLayer(model.tiles.url, { noWrap: false, maxZoom: 19 }).addTo(this.map);
    }
    for (const layer of model.layers) {
      this.addLayer(layer);
    }
    this.labels = new Labels(this.map, model.layers);
    this.map.on('popupclose', () => this.forget());
  }

  /* What is selected is drawn once more, above all and deaf to the mouse. */
  addSelectionPane()
  {
    const pane = this.map.createPane('selection');
    pane.classList.add('selection-pane');
    this.markRenderer = L.svg({ pane: 'selection', padding: 0.3 });
  }

  addLayer(layer)
  {
    const group = L.featureGroup();
    /* A pixel of smoothing, Leaflet's own, makes polygons of a road's round bands. */
    const base = { renderer: this.renderer, interactive: layer.role !== 'context',
                   bubblingMouseEvents: false, smoothFactor: this.isCrowded ? 1 : 0.2 };
    for (const item of layer.items) {
      if (item.shape) {
        const shape = decode(item.shape);
        item.anchor = anchorOf(shape);
        item.paths = makePaths(item, shape, { ...this.optionsOf(item), ...base });
        item.paths.forEach((path) => group.addLayer(path));
      }
    }
    group.on('click', (event) => this.pick(event.propagatedFrom.item, event.latlng));
    if (layer.role !== 'context' && matchMedia('(hover: hover)').matches) {
      group.bindTooltip((path) => isolated(shorten(titleOf(path.item), 60)), { sticky: true });
    }
    this.groups.push(group.addTo(this.map));
  }

  box()
  {
    const [west, south, east, north] = this.model.box;
    return [[south, west], [north, east]];
  }

  fit()
  {
    this.map.fitBounds(this.box(), { padding: [16, 16], animate: false, maxZoom: 16 });
    this.isWhole = true;
  }

  /* Whole it stays in another window, until the reader looks elsewhere. */
  keepWhole()
  {
    this.map.on('dragstart zoomstart autopanstart', () => { this.isWhole = false; });
    this.map.on('resize', () => {
      if (this.isWhole) {
        this.fit();
      }
    });
  }

  setVisible(layer, visible)
  {
    layer.visible = visible;
    const group = this.groups[layer.number];
    if (!visible) {
      if (this.selected && this.selected.layer === layer) {
        this.map.closePopup();
      }
      group.remove();
    } else {
      group.addTo(this.map);
      /* A path comes in on top: those of later layers belong above it. */
      this.model.layers.slice(layer.number + 1).filter((other) => other.visible)
        .forEach((other) => this.groups[other.number].bringToFront());
    }
    this.labels.schedule();
  }

  setTheme(layer, theme)
  {
    layer.theme = theme;
    layer.items.forEach((item) => this.restyle(item));
    this.renew();
  }

  restyle(item)
  {
    const { symbol } = categoryOf(item);
    const options = this.optionsOf(item);
    for (const path of item.paths) {
      const isLine = path instanceof L.Polyline && !(path instanceof L.Polygon);
      path.setStyle({ ...options, fill: !isLine });
      if (path instanceof L.CircleMarker) {
        path.setRadius(markerPx(symbol) / 2);
      }
    }
  }

  /* Many outlines close together would hide what they enclose: they become thin. */
  optionsOf(item)
  {
    const options = pathOptions(categoryOf(item).symbol);
    if (this.isCrowded && item.layer.geometry === 'polygon') {
      options.weight *= 0.5;
    }
    if (item.isDim) {
      options.opacity *= DIMMED;
      options.fillOpacity *= DIMMED;
    }
    return options;
  }

  /* The features of some layers step back, but for those that are shown. */
  dim(layers, shown)
  {
    for (const layer of this.model.layers) {
      const isMeant = layers.includes(layer);
      for (const item of layer.items) {
        const isDim = isMeant && !shown.has(item);
        if (item.isDim !== isDim) {
          item.isDim = isDim;
          this.restyle(item);
        }
      }
    }
    this.labels.schedule();
  }

  pick(item, at)
  {
    this.select(item, at);
    this.onPick(item);
  }

  /* Marks a feature, brings it into view and says what it is. at: where the reader pointed to */
  select(item, at)
  {
    this.forgetMark();
    this.selected = item;
    if (item.paths.length === 0) {
      this.closing(() => this.map.closePopup());
      return;
    }
    this.mark = L.layerGroup(item.paths.flatMap((path) => this.marksOf(path))).addTo(this.map);
    if (!at) {
      this.bringIntoView(item);
    }
    this.openPopup(item, at || item.anchor);
  }

  marksOf(path)
  {
    const shared = { renderer: this.markRenderer, interactive: false, fill: false,
                     pane: 'selection', lineJoin: 'round' };
    const width = Math.max(path.options.weight, 1.5);
    /* Around a shape white, then black; a line keeps its colour between two black edges. */
    const styles = path.options.fill
      ? [{ ...shared, color: '#ffffff', weight: width + 5 },
         { ...shared, color: '#111827', weight: width + 1.5, className: 'selected' }]
      : [{ ...shared, color: '#111827', weight: width + 6, className: 'selected' },
         { ...shared, color: '#ffffff', weight: width + 3 },
         { ...shared, color: path.options.color, weight: width }];
    return styles.map((style) => {
      if (path instanceof L.CircleMarker) {
        return L.circleMarker(path.getLatLng(), { ...style, radius: path.getRadius() + 2 });
      }
      return (path instanceof L.Polygon ? L.polygon : L.polyline)(path.getLatLngs(), style);
    });
  }

  boundsOf(item)
  {
    const bounds = L.latLngBounds([]);
    item.paths.forEach((path) => bounds.extend(path.getBounds ? path.getBounds() : path.getLatLng()));
    return bounds;
  }

  bringIntoView(item)
  {
    const bounds = this.boundsOf(item);
    const scale = this.map.getZoomScale(this.map.getZoom() + 1) / 2;
    const corner = (at) => this.map.latLngToContainerPoint(at);
    const size = corner(bounds.getSouthEast()).subtract(corner(bounds.getNorthWest())).multiplyBy(scale);
    const isPoint = item.layer.geometry === 'point';
    if (!this.map.getBounds().contains(bounds) || (!isPoint && Math.max(size.x, size.y) < CLOSE_UP_PX)) {
      this.map.fitBounds(bounds, { padding: [60, 60], animate: false,
                                   maxZoom: Math.max(this.map.getZoom(), isPoint ? 12 : 13) });
    }
  }

  openPopup(item, at)
  {
    const width = Math.min(340, this.map.getSize().x - 60);
    const popup = L.popup({ maxWidth: width, minWidth: Math.min(240, width), autoPan: true,
                            autoPanPadding: [12, 12], closeButton: true });
    this.closing(() => popup.setLatLng(at).setContent(popupContent(item)).openOn(this.map));
    this.popup = popup;
    const button = popup.getElement().querySelector('.leaflet-popup-close-button');
    button.setAttribute('aria-label', say('close'));
    popup.getElement().querySelector('.popup-body').scrollTop = 0;
  }

  /* A pop-up that gives way to the next does not end the selection. */
  closing(action)
  {
    this.isReplacing = true;
    action();
    this.isReplacing = false;
  }

  forgetMark()
  {
    if (this.mark) {
      this.mark.remove();
      this.mark = null;
    }
    this.selected = null;
  }

  forget()
  {
    if (!this.isReplacing) {
      this.forgetMark();
      this.onPick(null);
    }
  }

  close()
  {
    this.map.closePopup();
    this.forget();
  }

  /* Paper has a size of its own: the same part of the map is drawn for it, and afterwards again. */
  setPrinting(isPrinting)
  {
    const bounds = isPrinting ? this.map.getBounds() : this.boundsBefore;
    this.boundsBefore = bounds;
    this.map.invalidateSize({ animate: false, pan: false });
    if (!this.isWhole) {
      this.map.fitBounds(bounds, { animate: false });
    }
    this.labels.write();
  }

  /* After another language or theme: what is written on the map is written anew. */
  renew()
  {
    this.controls.renew();
    this.labels.schedule();
    if (this.selected && this.popup && this.popup.isOpen()) {
      this.popup.setContent(popupContent(this.selected));
    }
  }
}
