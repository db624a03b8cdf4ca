/* Building the page, and comparing texts. Text of the data goes in by textContent alone. */

/* Makes an element: properties are attributes, children are elements or texts. */
function make(tag, attributes, ...children)
{
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== false) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children);
  return element;
}

/* Text of the data, whatever its direction. */
function isolated(text)
{
  return make('bdi', null, text);
}

/* An exact figure and how it is read. */
function figure(value, text)
{
  return make('data', { value: String(value), class: 'figure' }, text);
}

/* Lower case without marks: "Vĩnh Tường" and "vinh tuong" are one. đ has no mark to take off. */
function plain(text)
{
  return text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

/* Cuts long text at a word where one is near. */
function shorten(text, most)
{
  if (text.length <= most) {
    return text;
  }
  const cut = text.slice(0, most);
  const blank = cut.lastIndexOf(' ');
  const kept = blank > most / 2 ? cut.slice(0, blank) : cut;
  return kept.replace(/[\ud800-\udbff]$/, '').replace(/[\s–,;(-]+$/, '') + '…';
}

const collator = new Intl.Collator('vi', { numeric: true });

/* Order of two cells: numbers by value, texts as Vietnamese dictionaries do. */
function compareCells(a, b)
{
  return typeof a === 'number' && typeof b === 'number' ? a - b
    : collator.compare(String(a), String(b));
}

function isEmpty(value)
{
  return value === null || value === undefined || value === '';
}
