/* What is said of a feature: its title and all its attributes. */

function attributeList(item)
{
  const list = make('dl', { class: 'attributes' });
  item.layer.columns.forEach((column, i) => {
    if (isEmpty(item.cells[i])) {
      return;
    }
    const name = columnText(column).replace(/ \((ha|m|km|m²|%|°)\)$/, '');
    list.append(make('dt', { title: column.name }, isolated(name)),
                make('dd', null, isolated(cellWithUnit(item.cells[i], column))));
  });
  return list;
}

/* Long lists scroll, by keyboard too. */
function popupContent(item)
{
  const title = titleOf(item);
  return make('div', { class: 'popup' },
              make('p', { class: 'popup-title' }, isolated(shorten(title, 120))),
              make('p', { class: 'popup-layer' },
                   isolated(layerName(item.layer)), ' · ',
                   isolated(inLanguage(categoryOf(item).label))),
              make('div', { class: 'popup-body', tabindex: '0', role: 'group',
                            'aria-label': say('attributes') }, attributeList(item)));
}
