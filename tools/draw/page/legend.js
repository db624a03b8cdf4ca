/* The legend: what is drawn, shown or hidden, and by what it is coloured. */

class Legend {
  /* onShow(layer, visible), onTheme(layer, theme number) */
  constructor(container, model, onShow, onTheme)
  {
    Object.assign(this, { container, model, onShow, onTheme });
    this.render();
  }

  /* Topmost first, as the map shows them. */
  render()
  {
    this.container.replaceChildren(
      ...[...this.model.layers].filter((layer) => layer.shapes.some((shape) => shape !== null))
        .reverse().map((layer) => this.entry(layer)));
  }

  entry(layer)
  {
    const theme = layer.themes[layer.theme];
    const title = `legend-${layer.number}`;
    const entry = make('div', { class: 'legend-layer', role: 'group', 'aria-labelledby': title },
                       this.head(layer, title));
    if (layer.drawn < layer.features) {
      entry.append(make('p', { class: 'hint' },
                        say('drawnOf', count(layer.drawn), count(layer.features))));
    }
    if (layer.themes.length > 1) {
      entry.append(this.choice(layer));
    }
    if (theme.kind !== 'alike') {
      entry.append(this.categories(layer, theme));
    }
    return entry;
  }

  head(layer, title)
  {
    const box = make('input', { type: 'checkbox', id: `${title}-box` });
    box.checked = layer.visible;
    box.addEventListener('change', () => this.onShow(layer, box.checked));
    const label = make('label', { for: box.id, id: title },
                       make('span', { class: 'legend-name' }, isolated(layerName(layer))),
                       make('span', { class: 'legend-role' }, layerKind(layer)));
    const head = make('div', { class: 'legend-head' }, box, label);
    const theme = layer.themes[layer.theme];
    if (theme.kind === 'alike') {
      head.append(sample(theme.categories[0].symbol, layer.geometry));
    }
    head.append(make('span', { class: 'number' }, count(layer.features)));
    return head;
  }

  choice(layer)
  {
    const select = make('select', { id: `theme-${layer.number}` });
    layer.themes.forEach((theme, i) => {
      const name = theme.kind === 'alike' ? say('alike') : shorten(inLanguage(theme.title), 40);
      select.append(make('option', { value: i }, name));
    });
    select.value = layer.theme;
    select.addEventListener('change', () => {
      this.onTheme(layer, Number(select.value));
      document.getElementById(select.id).focus(); /* the legend was written anew */
    });
    return make('div', { class: 'legend-choice' },
                make('label', { for: select.id }, say('colourBy')), select);
  }

  categories(layer, theme)
  {
    const list = make('ul', { class: 'categories' });
    for (const category of theme.categories) {
      list.append(make('li', null, sample(category.symbol, layer.geometry),
                       make('span', { class: 'category-name' }, isolated(shorten(inLanguage(category.label), 60))),
                       make('span', { class: 'number' }, count(category.features))));
    }
    return list;
  }
}
