/* Numbers and values as people read them: decimal comma in Vietnamese, decimal point in English. */

const LOCALES = { en: 'en-GB', vi: 'vi-VN' };
const formats = new Map();

/* Making a format costs more than using it: one is kept for each language and number of digits. */
function formatOf(least, most, grouping)
{
  const key = `${language.now} ${least} ${most} ${grouping}`;
  if (!formats.has(key)) {
    formats.set(key, new Intl.NumberFormat(LOCALES[language.now], {
      minimumFractionDigits: least, maximumFractionDigits: most, useGrouping: grouping
    }));
  }
  return formats.get(key);
}

function fixed(value, digits)
{
  return formatOf(digits, digits, true).format(value);
}

function count(value)
{
  return fixed(value, 0);
}

function hectares(value)
{
  return fixed(value, 2);
}

function percent(value)
{
  return fixed(value, 2) + '\u00a0%';
}

/* Metres, or kilometres from one on. */
function distance(metres)
{
  return Math.abs(metres) < 1000
    ? formatOf(0, 1, true).format(metres) + '\u00a0m'
    : formatOf(0, 2, true).format(metres / 1000) + '\u00a0km';
}

/* What a column measures, by the unit in its name. */
function unitOf(name)
{
  if (/^(ha|pct)_/.test(name)) {
    return name.startsWith('ha') ? 'ha' : '%';
  }
  const end = /_(ha|m|km|m2|pct|azi)$/.exec(name);
  return end ? { ha: 'ha', m: 'm', km: 'km', m2: 'm²', pct: '%', azi: '°' }[end[1]] : '';
}

const DIGITS = { ha: 2, '%': 2, m: 0, km: 2, 'm²': 0, '°': 0 };

const UNREADABLE = 1e15; /* from there on all digits are more than one can read */

/* A number of a column. Without a unit it may be a year or a code: no points between thousands. */
function number(value, column)
{
  const unit = unitOf(column.name);
  if (Math.abs(value) >= UNREADABLE) {
    return String(value).replace('.', language.now === 'vi' ? ',' : '.');
  }
  if (unit !== '') {
    return fixed(value, DIGITS[unit]);
  }
  return formatOf(0, 6, column.type === 'real' && Math.abs(value) >= 1e4).format(value);
}

function wordOf(value, column)
{
  const table = lookUp(VALUES, column.name);
  const pair = table && lookUp(table, String(value));
  return pair ? inLanguage(pair) : null;
}

/* @return a cell as text; '' where nothing is */
function cellText(value, column)
{
  if (value === null || value === undefined) {
    return '';
  }
  const word = wordOf(value, column);
  if (word !== null) {
    return word;
  }
  switch (typeof value) {
    case 'number': return number(value, column);
    case 'boolean': return say(value ? 'yes' : 'no');
    case 'object': return JSON.stringify(value);
    default: return String(value);
  }
}

/* A cell that stands alone, with its unit. */
function cellWithUnit(value, column)
{
  const unit = unitOf(column.name);
  if (typeof value !== 'number' || unit === '') {
    return cellText(value, column);
  }
  return unit === 'm' ? distance(value) : `${number(value, column)}\u00a0${unit}`;
}

/* Edges of a band in metres, in the unit in which all of them are whole: "1–3 km", "beyond 3 km".
 * to: null for the last one */
function bandText(from, to, isKm)
{
  const edge = (metres) => formatOf(0, 3, true).format(isKm ? metres / 1000 : metres);
  const unit = `\u00a0${isKm ? 'km' : 'm'}`;
  return isEmpty(to) ? say('beyondEdge', edge(from) + unit) : `${edge(from)}–${edge(to)}${unit}`;
}

/* Name of a column in the language shown; a band's columns say its edges. */
function columnText(column)
{
  const known = lookUp(COLUMNS, column.name);
  if (known) {
    return inLanguage(known);
  }
  const band = /^(ha|pct)_(\d+)_(\d+)(k?m)$/.exec(column.name);
  const unit = unitOf(column.name);
  if (band) {
    return `${band[2]}–${band[3]} ${band[4]} (${unit})`;
  }
  return isEmpty(column.beyond) ? column.name
    : `${bandText(column.beyond, null, column.beyond % 1000 === 0)} (${unit})`;
}

/* A day as it is written: 31/12/2030 in Vietnamese, 31 December 2030 in English. */
function dateText(iso)
{
  const day = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso);
  if (!day) {
    return String(iso);
  }
  const style = language.now === 'vi' ? { day: '2-digit', month: '2-digit', year: 'numeric' }
    : { day: 'numeric', month: 'long', year: 'numeric' };
  return new Intl.DateTimeFormat(LOCALES[language.now], { ...style, timeZone: 'UTC' })
    .format(Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3])));
}
