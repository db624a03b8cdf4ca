/* Which features the table shows, and in which order. */

/* Rows with nothing in the column stand last either way. */
function sorted(items, column, isDown)
{
  const isWord = lookUp(VALUES, column.name) !== null;
  const key = (item) => (isWord ? cellText(cellOf(item, column), column) : cellOf(item, column));
  const keyed = items.map((item) => [key(item), item]);
  const sign = isDown ? -1 : 1;
  keyed.sort(([a], [b]) => isEmpty(a) - isEmpty(b) || (isEmpty(a) ? 0 : sign * compareCells(a, b)));
  return keyed.map(([, item]) => item);
}

/* Words that are sought are more often in the name than in a remark. */
function bestFirst(items, words)
{
  if (words.length === 0) {
    return items;
  }
  const named = new Set(items.filter((item) => {
    const title = plain(titleOf(item));
    return words.every((word) => title.includes(word));
  }));
  return [...named, ...items.filter((item) => !named.has(item))];
}

/* column: to sort by, undefined for the order of the files */
function orderOf(items, { words, category, down }, column)
{
  const found = items.filter((item) => (
    (category === '' || categoryOf(item).label.en === category) && hasWords(item, words)));
  return column ? sorted(found, column, down) : bestFirst(found, words);
}
