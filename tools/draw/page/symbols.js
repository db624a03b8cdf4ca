/* Symbols of the data as Leaflet's options and as samples of the legend, alike in both. */

const PX_PER_MM = 96 / 25.4;
const SVG = 'http://www.w3.org/2000/svg';

/* Dashes follow the width of the line, as on paper. */
function dashes(dash, width)
{
  switch (dash) {
    case 'long': return [5 * width, 2.5 * width];
    case 'dots': return [width, 1.6 * width];
    default: return null;
  }
}

function widthPx(symbol)
{
  return symbol.lineMm > 0 ? Math.max(symbol.lineMm * PX_PER_MM, 0.75) : 0;
}

function markerPx(symbol)
{
  return Math.max(symbol.markerMm * PX_PER_MM, 4);
}

/* Of what does not match: still there, but quiet. */
const DIMMED = 0.18;

function pathOptions(symbol)
{
  const weight = widthPx(symbol);
  const dash = dashes(symbol.dash, weight);
  return {
    stroke: weight > 0, color: symbol.line, weight, opacity: 1,
    dashArray: dash ? dash.join(' ') : null,
    lineCap: symbol.dash === 'none' ? 'round' : 'butt',
    fillColor: symbol.fill, fillOpacity: symbol.fillAlpha
  };
}

function svgElement(tag, attributes)
{
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  return element;
}

function sampleShape(symbol, geometry)
{
  if (geometry === 'line') {
    return svgElement('path', { d: 'M0 8H32', fill: 'none' });
  }
  if (geometry === 'point') {
    return svgElement('circle', { cx: 16, cy: 8, r: Math.min(markerPx(symbol) / 2, 7) });
  }
  return svgElement('rect', { x: 4, y: 2, width: 24, height: 12 });
}

/* A colour as it looks on white, with its opacity: #rrggbbaa. */
function translucent(colour, alpha)
{
  return colour + Math.round(alpha * 255).toString(16).padStart(2, '0');
}

/* A sample of 32 x 16 px. geometry: 'polygon', 'line' or 'point' */
function sample(symbol, geometry)
{
  const svg = svgElement('svg', { width: 32, height: 16, viewBox: '0 0 32 16',
                                  'aria-hidden': 'true', class: 'sample' });
  const options = pathOptions(symbol);
  const shape = sampleShape(symbol, geometry);
  if (geometry !== 'line') {
    shape.setAttribute('fill', options.fillColor);
    shape.setAttribute('fill-opacity', options.fillOpacity);
  }
  if (options.stroke) {
    shape.setAttribute('stroke', options.color);
    shape.setAttribute('stroke-width', options.weight);
    shape.setAttribute('stroke-linecap', options.lineCap);
    if (options.dashArray) {
      shape.setAttribute('stroke-dasharray', options.dashArray);
    }
  }
  svg.append(shape);
  return svg;
}
