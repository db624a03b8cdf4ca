/* Columns of the table: those of all layers that it shows, and which of them tell the most. */

/* PCT stands for the shares of all bands: some of them would say something else. */
const PCT = 'pct_';
const MAIN_COLUMNS = ['kind', 'status', 'area_ha', 'near_name', 'near_id', 'near_m', PCT, 'verdict', 'margin_m',
                      'band', 'from_m', 'to_m', 'ref', 'km_post', 'rule', 'plan_ha'];
const MAIN_MOST = 9; /* beside those shares */
const MAIN_LEAST = 5;
const SAMPLED_ROWS = 200;
const NARROW_CELLS = 4;   /* beside the title, on a phone */
const NARROW_FIRST = ['status', 'area_ha', 'verdict', 'near_m'];
const NARROW_WIDTH = 18;  /* characters that such a cell has room for */

/* What stands first where no column names the features. */
const NUMBER_OF_ROW = { name: '#', type: 'text', isTitle: true, at: null };

/* The union of the layers' columns in order of first appearance. `at` is by number of layer. */
function unionOf(layers)
{
  const byName = new Map();
  for (const layer of layers) {
    layer.columns.forEach((column, i) => {
      if (!byName.has(column.name)) {
        byName.set(column.name, { ...column, isTitle: false, at: [] });
      }
      const union = byName.get(column.name);
      union.at[layer.number] = i;
      union.isTitle = union.isTitle || i === layer.title;
    });
  }
  const all = [...byName.values()];
  const titles = all.filter((column) => column.isTitle);
  return [...(titles.length > 0 ? titles : [NUMBER_OF_ROW]), ...all.filter((column) => !column.isTitle)];
}

function cellOf(item, column)
{
  if (column === NUMBER_OF_ROW) {
    return item.index + 1;
  }
  const at = column.at[item.layer.number];
  return at === undefined ? null : item.cells[at];
}

function isShare(column)
{
  return column.name.startsWith(PCT);
}

function weightOf(column)
{
  if (column.isTitle) {
    return -1;
  }
  const at = MAIN_COLUMNS.indexOf(isShare(column) ? PCT : column.name);
  return at >= 0 ? at : Infinity;
}

/* @return the columns that tell most, in the order of MAIN_COLUMNS; none without a value */
function mainColumns(all, items)
{
  const columns = all.filter((column) => (
    column.isTitle || items.some((item) => !isEmpty(cellOf(item, column)))));
  const names = new Set(columns.map((column) => column.name));
  /* A name says more than the identifier of the same corridor. */
  const candidates = columns.filter((column) => !(column.name === 'near_id' && names.has('near_name')));
  const known = candidates.filter((column) => weightOf(column) < Infinity)
    .sort((a, b) => weightOf(a) - weightOf(b));
  const some = new Set(known.filter((column) => !isShare(column)).slice(0, MAIN_MOST));
  const rest = candidates.filter((column) => weightOf(column) === Infinity);
  return [...known.filter((column) => some.has(column) || isShare(column)),
          ...rest.slice(0, Math.max(MAIN_LEAST - known.length, 0))];
}

function isNumeric(column)
{
  return (column.type === 'int' || column.type === 'real') && !lookUp(VALUES, column.name);
}

/* Characters of the widest cell, among some. */
function cellsWidth(column, items)
{
  const step = Math.max(Math.floor(items.length / SAMPLED_ROWS), 1);
  let widest = 0;
  for (let i = 0; i < items.length; i += step) {
    widest = Math.max(widest, cellText(cellOf(items[i], column), column).length);
  }
  return widest;
}

/* Width in characters, of the cells and of the name in two lines: fixed, so that scrolling moves
 * nothing. */
function widthOf(column, items)
{
  const name = Math.min(columnText(column).length * 0.62, 14);
  return Math.min(Math.max(cellsWidth(column, items), name, 5), column.isTitle ? 30 : 20) + 3;
}

/* Of the main columns the title and those that a phone has room for. */
function narrowColumns(main, items)
{
  const [title, ...others] = main;
  const rank = (column) => (NARROW_FIRST.includes(column.name) ? 0 : 1);
  const fitting = others.filter((column) => cellsWidth(column, items) <= NARROW_WIDTH);
  return [title, ...fitting.sort((a, b) => rank(a) - rank(b)).slice(0, NARROW_CELLS)];
}
