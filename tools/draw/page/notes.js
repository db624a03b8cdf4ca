/* Notes: what may be concluded, how it was made, from what. The first one is what the accuracy
 * allows: it stands before the figures, the others at the end. */

function renderCaution(container, model)
{
  const [first] = model.notes;
  container.hidden = first === undefined;
  if (first !== undefined) {
    container.replaceChildren(make('h2', { id: 'caution-title' }, say('caution')),
                              make('p', null, isolated(inLanguage(first))));
  }
}


function inputEntry(input)
{
  const accuracy = input.accuracy ? inLanguage(input.accuracy) : null;
  const about = [input.crs, [input.operation, accuracy].filter((text) => !isEmpty(text)).join(', ')]
    .filter((text) => !isEmpty(text));
  const entry = make('li', null, make('b', null, isolated(input.file)), ' · ',
                     say('features', count(input.features)));
  about.forEach((text) => entry.append(make('br'), isolated(text)));
  return entry;
}

function renderNotes(container, model)
{
  const list = (entries) => make('ul', null, ...entries);
  container.replaceChildren(
    make('h2', { id: 'notes-title' }, say('notes')),
    model.title.length > TITLE_MOST ? make('p', null, isolated(model.title)) : '',
    list(model.notes.slice(1).map((note) => make('li', null, isolated(inLanguage(note))))),
    make('h3', null, say('inputs')),
    list(model.inputs.map(inputEntry)),
    make('h3', null, say('programs')),
    make('p', { class: 'programs' }, isolated(model.programs.join(' · '))));
}
