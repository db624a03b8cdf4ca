/* The page as a whole: its parts, the language, and what links a row with a shape. */

class Page {
  constructor(model)
  {
    this.model = model;
    this.speak(model.lang);
    document.getElementById('title').append(isolated(shorten(model.title, TITLE_MOST)));
    this.table = new Table(document.getElementById('table'), model, (item) => this.select(item),
                           () => this.dim());
    this.legend = new Legend(document.getElementById('legend-layers'), model,
                             (layer, visible) => this.view.setVisible(layer, visible),
                             (layer, theme) => this.setTheme(layer, theme));
    this.renderTexts();
    this.listen();
  }

  /* The map comes last: the rest of the page is to be read meanwhile. */
  drawMap()
  {
    this.view = new MapView(document.getElementById('map'), this.model, (item) => this.table.reveal(item));
    document.documentElement.classList.add('is-ready');
  }

  listen()
  {
    for (const button of document.querySelectorAll('#languages button')) {
      button.addEventListener('click', () => this.setLanguage(button.lang));
    }
    document.getElementById('print').addEventListener('click', () => window.print());
    document.addEventListener('keydown', (event) => this.pressed(event));
    window.addEventListener('beforeprint', () => this.setPrinting(true));
    window.addEventListener('afterprint', () => this.setPrinting(false));
  }

  select(item)
  {
    if (this.view) {
      this.view.select(item);
      this.showMap();
    }
  }

  /* On a phone the table is below the map: what a row selects is to be seen. */
  showMap()
  {
    const map = document.getElementById('map');
    const { top, bottom } = map.getBoundingClientRect();
    if (bottom < innerHeight / 4 || top > innerHeight * 3 / 4) {
      map.scrollIntoView({ block: 'start', behavior: prefersStill() ? 'auto' : 'smooth' });
    }
  }

  /* What the table leaves out steps back on the map. */
  dim()
  {
    if (this.view) {
      this.view.dim(this.table.scope.layers, new Set(this.table.order));
    }
  }

  /* Escape gives up the selection; the focus goes back to where it came from. */
  pressed(event)
  {
    if (event.key !== 'Escape' || !this.view || !this.view.selected) {
      return;
    }
    const isInPopup = document.activeElement.closest('.leaflet-popup') !== null;
    if (isInPopup) {
      this.table.focusSelected();
    }
    this.view.close();
  }

  speak(name)
  {
    language.now = name;
    document.documentElement.lang = name;
    for (const element of document.querySelectorAll('[data-say]')) {
      element.textContent = say(element.dataset.say);
    }
    for (const element of document.querySelectorAll('[data-say-label]')) {
      element.setAttribute('aria-label', say(element.dataset.sayLabel));
    }
    for (const button of document.querySelectorAll('#languages button')) {
      button.setAttribute('aria-pressed', String(button.lang === name));
    }
    document.getElementById('table-search').placeholder = say('searchHint');
  }

  renderTexts()
  {
    renderCaution(document.getElementById('caution'), this.model);
    renderCards(document.getElementById('cards'), this.model);
    renderNotes(document.getElementById('notes'), this.model);
  }

  setLanguage(name)
  {
    this.speak(name);
    this.table.forgetWords();
    this.table.renew();
    this.legend.render();
    this.renderTexts();
    if (this.view) {
      this.view.renew();
    }
  }

  setTheme(layer, theme)
  {
    if (this.view) {
      this.view.setTheme(layer, theme);
    }
    this.legend.render();
    this.table.renew();
  }

  setPrinting(isPrinting)
  {
    document.documentElement.classList.toggle('is-printing', isPrinting);
    this.table.setPrinting(isPrinting);
    if (this.view) {
      this.view.setPrinting(isPrinting);
    }
  }
}

/* The frame is painted before the map, which takes longer, is drawn. */
function start()
{
  const page = new Page(makeModel(JSON.parse(document.getElementById('data').textContent)));
  requestAnimationFrame(() => setTimeout(() => page.drawMap()));
}

start();
