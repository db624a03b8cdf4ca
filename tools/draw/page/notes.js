/* Notes: what may be concluded, how it was made, from what. */

function inputEntry(input)
{
  const about = [input.crs, input.operation].filter((text) => !isEmpty(text));
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
    list(model.notes.map((note) => make('li', null, isolated(inLanguage(note))))),
    make('h3', null, say('inputs')),
    list(model.inputs.map(inputEntry)),
    make('h3', null, say('programs')),
    make('p', { class: 'programs' }, isolated(model.programs.join(' · '))));
}
