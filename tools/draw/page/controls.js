/* Buttons and signs at the corners of the map. */

function arrowUp()
{
  const svg = svgElement('svg', { width: 18, height: 26, viewBox: '0 0 18 26', 'aria-hidden': 'true' });
  svg.append(svgElement('path', { d: 'M9 1 16 25 9 19 2 25Z', fill: '#ffffff', stroke: '#1f2933',
                                  'stroke-width': 1.4, 'stroke-linejoin': 'round' }),
             svgElement('path', { d: 'M9 1V19L2 25Z', fill: '#1f2933' }));
  return svg;
}

/* Leaflet's, with numbers as the language writes them. */
const Scale = L.Control.Scale.extend({
  _updateMetric(most) {
    const metres = this._getRoundNum(most);
    this._updateScale(this._mScale, distance(metres), metres / most);
  }
});

class Controls {
  constructor(view)
  {
    this.view = view;
    this.zoom = [['zoomIn', '+', () => view.map.zoomIn()], ['zoomOut', '−', () => view.map.zoomOut()],
                 ['wholeMap', '⤢', () => view.fit()]];
    this.buttons = this.zoom.map(([key, sign, act]) => this.button(key, sign, act));
    this.letter = make('span', { class: 'north-letter' });
    /* On a phone the upper corners are full, and the lower one is nearer to the thumb. */
    this.put(matchMedia(NARROW).matches ? 'bottomright' : 'topleft', make('div', { class: 'map-buttons' }, ...this.buttons));
    this.put('topright', make('div', { class: 'north', 'aria-hidden': 'true' }, this.letter, arrowUp()));
    this.scale = new Scale({ imperial: false, maxWidth: 140 }).addTo(view.map);
    if (view.model.tiles) {
      this.put('bottomright', make('p', { class: 'credit' }, isolated(view.model.tiles.credit || '')));
    }
    this.renew();
  }

  button(key, sign, act)
  {
    const button = make('button', { type: 'button', 'data-key': key }, sign);
    button.addEventListener('click', act);
    return button;
  }

  put(position, element)
  {
    const control = L.control({ position });
    control.onAdd = () => {
      element.classList.add('leaflet-bar-own');
      L.DomEvent.disableClickPropagation(element);
      return element;
    };
    control.addTo(this.view.map);
  }

  renew()
  {
    for (const button of this.buttons) {
      button.setAttribute('aria-label', say(button.dataset.key));
      button.title = say(button.dataset.key);
    }
    this.letter.textContent = say('north');
    this.scale._update();
  }
}
