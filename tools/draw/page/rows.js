/* The rows in sight: the only ones that are elements of the page, however many there are. Spacers
 * stand for the others. All rows are equally high. */

const BEYOND_SIGHT = 8;  /* rows kept above and below */
const FIRST_GUESS = 36;  /* px, until a row is measured */
const LEAST_SIGHT = 200; /* px */

class Rows {
  /* make(place): the element of a row */
  constructor(scroller, makeRow)
  {
    Object.assign(this, { scroller, makeRow, shown: new Map(), n: 0, height: 0 });
  }

  /* Begins anew in a table body. most: rows to show all at once, as on paper; 0: those in sight */
  reset(body, columns, n, most)
  {
    const spacer = () => make('tr', { class: 'spacer', 'aria-hidden': 'true' },
                              make('td', { colspan: columns }));
    Object.assign(this, { n, most, height: 0, above: spacer(), below: spacer() });
    this.shown.clear();
    body.replaceChildren(this.above, this.below);
    this.draw();
  }

  /* First row in or near sight and the one after the last. */
  range()
  {
    if (this.most > 0) {
      return [0, Math.min(this.n, this.most)];
    }
    const { scrollTop, clientHeight } = this.scroller;
    const height = this.height || FIRST_GUESS;
    const first = Math.max(Math.floor(scrollTop / height) - BEYOND_SIGHT, 0);
    const last = Math.ceil((scrollTop + Math.max(clientHeight, LEAST_SIGHT)) / height) + BEYOND_SIGHT;
    return [Math.min(first, this.n), Math.min(last, this.n)];
  }

  /* Rows that stay in sight stay the elements they are: one of them may have the focus. */
  draw()
  {
    if (this.n === 0) {
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
        this.shown.set(place, this.makeRow(place));
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
      this.scroller.focus({ preventScroll: true });
    }
  }

  space(first, last)
  {
    if (!this.height) {
      this.height = this.shown.get(first).getBoundingClientRect().height;
    }
    const pad = (spacer, rows) => {
      spacer.hidden = rows === 0 || this.most > 0;
      spacer.cells[0].style.height = `${rows * this.height}px`;
    };
    pad(this.above, first);
    pad(this.below, this.n - last);
  }

  /* Rows that fit below a head of that height. */
  page(head)
  {
    return Math.max(Math.floor((this.scroller.clientHeight - head) / (this.height || FIRST_GUESS)), 1);
  }

  /* Brings a row into sight, below the head. */
  scrollTo(place, head)
  {
    const { scroller, height } = this;
    const top = place * height;
    const room = scroller.clientHeight - head;
    if (top < scroller.scrollTop) {
      scroller.scrollTop = top;
    } else if (top + height > scroller.scrollTop + room) {
      scroller.scrollTop = top + height - room;
    }
    this.draw();
  }
}
