/* The layers and features of the data, as the parts of the page share them. An item is a feature:
 * its cells, and where it is on the map. */

function categoryOf(item)
{
  const theme = item.layer.themes[item.layer.theme];
  return theme.categories[theme.category[item.index]];
}

function titleOf(item)
{
  const { title, columns } = item.layer;
  const text = title < 0 ? '' : cellText(item.cells[title], columns[title]);
  if (text !== '') {
    return text;
  }
  return item.layer.role === 'bands' ? inLanguage(categoryOf(item).label)
    : say('unnamed', count(item.index + 1));
}

/* Short names suit a line best: its reference, where it has one. */
function labelOf(item)
{
  const ref = item.layer.columns.findIndex((column) => column.name === 'ref');
  if (item.layer.role === 'corridors' && ref >= 0 && !isEmpty(item.cells[ref])) {
    return String(item.cells[ref]);
  }
  if (item.layer.title < 0 || isEmpty(item.cells[item.layer.title])) {
    return '';
  }
  const text = titleOf(item);
  return shorten(item.layer.role === 'points' ? text.replace(/ \(.*$/s, '') : text, 28);
}

/* The kind of a layer's shapes: 'polygon', 'line' or 'point'. */
function geometryOf(layer)
{
  const shape = layer.shapes.find((one) => one !== null);
  if (!shape || shape.p) {
    return shape || layer.role === 'zones' || layer.role === 'bands' ? 'polygon' : 'line';
  }
  return shape.l ? 'line' : 'point';
}

/* Longer titles stand whole among the notes. */
const TITLE_MOST = 240;

function layerName(layer)
{
  return shorten(layer.name || layer.file, 60);
}

/* Of ha_beyond and pct_beyond: the last edge, in metres, that the columns of the bands say. */
function beyondOf(column, columns)
{
  if (!/^(ha|pct)_beyond$/.test(column.name)) {
    return null;
  }
  const edges = columns.map((one) => /^(ha|pct)_\d+_(\d+)(k?m)$/.exec(one.name)).filter(Boolean);
  return edges.length === 0 ? null
    : Math.max(...edges.map(([, , edge, unit]) => Number(edge) * (unit === 'km' ? 1000 : 1)));
}

/* What the features of a layer are called together. */
function layerKind(layer)
{
  const alike = layer.themes.find((theme) => theme.kind === 'alike');
  return layer.role === 'zones' && alike ? inLanguage(alike.title)
    : inLanguage(ROLES[layer.role]);
}

function makeLayer(given, number)
{
  const layer = { ...given, number, theme: 0, visible: true };
  layer.geometry = geometryOf(given);
  layer.columns = given.columns.map((column) => ({ ...column, beyond: beyondOf(column, given.columns) }));
  layer.items = given.rows.map((cells, index) => (
    { layer, index, cells, shape: given.shapes[index], paths: [], isDim: false, plain: null }));
  return layer;
}

function makeModel(given)
{
  return { ...given, layers: given.layers.map(makeLayer) };
}

/* Whether the words all stand in the feature's attributes as they are shown, accents aside. */
function hasWords(item, words)
{
  if (words.length === 0) {
    return true;
  }
  if (item.plain === null) {
    item.plain = plain(item.cells.map((cell, i) => cellText(cell, item.layer.columns[i])).join('\n'));
  }
  return words.every((word) => item.plain.includes(word));
}
