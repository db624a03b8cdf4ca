/* The table of features: what it shows of which layers, and what the reader does with it. */

const PRINTED_MOST = 500; /* rows on paper */
const NARROW = '(max-width: 760px)';

class Table {
  /* onPick(item): the reader chose a row; onArrange(): other rows than before are shown */
  constructor(root, model, onPick, onArrange)
  {
    Object.assign(this, { root, model, onPick, onArrange });
    this.layers = model.layers.filter((layer) => layer.role !== 'context' && layer.items.length > 0);
    this.parts = Object.fromEntries(['search', 'layer', 'category', 'sort', 'all', 'status', 'scroller',
                                     'table', 'empty', 'printed']
      .map((name) => [name, root.querySelector(`#table-${name}`)]));
    this.state = { words: [], category: '', sort: null, down: false, all: false };
    this.selected = null;
    this.active = 0;
    this.order = [];
    this.rows = new Rows(this.parts.scroller, (place) => this.row(place));
    this.narrow = matchMedia(NARROW);
    this.scope = this.scopes()[0];
    this.listen();
    this.renew();
  }

  listen()
  {
    const { search, layer, category, sort, all, scroller, table } = this.parts;
    search.addEventListener('input', () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.search(search.value), 120);
    });
    layer.addEventListener('change', () => this.setScope(layer.value));
    category.addEventListener('change', () => this.filter(category.value));
    sort.addEventListener('change', () => this.sortByChoice(sort.value));
    all.addEventListener('change', () => {
      this.state.all = all.checked;
      this.layOut();
    });
    scroller.addEventListener('scroll', () => this.rows.draw(), { passive: true });
    table.addEventListener('click', (event) => this.clicked(event));
    table.addEventListener('focusin', (event) => this.focused(event));
    scroller.addEventListener('keydown', (event) => this.pressed(event));
    this.narrow.addEventListener('change', () => this.layOut());
    new ResizeObserver(() => this.rows.draw()).observe(scroller);
  }

  /* What the table can show: all zones together where there are several, each layer by itself. */
  scopes()
  {
    const zones = this.layers.filter((layer) => layer.role === 'zones');
    const each = [...zones, ...this.layers.filter((layer) => layer.role !== 'zones')]
      .map((layer) => ({ key: String(layer.number), layers: [layer] }));
    return zones.length > 1 ? [{ key: 'zones', layers: zones }, ...each] : each;
  }

  setScope(key)
  {
    this.scope = this.scopes().find((scope) => scope.key === key);
    this.state.category = '';
    this.state.sort = null;
    this.renew();
  }

  /* After another language, scope or theme. */
  renew()
  {
    this.root.hidden = this.layers.length === 0;
    if (this.root.hidden) {
      return;
    }
    this.columns = unionOf(this.scope.layers);
    this.items = this.scope.layers.flatMap((layer) => layer.items);
    this.main = mainColumns(this.columns, this.items);
    this.fillChoices();
    this.layOut();
  }

  /* What was found is to be found anew in another language. */
  forgetWords()
  {
    this.layers.forEach((layer) => layer.items.forEach((item) => { item.plain = null; }));
  }

  fillChoices()
  {
    const { layer, category, sort } = this.parts;
    const option = (value, text) => make('option', { value }, text);
    layer.replaceChildren(...this.scopes().map((scope) => option(scope.key,
      scope.key === 'zones' ? say('allZones') : layerName(scope.layers[0]))));
    layer.value = this.scope.key;
    const labels = this.categories();
    category.replaceChildren(option('', say('allCategories')),
                             ...[...labels].map(([key, text]) => option(key, text)));
    this.state.category = labels.has(this.state.category) ? this.state.category : '';
    category.value = this.state.category;
    sort.replaceChildren(option('', say('asGiven')),
      ...this.main.flatMap((column) => [['', 'ascending'], ['-', 'descending']].map(
        ([sign, way]) => option(sign + column.name, `${columnText(column)}, ${say(way)}`))));
  }

  /* Categories by which the layers are coloured now: English label, label in the language shown. */
  categories()
  {
    const labels = new Map();
    for (const layer of this.scope.layers) {
      for (const category of layer.themes[layer.theme].categories) {
        labels.set(category.label.en, shorten(inLanguage(category.label), 60));
      }
    }
    return labels;
  }

  search(text)
  {
    this.state.words = plain(text).split(/\s+/).filter(Boolean);
    this.arrange();
  }

  filter(category)
  {
    this.state.category = category;
    this.arrange();
  }

  /* How many rows there are, and of a layer that is drawn in part how many features have none. */
  counted()
  {
    const rows = this.order.length === this.items.length ? say('rowsAll', count(this.items.length))
      : say('rows', count(this.order.length), count(this.items.length));
    const lacking = this.scope.layers.reduce((sum, layer) => sum + layer.features - layer.drawn, 0);
    return lacking > 0 ? `${rows}; ${say('notThere', count(lacking))}` : rows;
  }

  /* A column's button: ascending, descending, as given. */
  sortBy(column)
  {
    const { state } = this;
    const isSame = state.sort === column.name;
    state.sort = isSame && state.down ? null : column.name;
    state.down = isSame && !state.down;
    this.arrange();
    this.sayOrder();
  }

  sortByChoice(value)
  {
    this.state.down = value.startsWith('-');
    this.state.sort = value === '' ? null : value.replace(/^-/, '');
    this.arrange();
    this.sayOrder();
  }

  /* Chooses the columns, writes the head, then the rows. */
  layOut()
  {
    this.isNarrow = this.narrow.matches && !this.isPrinting;
    this.visible = this.isNarrow ? narrowColumns(this.main, this.items)
      : this.state.all && !this.isPrinting ? this.columns : this.main;
    this.parts.table.replaceChildren(this.widths(), this.head(), make('tbody'));
    this.parts.table.setAttribute('aria-colcount', this.visible.length);
    this.sayOrder();
    this.arrange();
  }

  widths()
  {
    const widths = this.visible.map((column) => widthOf(column, this.items));
    const sum = widths.reduce((all, width) => all + width, 0);
    const group = make('colgroup');
    for (const width of widths) {
      const col = make('col');
      col.style.width = this.isPrinting ? null : `${width}ch`; /* paper: as the browser sees fit */
      group.append(col);
    }
    this.parts.table.style.minWidth = this.isNarrow || this.isPrinting ? '0' : `${sum}ch`;
    return group;
  }

  head()
  {
    const row = make('tr', { role: 'row', 'aria-rowindex': 1 });
    for (const column of this.visible) {
      row.append(make('th', { scope: 'col', role: 'columnheader', 'data-column': column.name,
                              class: isNumeric(column) ? 'numeric' : null }, ...this.headText(column)));
    }
    return make('thead', { role: 'rowgroup' }, row);
  }

  /* A button that sorts; paper, where browsers repeat the head but not its buttons, has the text. */
  headText(column)
  {
    const parts = [isolated(columnText(column)), make('span', { class: 'order', 'aria-hidden': 'true' })];
    if (this.isPrinting) {
      return parts;
    }
    const button = make('button', { type: 'button', title: column.name }, ...parts);
    button.addEventListener('click', () => this.sortBy(column));
    return [button];
  }

  sayOrder()
  {
    const { sort, down } = this.state;
    for (const head of this.parts.table.tHead.rows[0].cells) {
      const isSorted = head.dataset.column === sort;
      head.setAttribute('aria-sort', isSorted ? (down ? 'descending' : 'ascending') : 'none');
      head.querySelector('.order').textContent = isSorted ? (down ? '▼' : '▲') : '';
    }
    this.parts.sort.value = sort === null ? '' : (down ? '-' : '') + sort;
  }

  /* Finds the rows and their order, and shows them from the top. */
  arrange()
  {
    this.order = orderOf(this.items, this.state,
                         this.columns.find((one) => one.name === this.state.sort));
    this.active = Math.max(this.order.indexOf(this.selected), 0);
    this.parts.table.setAttribute('aria-rowcount', this.order.length + 1);
    this.parts.scroller.scrollTop = 0;
    this.parts.scroller.hidden = this.order.length === 0;
    this.parts.empty.hidden = this.order.length > 0;
    this.parts.status.textContent = this.counted();
    this.rows.reset(this.parts.table.tBodies[0], this.visible.length, this.order.length,
                    this.isPrinting ? PRINTED_MOST : 0);
    this.onArrange();
  }

  row(place)
  {
    const item = this.order[place];
    const row = make('tr', { role: 'row', 'aria-rowindex': place + 2, 'data-place': place,
                             'aria-selected': String(item === this.selected),
                             tabindex: place === this.active ? '0' : '-1' });
    this.visible.forEach((column, i) => row.append(this.cell(item, column, i)));
    return row;
  }

  cell(item, column, i)
  {
    const text = cellText(cellOf(item, column), column);
    const first = i === 0;
    const cell = make(first ? 'th' : 'td', { role: first ? 'rowheader' : 'gridcell',
                                             class: isNumeric(column) ? 'numeric' : null });
    if (first) {
      cell.setAttribute('scope', 'row');
      cell.append(this.swatch(item));
    } else if (this.isNarrow) {
      cell.append(make('span', { class: 'cell-name' }, columnText(column)));
    }
    cell.append(isolated(first && text === '' ? titleOf(item) : text));
    if (/\S{30}/.test(text)) {
      cell.classList.add('long'); /* paper breaks such words, and no others */
    }
    if (text.length > 20) {
      cell.title = shorten(text, 300);
    }
    return cell;
  }

  /* The colour that the feature has on the map. */
  swatch(item)
  {
    const { fill, fillAlpha, line } = categoryOf(item).symbol;
    const swatch = make('span', { class: 'swatch', 'aria-hidden': 'true' });
    swatch.style.backgroundColor = fillAlpha > 0 ? translucent(fill, fillAlpha) : line;
    swatch.style.borderColor = line;
    return swatch;
  }

  placeOf(event)
  {
    const row = event.target.closest('tr[data-place]');
    return row ? Number(row.dataset.place) : -1;
  }

  /* The arrow keys go on from the row that has the focus, however it got it. */
  focused(event)
  {
    const place = this.placeOf(event);
    if (place >= 0) {
      this.activate(place);
    }
  }

  clicked(event)
  {
    const place = this.placeOf(event);
    if (place >= 0) {
      this.choose(place);
    }
  }

  choose(place)
  {
    this.moveTo(place);
    this.mark(this.order[place]);
    this.onPick(this.order[place]);
  }

  pressed(event)
  {
    const page = this.rows.page(this.headHeight());
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page,
                    Home: -Infinity, End: Infinity };
    if (event.target.closest('thead') || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (event.key in steps) {
      event.preventDefault();
      const to = this.active + steps[event.key];
      this.moveTo(Math.min(Math.max(to, 0), this.order.length - 1));
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.choose(this.active);
    }
  }

  /* Makes a row the one that has the focus, in sight. */
  moveTo(place)
  {
    this.activate(place);
    this.scrollTo(place);
    const row = this.rows.shown.get(place);
    row.focus({ preventScroll: true });
    if (this.isNarrow) {
      row.scrollIntoView({ block: 'nearest' }); /* the page scrolls too */
    }
  }

  activate(place)
  {
    const before = this.rows.shown.get(this.active);
    if (before) {
      before.tabIndex = -1;
    }
    this.active = place;
    if (this.rows.shown.has(place)) {
      this.rows.shown.get(place).tabIndex = 0;
    }
  }

  scrollTo(place)
  {
    this.rows.scrollTo(place, this.headHeight());
  }

  /* What the head covers of the rows; a phone has none. */
  headHeight()
  {
    return this.isNarrow ? 0 : this.parts.table.tHead.offsetHeight;
  }

  mark(item)
  {
    this.selected = item;
    for (const [place, row] of this.rows.shown) {
      row.setAttribute('aria-selected', String(this.order[place] === item));
    }
  }

  /* A shape was selected on the map: shows its row, whatever the table showed. null: none is */
  reveal(item)
  {
    if (item && !this.items.includes(item)) {
      this.setScope(this.scopes().find((scope) => scope.layers.includes(item.layer)).key);
    }
    if (item && !this.order.includes(item)) {
      this.parts.search.value = '';
      this.parts.category.value = '';
      Object.assign(this.state, { words: [], category: '' });
      this.arrange();
    }
    this.mark(item);
    if (item) {
      const place = this.order.indexOf(item);
      this.activate(place);
      this.scrollTo(place);
    }
  }

  focusSelected()
  {
    const place = this.order.indexOf(this.selected);
    if (place >= 0) {
      this.moveTo(place);
    }
  }

  /* Paper has no sight: all rows, up to a limit that is said. */
  setPrinting(isPrinting)
  {
    this.isPrinting = isPrinting;
    this.layOut();
    const cut = isPrinting && this.order.length > PRINTED_MOST;
    this.parts.printed.textContent = cut
      ? say('printedRows', count(PRINTED_MOST), count(this.order.length)) : '';
  }
}
