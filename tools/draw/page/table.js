/* The table of features. Only the rows in sight are elements of the page, however many there are. */

const BEYOND_SIGHT = 8;   /* rows kept above and below */
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
    this.shown = new Map(); /* place in the order: row element */
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
    scroller.addEventListener('scroll', () => this.draw(), { passive: true });
    table.addEventListener('click', (event) => this.clicked(event));
    table.addEventListener('focusin', (event) => this.focused(event));
    scroller.addEventListener('keydown', (event) => this.pressed(event));
    this.narrow.addEventListener('change', () => this.layOut());
    new ResizeObserver(() => this.draw()).observe(scroller);
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
        labels.set(category.label.en, inLanguage(category.label));
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
    this.body = this.parts.table.tBodies[0];
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
      col.style.width = this.isPrinting ? `${100 * width / sum}%` : `${width}ch`;
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
    const { words, category } = this.state;
    this.order = this.items.filter((item) => (
      (category === '' || categoryOf(item).label.en === category) && hasWords(item, words)));
    this.sortOrder();
    this.active = Math.max(this.order.indexOf(this.selected), 0);
    this.parts.table.setAttribute('aria-rowcount', this.order.length + 1);
    this.parts.scroller.scrollTop = 0;
    this.parts.scroller.hidden = this.order.length === 0;
    this.parts.empty.hidden = this.order.length > 0;
    this.parts.status.textContent = this.order.length === this.items.length
      ? say('rowsAll', count(this.items.length))
      : say('rows', count(this.order.length), count(this.items.length));
    this.redraw();
    this.onArrange();
  }

  /* Rows with nothing in the column stand last either way. */
  sortOrder()
  {
    const column = this.columns.find((one) => one.name === this.state.sort);
    if (!column) {
      this.bestFirst();
      return;
    }
    const isWord = lookUp(VALUES, column.name) !== null;
    const key = (item) => (isWord ? cellText(cellOf(item, column), column) : cellOf(item, column));
    const keyed = this.order.map((item) => [key(item), item]);
    const sign = this.state.down ? -1 : 1;
    keyed.sort(([a], [b]) => isEmpty(a) - isEmpty(b) || (isEmpty(a) ? 0 : sign * compareCells(a, b)));
    this.order = keyed.map(([, item]) => item);
  }

  /* Words that are sought are more often in the name than in a remark. */
  bestFirst()
  {
    const { words } = this.state;
    const isNamed = (item) => {
      const title = plain(titleOf(item));
      return words.every((word) => title.includes(word));
    };
    if (words.length > 0) {
      const named = new Set(this.order.filter(isNamed));
      this.order = [...named, ...this.order.filter((item) => !named.has(item))];
    }
  }

  redraw()
  {
    this.body.replaceChildren();
    this.shown.clear();
    this.above = this.spacer();
    this.below = this.spacer();
    this.body.append(this.above, this.below);
    this.rowHeight = 0;
    this.draw();
  }

  spacer()
  {
    return make('tr', { class: 'spacer', 'aria-hidden': 'true' },
                make('td', { colspan: this.visible.length }));
  }

  /* First row in or near sight and the one after the last. */
  range()
  {
    if (this.isPrinting) {
      return [0, Math.min(this.order.length, PRINTED_MOST)];
    }
    const { scrollTop, clientHeight } = this.parts.scroller;
    const height = this.rowHeight || 36;
    const first = Math.max(Math.floor(scrollTop / height) - BEYOND_SIGHT, 0);
    const last = Math.ceil((scrollTop + Math.max(clientHeight, 200)) / height) + BEYOND_SIGHT;
    return [Math.min(first, this.order.length), Math.min(last, this.order.length)];
  }

  /* Rows that stay in sight stay the elements they are: one of them may have the focus. */
  draw()
  {
    if (!this.order || this.order.length === 0) {
      return;
    }
    const [first, last] = this.range();
    const gone = [...this.shown].filter(([place]) => place < first || place >= last);
    gone.forEach(([, row]) => this.keepFocus(row));
    for (const [place, row] of gone) {
      this.shown.delete(place);
      row.remove();
    }
    let after = this.above;
    for (let place = first; place < last; place++) {
      if (!this.shown.has(place)) {
        this.shown.set(place, this.row(place));
        after.after(this.shown.get(place));
      }
      after = this.shown.get(place);
    }
    this.space(first, last);
  }

  /* The arrow keys go on from the table where the focused row has left it. Before any row goes:
   * moving the focus lays the page out, and half a table would be scrolled elsewhere. */
  keepFocus(row)
  {
    if (row.contains(document.activeElement)) {
      this.parts.scroller.focus({ preventScroll: true });
    }
  }

  space(first, last)
  {
    if (!this.rowHeight && this.shown.size > 0) {
      this.rowHeight = this.shown.get(first).getBoundingClientRect().height;
    }
    const pad = (spacer, rows) => {
      spacer.hidden = rows === 0 || this.isPrinting;
      spacer.cells[0].style.height = `${rows * this.rowHeight}px`;
    };
    pad(this.above, first);
    pad(this.below, this.order.length - last);
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
    const page = Math.max(Math.floor(this.parts.scroller.clientHeight / (this.rowHeight || 36)) - 1, 1);
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
    this.shown.get(place).focus({ preventScroll: true });
  }

  activate(place)
  {
    const before = this.shown.get(this.active);
    if (before) {
      before.tabIndex = -1;
    }
    this.active = place;
    if (this.shown.has(place)) {
      this.shown.get(place).tabIndex = 0;
    }
  }

  scrollTo(place)
  {
    const { scroller, table } = this.parts;
    const head = this.isNarrow ? 0 : table.tHead.offsetHeight;
    const top = place * this.rowHeight;
    const room = scroller.clientHeight - head;
    if (top < scroller.scrollTop) {
      scroller.scrollTop = top;
    } else if (top + this.rowHeight > scroller.scrollTop + room) {
      scroller.scrollTop = top + this.rowHeight - room;
    }
    this.draw();
  }

  mark(item)
  {
    this.selected = item;
    for (const [place, row] of this.shown) {
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
